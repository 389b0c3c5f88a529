package dev.logdash.elasticsearch;

import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Table;
import dev.logdash.core.query.EventFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Computes a table. The server counts where it is exact: by fields that have a column, and by spans
 * of whole milliseconds. All else is computed from the events: the server adds in doubles, which
 * lose the last digits of sums and of nanoseconds, and has no column for most fields.
 */
final class TableFinder {

  private static final long MILLI = 1_000_000;

  private final Finder finder;
  private final int groupsOfAPart;

  TableFinder(Finder finder, int groupsOfAPart) {
    this.finder = finder;
    this.groupsOfAPart = groupsOfAPart;
  }

  Mono<Table> table(Aggregation aggregation) {
    List<Map<String, Object>> sources = sources(aggregation);
    StoreQuery asked = StoreQuery.of(aggregation.query());
    boolean countsOnly =
        aggregation.functions().stream().allMatch(Aggregation.Count.class::isInstance);
    return Mono.defer(
        () -> {
          TableRows rows = new TableRows(aggregation);
          Mono<Void> filled;
          if (!countsOnly || !asked.exact() || sources == null) {
            filled = finder.events(aggregation.query()).doOnNext(rows::add).then();
          } else if (sources.isEmpty()) {
            filled =
                finder
                    .count(aggregation.query())
                    .doOnNext(count -> rows.add(List.of(), count))
                    .then();
          } else {
            filled =
                finder
                    .parts(aggregation.query(), answer -> next(asked, sources, answer))
                    .doOnNext(answer -> add(answer, sources.size(), aggregation, rows))
                    .then();
          }
          return filled.then(Mono.fromCallable(rows::table));
        });
  }

  /** What the server groups by; null if it cannot. */
  private static @Nullable List<Map<String, Object>> sources(Aggregation aggregation) {
    List<Map<String, Object>> sources = new ArrayList<>();
    for (Aggregation.Group group : aggregation.groups()) {
      Map<String, Object> source = source(group);
      if (source == null) {
        return null;
      }
      sources.add(Map.of("k" + sources.size(), source));
    }
    return sources;
  }

  private static @Nullable Map<String, Object> source(Aggregation.Group group) {
    if (group instanceof Aggregation.ByTime time) {
      return time.widthNanos() % MILLI != 0
          ? null
          : Map.of(
              "histogram",
              Map.of("field", IndexFields.MILLIS, "interval", time.widthNanos() / MILLI));
    }
    String field = EventFields.canonicalName(((Aggregation.ByField) group).field());
    String column = IndexFields.column(field);
    return column.isEmpty()
        ? null
        : Map.of("terms", Map.of("field", column, "missing_bucket", true));
  }

  private @Nullable Map<String, Object> next(
      StoreQuery asked, List<Map<String, Object>> sources, Answer before) {
    Map<String, Object> composite = new LinkedHashMap<>();
    composite.put("size", (long) groupsOfAPart);
    composite.put("sources", sources);
    if (before.isThere()) {
      Answer groups = before.at("aggregations", "groups");
      Object after = groups.at("after_key").value();
      // A part that is not full is the last one, though it has a key to go on behind.
      if (after == null || groups.at("buckets").elements().size() < groupsOfAPart) {
        return null;
      }
      composite.put("after", after);
    }
    return Map.of(
        "size",
        0L,
        "track_total_hits",
        false,
        "query",
        asked.body(),
        "aggs",
        Map.of("groups", Map.of("composite", composite)));
  }

  private static void add(Answer answer, int keys, Aggregation aggregation, TableRows rows) {
    for (Answer bucket : answer.at("aggregations", "groups", "buckets").elements()) {
      List<String> key = new ArrayList<>();
      for (int i = 0; i < keys; i++) {
        Answer part = bucket.at("key", "k" + i);
        boolean isTime = aggregation.groups().get(i) instanceof Aggregation.ByTime;
        key.add(isTime ? Long.toString(part.number() * MILLI) : part.text());
      }
      rows.add(key, bucket.at("doc_count").number());
    }
  }
}
