package dev.logdash.elasticsearch;

import java.util.concurrent.atomic.LongAdder;

/** What a store counts from its start on. */
final class Counters {

  final LongAdder stored = new LongAdder();
  final LongAdder duplicates = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder sentAgain = new LongAdder();
  final LongAdder bulks = new LongAdder();
  final LongAdder splits = new LongAdder();
  final LongAdder scanned = new LongAdder();

  ElasticsearchStatistics snapshot() {
    return new ElasticsearchStatistics(
        stored.sum(),
        duplicates.sum(),
        rejected.sum(),
        sentAgain.sum(),
        bulks.sum(),
        splits.sum(),
        scanned.sum());
  }
}
