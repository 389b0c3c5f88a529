package dev.logdash.mongo;

import java.util.concurrent.atomic.LongAdder;

/** What all who use one client count from its start on. */
final class Counters {

  final LongAdder calls = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder refusedCells = new LongAdder();
  final LongAdder refusedDocuments = new LongAdder();

  MongoStatistics snapshot() {
    return new MongoStatistics(
        calls.sum(), failures.sum(), refusedCells.sum(), refusedDocuments.sum());
  }
}
