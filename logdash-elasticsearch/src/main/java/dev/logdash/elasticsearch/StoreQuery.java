package dev.logdash.elasticsearch;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.OrderKey;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.query.FilterMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A query as it is sent.
 *
 * @param body the query in the language of the server
 * @param exact whether it has only events of the query; if not, {@code test} decides about each
 */
record StoreQuery(Map<String, Object> body, boolean exact, Predicate<LogEvent> test) {

  /** Behind every id, since no code point is larger and no id longer. */
  private static final String LAST_ID = Character.toString(Character.MAX_CODE_POINT).repeat(129);

  static StoreQuery of(LogQuery query) {
    FilterMatcher filter = FilterMatcher.of(query.filter());
    FilterMatcher scope = FilterMatcher.of(query.scope());
    List<Object> queries = new ArrayList<>();
    // An index of another dataset may have a name that begins like those of this one.
    queries.add(FilterTranslator.term(IndexFields.DATASET, query.dataset()));
    if (query.fromNanos() > 0 || query.toNanos() < Long.MAX_VALUE) {
      queries.add(
          FilterTranslator.range(
              IndexFields.TIME, Map.of("gte", query.fromNanos(), "lt", query.toNanos())));
    }
    List<@Nullable Map<String, Object>> conjuncts = new ArrayList<>();
    conjuncts.addAll(FilterTranslator.conjuncts(query.scope()));
    conjuncts.addAll(FilterTranslator.conjuncts(query.filter()));
    boolean exact = true;
    for (@Nullable Map<String, Object> conjunct : conjuncts) {
      if (conjunct == null) {
        exact = false;
      } else {
        queries.add(conjunct);
      }
    }
    return new StoreQuery(
        Map.of("bool", Map.of("filter", queries)),
        exact,
        event -> scope.test(event) && filter.test(event));
  }

  /** Those of the events that also match another query of the server. */
  StoreQuery and(Map<String, Object> other) {
    return new StoreQuery(Map.of("bool", Map.of("filter", List.of(body, other))), exact, test);
  }

  /** Those of the events that do not match another query of the server. */
  StoreQuery without(Map<String, Object> other) {
    return and(Map.of("bool", Map.of("must_not", List.of(other))));
  }

  /** What asks for the events of a page, or of a part of it. */
  Map<String, Object> page(
      LogQuery.Order order, int size, @Nullable List<Object> after, boolean withEvents) {
    String direction = order == LogQuery.Order.NEWEST_FIRST ? "desc" : "asc";
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("size", (long) size);
    page.put("track_total_hits", false);
    page.put("_source", withEvents);
    page.put("query", body);
    page.put(
        "sort",
        List.of(
            sort(IndexFields.TIME, "long", direction),
            sort(IndexFields.PRODUCER, "keyword", direction),
            sort(IndexFields.SEQ, "long", direction),
            sort(IndexFields.ID, "keyword", direction)));
    if (after != null) {
      page.put("search_after", after);
    }
    return page;
  }

  /** The place behind all events of a key. */
  static @Nullable List<Object> behind(@Nullable OrderKey key, LogQuery.Order order) {
    if (key == null) {
      return null;
    }
    boolean newestFirst = order == LogQuery.Order.NEWEST_FIRST;
    return List.of(key.timestampNanos(), key.producer(), key.seq(), newestFirst ? "" : LAST_ID);
  }

  private static Map<String, Object> sort(String field, String type, String direction) {
    return Map.of(field, Map.of("order", direction, "unmapped_type", type));
  }
}
