package dev.logdash.core.statement;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.Severity;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Table;
import java.util.List;

/**
 * What the store says of some events.
 *
 * @param worst the number of the worst severity; 0 for none
 */
record Tally(long count, int worst, long firstNanos, long lastNanos) {

  static final Tally NONE = new Tally(0, 0, Long.MAX_VALUE, Long.MIN_VALUE);

  /** What is asked for. */
  static final List<Aggregation.Function> FUNCTIONS =
      List.of(
          new Aggregation.Count(),
          new Aggregation.Max(EcsFields.SEVERITY),
          new Aggregation.Min(EcsFields.TIMESTAMP),
          new Aggregation.Max(EcsFields.TIMESTAMP));

  static Tally of(Table.Row row) {
    List<Double> values = row.values();
    // Not a number becomes 0.
    return new Tally(
        values.get(0).longValue(),
        values.get(1).intValue(),
        values.get(2).longValue(),
        values.get(3).longValue());
  }

  Tally and(Tally other) {
    return new Tally(
        count + other.count,
        Math.max(worst, other.worst),
        Math.min(firstNanos, other.firstNanos),
        Math.max(lastNanos, other.lastNanos));
  }

  Severity severity() {
    return Severity.of(worst);
  }
}
