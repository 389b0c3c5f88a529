package dev.logdash.redis;

import java.util.concurrent.atomic.LongAdder;

/** What all who use one client count from its start on. */
final class Counters {

  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder timeouts = new LongAdder();
  final LongAdder skipped = new LongAdder();
  final LongAdder unsent = new LongAdder();
  final LongAdder unreadable = new LongAdder();

  RedisStatistics snapshot() {
    return new RedisStatistics(
        hits.sum(),
        misses.sum(),
        failures.sum(),
        timeouts.sum(),
        skipped.sum(),
        unsent.sum(),
        unreadable.sum());
  }
}
