package dev.logdash.core.alert;

import java.util.concurrent.atomic.LongAdder;

/** What the service did since it was started. Safe for use by many threads. */
public final class AlertCounts {

  final LongAdder evaluations = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder skipped = new LongAdder();
  final LongAdder sent = new LongAdder();
  final LongAdder retried = new LongAdder();
  final LongAdder failed = new LongAdder();

  AlertCounts() {}

  /** Ticks of rules that were evaluated. */
  public long evaluations() {
    return evaluations.sum();
  }

  /** Evaluations that failed; they are done again. */
  public long failures() {
    return failures.sum();
  }

  /** Ticks that were left out, because the service did not run for longer than it catches up. */
  public long skipped() {
    return skipped.sum();
  }

  /** Messages that a receiver took. */
  public long sent() {
    return sent.sum();
  }

  /** Attempts that failed and are made again. */
  public long retried() {
    return retried.sum();
  }

  /** Messages that were given up. */
  public long failed() {
    return failed.sum();
  }
}
