package dev.logdash.core.spool;

import java.util.concurrent.atomic.LongAdder;

/** What happened since the spool was opened. */
final class Counters {
  final LongAdder appended = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder overloaded = new LongAdder();
  final LongAdder corrupt = new LongAdder();
  final LongAdder tornBytes = new LongAdder();
  final LongAdder missingSegments = new LongAdder();
  final LongAdder forceFailures = new LongAdder();
}
