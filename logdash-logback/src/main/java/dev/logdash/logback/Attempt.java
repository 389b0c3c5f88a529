package dev.logdash.logback;

import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One offer of a batch to a sink. */
final class Attempt {

  private static final long PARK_NANOS = 1_000_000;

  private volatile @Nullable SinkAck ack;
  private volatile @Nullable Throwable failure;

  private Attempt() {}

  /**
   * Offers a batch and waits for the answer, however long it takes: without it nobody knows what
   * the sink took. The waiting thread is not to be interrupted, since that closes the files that it
   * writes.
   */
  static Attempt of(LogSink sink, List<Submission> batch) {
    Attempt attempt = new Attempt();
    Thread waiting = Thread.currentThread();
    try {
      sink.append(batch, AckLevel.SPOOLED)
          .subscribe(
              ack -> {
                attempt.ack = ack;
                LockSupport.unpark(waiting);
              },
              error -> attempt.fail(error, waiting),
              () -> {
                if (attempt.ack == null) {
                  attempt.fail(new IllegalStateException("the sink gave no answer"), waiting);
                }
              });
    } catch (RuntimeException | StackOverflowError e) {
      attempt.fail(e, waiting);
    }
    while (attempt.ack == null && attempt.failure == null) {
      LockSupport.parkNanos(attempt, PARK_NANOS);
    }
    return attempt;
  }

  /** Null if it failed. */
  @Nullable SinkAck ack() {
    return ack;
  }

  /** Null if it did not fail. */
  @Nullable Throwable failure() {
    return failure;
  }

  private void fail(Throwable error, Thread waiting) {
    failure = error;
    LockSupport.unpark(waiting);
  }
}
