package dev.logdash.dashboard.request;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Headers;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Takes requests to a sink, as events. Whoever records a request neither waits nor does input or
 * output: a thread of its own, {@code logdash-requests}, writes what came within some milliseconds.
 * While the sink takes nothing, up to {@value #CAPACITY} requests wait; those beyond are dropped
 * and counted.
 */
public final class RequestRecorder implements AutoCloseable {

  static final int CAPACITY = 8_192;

  private static final Logger LOG = LoggerFactory.getLogger(RequestRecorder.class);
  private static final Map<String, String> HEADERS = Map.of(Headers.FORMAT, "json");
  private static final String SOURCE = "requests";
  private static final int BATCH = 512;
  private static final long COLLECT_MILLIS = 20;
  private static final long LAST_RETRY_MILLIS = 1_000;
  private static final long CLOSE_MILLIS = 1_000;

  private final LogSink sink;
  private final Clock clock;
  private final RequestEncoder encoder;
  private final Scheduler scheduler = Schedulers.newSingle("logdash-requests", true);
  private final Queue<RecordedRequest> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final LongAdder recorded = new LongAdder();
  private final LongAdder full = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder late = new LongAdder();

  // Used by one delivery after the other.
  private final List<Submission> batch = new ArrayList<>();
  private long retryMillis = COLLECT_MILLIS;
  private long toldFull;

  /**
   * @param sink stays the caller's to close, after this
   * @param service what the events name as their service
   */
  public RequestRecorder(LogSink sink, String service, Clock clock) {
    this.sink = sink;
    this.clock = clock;
    encoder = new RequestEncoder(service);
  }

  /** What became of the requests so far. */
  public RequestCounts counts() {
    return new RequestCounts(recorded.sum(), full.sum(), refused.sum(), late.sum());
  }

  long millis() {
    return clock.millis();
  }

  void record(RecordedRequest request) {
    if (closed.get()) {
      late.increment();
    } else if (waiting.incrementAndGet() > CAPACITY) {
      waiting.decrementAndGet();
      full.increment();
    } else {
      queue.add(request);
      wake();
    }
  }

  /** A request that could not be made into an event. */
  void failed(RuntimeException error) {
    refused.increment();
    LOG.debug("A request was not recorded", error);
  }

  /** Writes what waits, within a second, and counts what is left then. Idempotent. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    CountDownLatch done = new CountDownLatch(1);
    scheduler.schedule(
        () -> {
          awake.set(true);
          deliver(done::countDown);
        });
    try {
      if (!done.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.debug("The sink did not take the last requests in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    scheduler.dispose();
    late.add(waiting.getAndSet(0));
  }

  private void wake() {
    if (awake.compareAndSet(false, true)) {
      deliverIn(COLLECT_MILLIS);
    }
  }

  private void deliverIn(long millis) {
    try {
      scheduler.schedule(() -> deliver(() -> {}), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.trace("Closed meanwhile, which counts what is left", e);
    }
  }

  /** Offers a batch; the next one is offered when its answer is there. */
  private void deliver(Runnable end) {
    fill();
    if (batch.isEmpty()) {
      awake.set(false);
      end.run();
      if (!queue.isEmpty()) {
        wake();
      }
      return;
    }
    try {
      sink.append(List.copyOf(batch), AckLevel.SPOOLED)
          .subscribe(ack -> taken(ack, end), error -> notTaken(error, end));
    } catch (RuntimeException e) {
      notTaken(e, end);
    }
  }

  private void fill() {
    while (batch.size() < BATCH) {
      RecordedRequest request = queue.poll();
      if (request == null) {
        return;
      }
      try {
        batch.add(Submission.of(encoder.encode(request), SOURCE).withHeaders(HEADERS));
      } catch (RuntimeException e) {
        waiting.decrementAndGet();
        failed(e);
      }
    }
  }

  private void taken(SinkAck ack, Runnable end) {
    refused.add(ack.rejected().size());
    recorded.add(batch.size() - ack.rejected().size());
    settle();
    long dropped = full.sum();
    if (dropped > toldFull) {
      LOG.warn("{} requests were not recorded: too many waited", dropped - toldFull);
      toldFull = dropped;
    }
    if (closed.get()) {
      deliver(end);
    } else {
      deliverIn(0);
    }
  }

  private void notTaken(Throwable error, Runnable end) {
    if (!(error instanceof BackendException) || error instanceof BackendException.Rejected) {
      LOG.debug("The sink refused {} requests", batch.size(), error);
      refused.add(batch.size());
      settle();
    }
    if (closed.get()) {
      end.run();
      return;
    }
    deliverIn(retryMillis);
    retryMillis = Math.min(2 * retryMillis, LAST_RETRY_MILLIS);
  }

  private void settle() {
    waiting.addAndGet(-batch.size());
    batch.clear();
    retryMillis = COLLECT_MILLIS;
  }
}
