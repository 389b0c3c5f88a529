package dev.logdash.core.pipeline;

import dev.logdash.api.event.PartitionId;
import java.util.Map;
import java.util.Set;

/**
 * Where a partition stands: all records below {@link #nextOffset} are stored and counted, and a
 * replay from there gives what it gave before.
 *
 * @param nextOffset the first record that is needed again
 * @param timeNanos the latest time of reception below it
 * @param watermarkNanos the latest event time below it
 * @param straddling by source, the last line behind {@code nextOffset} that is done already
 * @param producers by producer, the last sequence below {@code nextOffset}
 * @param cuts the last lines, at or behind {@code nextOffset}, of records that a bound has ended
 * @param totals what became of the records below {@code nextOffset}
 */
record Snapshot(
    long nextOffset,
    long timeNanos,
    long watermarkNanos,
    Map<String, Long> straddling,
    Map<String, Long> producers,
    Set<Long> cuts,
    Totals totals) {

  static final String PREFIX = "snapshot/";

  static final Snapshot START = new Snapshot(0, 0, 0, Map.of(), Map.of(), Set.of(), Totals.NONE);

  Snapshot {
    straddling = Map.copyOf(straddling);
    producers = Map.copyOf(producers);
    cuts = Set.copyOf(cuts);
  }

  Snapshot withCuts(Set<Long> all) {
    return new Snapshot(nextOffset, timeNanos, watermarkNanos, straddling, producers, all, totals);
  }

  static String key(PartitionId partition) {
    return PREFIX + partition;
  }

  static String admissionKey(PartitionId partition) {
    return "admission/" + partition;
  }
}
