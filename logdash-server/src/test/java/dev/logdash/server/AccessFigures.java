package dev.logdash.server;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of an access log that a suite of aggregates asks for, asked of a store. */
final class AccessFigures {

  private static final long HOUR = 3_600_000_000_000L;
  private static final int TOP = 10;
  private static final String STATUS = "http.response.status_code";

  private final LogSearch search;

  AccessFigures(LogSearch search) {
    this.search = search;
  }

  Map<String, Object> all() {
    Map<String, Object> figures = new LinkedHashMap<>();
    long lines = count(Filter.ALL);
    long requests = count(new Filter.Exists(STATUS));
    figures.put("lines", lines);
    figures.put("strict_combined_matched", requests);
    figures.put("strict_unmatched", lines - requests);
    figures.put("status", counts(STATUS));
    figures.put("method", counts("http.request.method"));
    figures.put("bytes_total", sum("http.response.body.bytes"));
    figures.put("top_ips", top("source.ip"));
    figures.put("top_urls", top("url.original"));
    figures.put("per_hour_utc", perHour(new Filter.Exists(STATUS)));
    figures.put(
        "errors_4xx5xx_per_hour_utc",
        perHour(new Filter.Range(STATUS, new Filter.Bound("400", true), Filter.Bound.NONE)));
    return figures;
  }

  private long count(Filter filter) {
    return Waiting.on(search.count(LogQuery.builder().filter(filter).build()));
  }

  private Map<String, Long> counts(String field) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Table.Row row : rows(field)) {
      counts.put(row.key().get(0), row.values().get(0).longValue());
    }
    return counts;
  }

  /** The ten most frequent values; of equally frequent ones that which came first. */
  private List<List<Object>> top(String field) {
    List<Table.Row> rows = new ArrayList<>(rows(field));
    rows.sort(Comparator.comparing((Table.Row row) -> row.values().get(0)).reversed());
    double least = rows.get(Math.min(TOP, rows.size()) - 1).values().get(0);
    return rows.stream()
        .filter(row -> row.values().get(0) >= least)
        .map(row -> new Frequent(row, first(field, row.key().get(0))))
        .sorted(Frequent.ORDER)
        .limit(TOP)
        .map(one -> List.<Object>of(one.row.key().get(0), one.row.values().get(0).longValue()))
        .toList();
  }

  private record Frequent(Table.Row row, LogEvent first) {
    static final Comparator<Frequent> ORDER =
        Comparator.comparingDouble((Frequent one) -> -one.row.values().get(0))
            .thenComparingLong(one -> one.first.timestampNanos())
            .thenComparingLong(one -> one.first.seq());
  }

  private LogEvent first(String field, String value) {
    LogQuery oldest =
        LogQuery.builder()
            .filter(new Filter.Equal(field, value))
            .order(LogQuery.Order.OLDEST_FIRST)
            .limit(1)
            .build();
    return Waiting.on(search.search(oldest)).events().get(0);
  }

  private List<Table.Row> rows(String field) {
    return ask(
        new Filter.Exists(field), List.of(new Aggregation.ByField(field)), new Aggregation.Count());
  }

  private long sum(String field) {
    List<Table.Row> rows = ask(new Filter.Exists(field), List.of(), new Aggregation.Sum(field));
    return rows.get(0).values().get(0).longValue();
  }

  private Map<String, Long> perHour(Filter filter) {
    Map<String, Long> hours = new LinkedHashMap<>();
    for (Table.Row row :
        ask(filter, List.of(new Aggregation.ByTime(HOUR)), new Aggregation.Count())) {
      Instant start = Instant.ofEpochSecond(Long.parseLong(row.key().get(0)) / 1_000_000_000L);
      hours.put(start.toString().substring(0, 13), row.values().get(0).longValue());
    }
    return hours;
  }

  private List<Table.Row> ask(
      Filter filter, List<Aggregation.Group> groups, Aggregation.Function function) {
    LogQuery query = LogQuery.builder().filter(filter).build();
    return Waiting.on(
            search.aggregate(
                new Aggregation(query, groups, List.of(function), Aggregation.MAX_ROWS)))
        .rows();
  }
}
