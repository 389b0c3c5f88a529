package dev.logdash.logback;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterAttachableImpl;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.LogSink;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes log events to logdash. A log call does no input or output, never waits, and never fails
 * because of this appender: events go into a bounded queue, which a thread of its own empties into
 * the sink. When the queue is full, events below WARN are dropped first; each dropped event is
 * counted, and told of by an event of its own when there is room again.
 *
 * <p>In {@code logback.xml} it needs no settings: whoever runs logdash in the same process calls
 * {@link #attach}, and until then the queue keeps what was logged. The settings have the names of
 * Logback's {@code AsyncAppender}; other than there, {@code neverBlock} is true unless set. An
 * {@code <appender-ref>} inside names a fallback: it gets the events that the sink refuses, and
 * those that it could not take for five seconds; it writes on the appender's own thread.
 */
public final class LogdashAppender extends ContextAwareBase
    implements Appender<ILoggingEvent>, AppenderAttachable<ILoggingEvent> {

  private static final int UNDEFINED = -1;
  private static final int DEFAULT_QUEUE_SIZE = 16_384;
  private static final long DEFAULT_QUEUE_BYTES = 8L * 1024 * 1024;
  private static final int DEFAULT_MAX_FLUSH_TIME = 1_000;
  private static final int DEFAULT_MAX_BLOCK = 1_000;
  private static final int FEW = 5;

  private final FilterAttachableImpl<ILoggingEvent> filters = new FilterAttachableImpl<>();
  private final AppenderAttachableImpl<ILoggingEvent> fallbacks = new AppenderAttachableImpl<>();
  private final List<String> internalLoggers =
      new ArrayList<>(List.of("dev.logdash", "reactor", "org.apache.lucene"));
  private final Counts counts = new Counts();
  private final LongSupplier nanos;
  private final QuietStatus status;

  private @Nullable String name;
  private int queueSize = DEFAULT_QUEUE_SIZE;
  private long queueBytes = DEFAULT_QUEUE_BYTES;
  private int discardingThreshold = UNDEFINED;
  private boolean neverBlock = true;
  private int maxBlock = DEFAULT_MAX_BLOCK;
  private int maxFlushTime = DEFAULT_MAX_FLUSH_TIME;
  private boolean includeCallerData;
  private boolean nonAdditive;
  private String service = "";
  private String dataset = RawRecord.DEFAULT_DATASET;
  private String source = "";

  private @Nullable LogSink sink;
  private String serviceOfSink = "";
  private @Nullable LogdashAttachment owner;
  private volatile @Nullable Pipeline pipeline;
  // Outlives its stop, for the count of a batch that is still open.
  private volatile @Nullable Pipeline newest;
  private volatile boolean started;
  private int refusals;

  /** An appender without a sink, which keeps events until {@link #attach} or {@link #setSink}. */
  public LogdashAppender() {
    this(System::nanoTime);
  }

  LogdashAppender(LongSupplier nanos) {
    this.nanos = nanos;
    status = new QuietStatus(this, nanos);
  }

  /**
   * Brings the events of a context to a sink, until the attachment is closed: by the appenders of
   * this class that its configuration has, or by one of its own at the root logger if it has none.
   * Resetting or re-configuring the context changes nothing of that. An earlier attachment of the
   * context is closed.
   */
  public static LogdashAttachment attach(LoggerContext context, LogSink sink) {
    return attach(context, sink, appender -> {});
  }

  /**
   * The same with settings.
   *
   * @param settings sets up the attachment's own appender; its service is also that of appenders in
   *     the configuration that name none
   */
  public static LogdashAttachment attach(
      LoggerContext context, LogSink sink, Consumer<LogdashAppender> settings) {
    LogdashAppender own = new LogdashAppender();
    own.setContext(context);
    own.setName("logdash");
    settings.accept(own);
    return LogdashAttachment.open(context, sink, own);
  }

  @Override
  public void doAppend(ILoggingEvent event) {
    Pipeline running = pipeline;
    if (!started || running == null) {
      if (refusals < FEW) {
        refusals++;
        addWarn("Attempted to append to non started appender [" + name + "].");
      }
      return;
    }
    try {
      LogdashAttachment attachment = owner;
      boolean denied =
          filters.getFilterChainDecision(event) == FilterReply.DENY
              || (attachment != null && attachment.isReplaced());
      if (!denied) {
        running.append(event);
      }
    } catch (RuntimeException | StackOverflowError e) {
      status.warn("An event could not be taken", e);
    }
  }

  @Override
  public void start() {
    // Outside of the lock, because an attachment locks itself first and then its appenders.
    if (begin() && owner == null && getContext() instanceof LoggerContext context) {
      LogdashAttachment.of(context, attachment -> attachment.adopt(this));
    }
  }

  private synchronized boolean begin() {
    if (started) {
      return false;
    }
    if (pipeline == null) {
      if (!isValid()) {
        return false;
      }
      startFallbacks();
      Pipeline fresh = newPipeline();
      fresh.start();
      pipeline = fresh;
      newest = fresh;
      addInfo(
          neverBlock
              ? "neverBlock is true, unlike in Logback's AsyncAppender: a log call never waits."
                  + " When the queue of "
                  + queueSize
                  + " events is full, those below WARN are dropped first; all drops are counted."
              : "neverBlock is false: a log call of WARN or above waits up to "
                  + maxBlock
                  + " ms when the queue is full.");
    }
    started = true;
    return true;
  }

  /**
   * Delivers what was logged before within {@code maxFlushTime}, and counts the rest as dropped.
   * Where {@link #attach} made the appender, it only stops to take events, since Logback stops all
   * appenders when it resets a context; closing the attachment ends it.
   */
  @Override
  public void stop() {
    if (owner == null) {
      end();
    } else {
      started = false;
    }
  }

  /** Ends the pipeline and its thread. */
  void end() {
    Pipeline running;
    synchronized (this) {
      started = false;
      running = pipeline;
      pipeline = null;
    }
    if (running == null) {
      return;
    }
    long lostBefore = counts.lost();
    if (!running.stop(TimeUnit.MILLISECONDS.toNanos(maxFlushTime))) {
      addWarn("The sink did not answer within " + maxFlushTime + " ms; its last batch is open.");
    }
    if (counts.lost() > lostBefore) {
      addWarn("Stopped with events dropped: " + Counts.describe(counts.byReason(false)));
    }
    fallbacks.iteratorForAppenders().forEachRemaining(Appender::stop);
  }

  @Override
  public boolean isStarted() {
    return started;
  }

  /** Where events go; null keeps them in the queue. The sink stays the caller's to close. */
  public synchronized void setSink(@Nullable LogSink value) {
    sink = value;
    Pipeline running = pipeline;
    if (running != null) {
      running.delivery().sink(value);
    }
  }

  /** What became of the events so far, over all starts and stops. */
  public AppenderCounts counts() {
    Pipeline running = newest;
    return new AppenderCounts(
        counts.sent(),
        counts.diverted(),
        counts.dropped(),
        running == null ? 0 : running.waiting(),
        counts.byReason(true));
  }

  /** Waits until what was logged before is delivered, at most {@code maxFlushTime}. */
  boolean flush() {
    Pipeline running = pipeline;
    return running == null || running.flush(TimeUnit.MILLISECONDS.toNanos(maxFlushTime));
  }

  /** The appender of an attachment belongs to it. */
  void owner(LogdashAttachment value) {
    owner = value;
  }

  synchronized void connect(@Nullable LogSink value, String serviceName) {
    serviceOfSink = serviceName;
    Pipeline running = pipeline;
    if (running != null) {
      running.delivery().service(effectiveService());
    }
    setSink(value);
  }

  private String effectiveService() {
    return service.isEmpty() ? serviceOfSink : service;
  }

  private boolean isValid() {
    if (queueSize < 1 || queueSize > EventRing.MAX_SLOTS) {
      addError("queueSize must be between 1 and " + EventRing.MAX_SLOTS + ", not " + queueSize);
      return false;
    }
    if (queueBytes < 1 || queueBytes > EventRing.MAX_BYTES) {
      addError("queueBytes must be between 1 and " + EventRing.MAX_BYTES + ", not " + queueBytes);
      return false;
    }
    if (discardingThreshold > queueSize || discardingThreshold < UNDEFINED) {
      addError("discardingThreshold must be between 0 and queueSize, not " + discardingThreshold);
      return false;
    }
    if (maxFlushTime < 0 || maxBlock < 0) {
      addError("maxFlushTime and maxBlock must not be negative");
      return false;
    }
    return true;
  }

  private Pipeline newPipeline() {
    int reserved = discardingThreshold == UNDEFINED ? queueSize / 5 : discardingThreshold;
    EventRing ring = new EventRing(queueSize, queueBytes, reserved);
    String contextName = getContext() == null ? null : getContext().getName();
    String origin =
        !source.isEmpty() ? source : contextName == null ? "logback" : "logback:" + contextName;
    LogdashAttachment attachment = owner;
    Runnable watch = attachment == null ? () -> {} : attachment::heal;
    DeliverySettings settings =
        new DeliverySettings(origin, dataset, (queueSize - reserved) / 2, watch, status, nanos);
    Delivery delivery = new Delivery(ring, counts, settings, effectiveService());
    delivery.sink(sink);
    if (fallbacks.iteratorForAppenders().hasNext()) {
      delivery.fallback(fallbacks::appendLoopOnAppenders);
    }
    return new Pipeline(
        ring,
        new Capture(includeCallerData),
        counts,
        status,
        nanos,
        neverBlock ? 0 : TimeUnit.MILLISECONDS.toNanos(maxBlock),
        internalLoggers.toArray(String[]::new),
        delivery,
        "logdash-logback-" + (name == null ? "appender" : name));
  }

  private void startFallbacks() {
    fallbacks
        .iteratorForAppenders()
        .forEachRemaining(
            appender -> {
              if (!appender.isStarted()) {
                appender.start();
              }
            });
  }

  // Settings; they take effect at the next start.

  /** How many events may wait; 16,384 unless set. */
  public void setQueueSize(int value) {
    queueSize = value;
  }

  /** How many bytes of heap the waiting events may hold, estimated; 8 MB unless set. */
  public void setQueueBytes(FileSize value) {
    queueBytes = value.getSize();
  }

  /**
   * How many places are kept for WARN and above; events below are dropped when no more than that
   * are free. A fifth of the queue unless set; 0 keeps none.
   */
  public void setDiscardingThreshold(int value) {
    discardingThreshold = value;
  }

  /**
   * Whether a log call never waits; true unless set. False lets calls of WARN and above wait for
   * room, up to {@code maxBlock}.
   */
  public void setNeverBlock(boolean value) {
    neverBlock = value;
  }

  /** How long a log call may wait for room if {@code neverBlock} is false; 1,000 ms unless set. */
  public void setMaxBlock(int millis) {
    maxBlock = millis;
  }

  /** How long stopping may take; 1,000 ms unless set. */
  public void setMaxFlushTime(int millis) {
    maxFlushTime = millis;
  }

  /** Whether file, line and method of the caller are found out; expensive, false unless set. */
  public void setIncludeCallerData(boolean value) {
    includeCallerData = value;
  }

  /** The name of the service that logs. */
  public void setService(String value) {
    service = value;
  }

  String getService() {
    return service;
  }

  /** The dataset that the events go to. */
  public void setDataset(String value) {
    dataset = value;
  }

  /** What events name as their source; {@code logback:} and the context's name unless set. */
  public void setSource(String value) {
    source = value;
  }

  /** Whether {@link #attach} also takes the events of loggers whose additivity is false. */
  public void setNonAdditive(boolean value) {
    nonAdditive = value;
  }

  boolean isNonAdditive() {
    return nonAdditive;
  }

  /** A further logger that delivery uses: what it logs below INFO is not taken. */
  public void addInternalLogger(String prefix) {
    internalLoggers.add(prefix);
  }

  @Override
  public @Nullable String getName() {
    return name;
  }

  @Override
  public void setName(String value) {
    name = value;
  }

  @Override
  public void addFilter(Filter<ILoggingEvent> filter) {
    filters.addFilter(filter);
  }

  @Override
  public void clearAllFilters() {
    filters.clearAllFilters();
  }

  @Override
  public List<Filter<ILoggingEvent>> getCopyOfAttachedFiltersList() {
    return filters.getCopyOfAttachedFiltersList();
  }

  @Override
  public FilterReply getFilterChainDecision(ILoggingEvent event) {
    return filters.getFilterChainDecision(event);
  }

  @Override
  public void addAppender(Appender<ILoggingEvent> appender) {
    fallbacks.addAppender(appender);
  }

  @Override
  public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
    return fallbacks.iteratorForAppenders();
  }

  @Override
  public Appender<ILoggingEvent> getAppender(String appenderName) {
    return fallbacks.getAppender(appenderName);
  }

  @Override
  public boolean isAttached(Appender<ILoggingEvent> appender) {
    return fallbacks.isAttached(appender);
  }

  @Override
  public void detachAndStopAllAppenders() {
    fallbacks.detachAndStopAllAppenders();
  }

  @Override
  public boolean detachAppender(Appender<ILoggingEvent> appender) {
    return fallbacks.detachAppender(appender);
  }

  @Override
  public boolean detachAppender(String appenderName) {
    return fallbacks.detachAppender(appenderName);
  }

  @Override
  public String toString() {
    return getClass().getName() + '[' + name + ']';
  }
}
