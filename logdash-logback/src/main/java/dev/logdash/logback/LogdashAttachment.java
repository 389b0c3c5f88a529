package dev.logdash.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.ConfigurationEvent;
import ch.qos.logback.core.spi.ConfigurationEventListener;
import dev.logdash.api.ingest.LogSink;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps a context and a sink together, whatever is done to the context: events reach the sink once.
 * Made by {@link LogdashAppender#attach}.
 *
 * <p>If the configuration has appenders of ours, they get the sink, and the attachment's own
 * appender stays out. A reset is noticed at once; so is a new configuration. A context that was
 * stopped has forgotten its listeners; then it takes up to a second.
 */
public final class LogdashAttachment implements AutoCloseable {

  private static final String KEY = LogdashAttachment.class.getName();

  // An appender starts before it is at a logger; one look in between may miss it.
  private static final int HAND_OVER = 2;

  private final LoggerContext context;
  private final LogSink sink;
  private final LogdashAppender own;
  private final Listener listener = new Listener();
  // Changed under the lock of this object.
  private final Set<LogdashAppender> connected = Collections.newSetFromMap(new IdentityHashMap<>());
  private volatile int handingOver;
  private volatile boolean closed;

  private LogdashAttachment(LoggerContext context, LogSink sink, LogdashAppender own) {
    this.context = context;
    this.sink = sink;
    this.own = own;
  }

  static LogdashAttachment open(LoggerContext context, LogSink sink, LogdashAppender own) {
    LogdashAttachment attachment = new LogdashAttachment(context, sink, own);
    own.owner(attachment);
    own.setSink(sink);
    // The object may be of an older class loader, so that only the interface is known.
    if (context.getObject(KEY) instanceof AutoCloseable earlier) {
      closeQuietly(earlier, own);
    }
    context.addConfigurationEventListener(attachment.listener);
    attachment.heal();
    return attachment;
  }

  /** What became of the events that the attachment's own appender took. */
  public AppenderCounts counts() {
    return own.counts();
  }

  /**
   * Delivers what was logged before and lets the sink go, which may then be closed. Appenders of
   * the configuration keep what is logged from then on for the next attachment. Idempotent.
   */
  @Override
  public void close() {
    Set<LogdashAppender> appenders;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      appenders = Set.copyOf(connected);
      connected.clear();
    }
    context.removeListener(listener);
    context.removeConfigurationEventListener(listener);
    if (context.getObject(KEY) == this) {
      context.removeObject(KEY);
    }
    detachOwn();
    own.end();
    for (LogdashAppender appender : appenders) {
      appender.flush();
      appender.connect(null, "");
    }
  }

  /** Calls back with the attachment of a context, if it has one of this class loader. */
  static void of(LoggerContext context, Consumer<LogdashAttachment> action) {
    if (context.getObject(KEY) instanceof LogdashAttachment attachment) {
      action.accept(attachment);
    }
  }

  /** Gives an appender of the configuration, which just started, the sink. */
  synchronized void adopt(LogdashAppender appender) {
    if (!closed) {
      connect(appender);
      handingOver = HAND_OVER;
    }
  }

  /**
   * Whether appenders of the configuration have taken the place of the own one, which is still at
   * its loggers for a moment.
   */
  boolean isReplaced() {
    return handingOver > 0 && !configured().isEmpty();
  }

  /** Puts everything where it belongs; changes nothing where it is. */
  synchronized void heal() {
    if (closed) {
      return;
    }
    if (context.getObject(KEY) != this) {
      context.putObject(KEY, this);
    }
    if (!context.getCopyOfListenerList().contains(listener)) {
      context.addListener(listener);
    }
    Set<LogdashAppender> configured = configured();
    connected.retainAll(configured);
    configured.forEach(this::connect);
    own.start();
    if (configured.isEmpty()) {
      attachOwn();
    } else {
      detachOwn();
      handingOver = 0;
    }
    handingOver = Math.max(0, handingOver - 1);
  }

  private void connect(LogdashAppender appender) {
    if (connected.add(appender)) {
      appender.connect(sink, own.getService());
    }
  }

  private void attachOwn() {
    for (Logger logger : context.getLoggerList()) {
      boolean top = logger.getName().equals(org.slf4j.Logger.ROOT_LOGGER_NAME);
      boolean wanted = top || (own.isNonAdditive() && !logger.isAdditive());
      if (wanted && !logger.isAttached(own)) {
        logger.addAppender(own);
      } else if (!wanted && logger.isAttached(own)) {
        logger.detachAppender(own);
      }
    }
  }

  private void detachOwn() {
    for (Logger logger : context.getLoggerList()) {
      if (logger.isAttached(own)) {
        logger.detachAppender(own);
      }
    }
  }

  private Set<LogdashAppender> configured() {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<LogdashAppender> found = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Logger logger : context.getLoggerList()) {
      collect(logger, seen, found);
    }
    return found;
  }

  // An appender may stand behind others, for example an AsyncAppender.
  private void collect(
      AppenderAttachable<ILoggingEvent> place, Set<Object> seen, Set<LogdashAppender> found) {
    if (!seen.add(place)) {
      return;
    }
    Iterator<Appender<ILoggingEvent>> appenders = place.iteratorForAppenders();
    while (appenders.hasNext()) {
      Appender<ILoggingEvent> appender = appenders.next();
      if (appender instanceof LogdashAppender ours) {
        if (ours != own) {
          found.add(ours);
        }
      } else if (appender instanceof AppenderAttachable<?>) {
        @SuppressWarnings("unchecked")
        AppenderAttachable<ILoggingEvent> nested = (AppenderAttachable<ILoggingEvent>) appender;
        collect(nested, seen, found);
      }
    }
  }

  private static void closeQuietly(AutoCloseable earlier, LogdashAppender teller) {
    try {
      earlier.close();
    } catch (Exception e) {
      teller.addWarn("An earlier attachment did not close", e);
    }
  }

  /** Hears of the context; not public, since Logback's types are no promise of ours. */
  private final class Listener implements LoggerContextListener, ConfigurationEventListener {

    @Override
    public boolean isResetResistant() {
      return true;
    }

    @Override
    public void onReset(LoggerContext reset) {
      heal();
    }

    @Override
    public void listen(ConfigurationEvent event) {
      ConfigurationEvent.EventType type = event.getEventType();
      if (type != ConfigurationEvent.EventType.CONFIGURATION_STARTED) {
        heal();
      }
    }

    @Override
    public void onStart(LoggerContext started) {
      heal();
    }

    @Override
    public void onStop(LoggerContext stopped) {}

    @Override
    public void onLevelChange(Logger logger, Level level) {}
  }
}
