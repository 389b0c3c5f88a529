package dev.logdash.benchmarks;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Page;
import dev.logdash.api.store.Table;
import dev.logdash.core.rollup.RollupDefinitions;
import dev.logdash.core.rollup.SeriesPoint;
import dev.logdash.embedded.EmbeddedStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The questions of the benchmark, asked through the ports of logdash. */
final class LogdashQueries {

  private final EmbeddedStorage storage;

  LogdashQueries(EmbeddedStorage storage) {
    this.storage = storage;
  }

  static Filter word(String word) {
    return new Filter.Phrase(EcsFields.MESSAGE, word);
  }

  static Filter level(String level) {
    return new Filter.Equal(EcsFields.LOG_LEVEL, level);
  }

  static Filter both(Filter left, Filter right) {
    return new Filter.And(List.of(left, right));
  }

  /** The times of the newest events. */
  List<Long> newest(Filter filter, long from, int limit) {
    List<Long> times = new ArrayList<>();
    for (LogEvent event : page(filter, from, limit)) {
      times.add(event.timestampNanos());
    }
    return times;
  }

  List<LogEvent> page(Filter filter, long from, int limit) {
    LogQuery query =
        LogQuery.builder().filter(filter).between(from, Long.MAX_VALUE).limit(limit).build();
    Page page = Objects.requireNonNull(storage.logStore().search(query).block());
    return page.events();
  }

  long count(Filter filter) {
    return Objects.requireNonNull(
        storage.logStore().count(LogQuery.builder().filter(filter).build()).block());
  }

  /** The rows of a histogram, as their number and the sum of their counts. */
  List<Long> histogram(Filter filter, long widthNanos, boolean bySeverity) {
    List<Aggregation.Group> groups = new ArrayList<>();
    groups.add(new Aggregation.ByTime(widthNanos));
    if (bySeverity) {
      groups.add(new Aggregation.ByField(EcsFields.SEVERITY));
    }
    Aggregation aggregation =
        new Aggregation(
            LogQuery.builder().filter(filter).build(),
            groups,
            List.of(new Aggregation.Count()),
            Aggregation.MAX_ROWS);
    Table table = Objects.requireNonNull(storage.logStore().aggregate(aggregation).block());
    double sum = 0;
    for (Table.Row row : table.rows()) {
      sum += row.values().get(0);
    }
    return List.of((long) table.rows().size(), (long) sum);
  }

  /** All events by window, service and severity, from the rollups. */
  List<SeriesPoint> rollups(int tierSeconds, long fromSecond, long toSecond) {
    List<Cell> cells =
        storage
            .rollupStore()
            .read(new RollupQuery(RollupDefinitions.EVENTS, tierSeconds, fromSecond, toSecond))
            .collectList()
            .block();
    return SeriesPoint.merge(Objects.requireNonNull(cells));
  }
}
