package dev.logdash.elasticsearch;

import dev.logdash.api.store.Aggregation;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.query.LongTotals;
import dev.logdash.core.table.FunctionState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One question to the server for the groups of a table.
 *
 * @param sources what the server groups by; those of the table come first
 * @param inner what it computes in each group
 * @param fold what becomes of a group
 */
record TablePass(List<Map<String, Object>> sources, Map<String, Object> inner, Fold fold) {

  static final long MILLI = 1_000_000;

  private static final String GROUPS = "groups";
  private static final String NUMBERS = "numbers";
  private static final String OWN = "own";

  private static final Set<Map<String, Object>> TEXTS =
      IndexFields.GROUPED.stream().map(TablePass::terms).collect(Collectors.toSet());

  // What all keys of a part may have together, however long each is.
  private static final int MAX_UNITS = 8 << 20;

  // Whole numbers add up exactly as doubles as long as their sum is below 2^53; half of that leaves
  // no doubt about a server that adds with a correction.
  private static final long MAX_SUM = 1L << 52;

  /** Takes a group of the server into the table. */
  interface Fold {
    /** Whether the server has an exact answer for the group. */
    boolean add(List<String> key, Answer group, TableRows rows);
  }

  /** Counts the events of the groups. */
  static TablePass counts(List<Map<String, Object>> groups) {
    return new TablePass(
        groups,
        Map.of(),
        (key, group, rows) -> {
          rows.add(key, group.at("doc_count").number());
          return true;
        });
  }

  /**
   * Measures a field.
   *
   * @param summed whether sums are asked for
   * @param counting whether to count events too
   */
  static TablePass measure(
      List<Map<String, Object>> sources, String field, boolean summed, boolean counting) {
    return new TablePass(
        sources,
        Map.of(NUMBERS, Map.of("stats", Map.of("field", IndexFields.numbers(field)))),
        (key, group, rows) -> {
          if (counting) {
            rows.add(key, group.at("doc_count").number());
          }
          Answer numbers = group.at(NUMBERS);
          long sum = numbers.at("sum").number();
          if (summed && sum > MAX_SUM) {
            return false;
          }
          long count = numbers.at("count").number();
          if (count > 0) {
            long min = numbers.at("min").number();
            rows.add(key, field, new LongTotals(count, sum, min, numbers.at("max").number()));
          }
          return true;
        });
  }

  /** Finds the different values of a field in its column. */
  static TablePass values(List<Map<String, Object>> groups, String field, String column) {
    return new TablePass(
        with(groups, OWN, terms(column)),
        Map.of(),
        (key, group, rows) -> {
          Answer value = group.at("key", OWN);
          if (value.isThere()) {
            rows.addHash(key, field, FunctionState.hash(value.text()));
          }
          return true;
        });
  }

  /** The sources, and one more. */
  static List<Map<String, Object>> with(
      List<Map<String, Object>> sources, String name, Map<String, Object> source) {
    List<Map<String, Object>> longer = new ArrayList<>(sources);
    longer.add(Map.of(name, source));
    return longer;
  }

  static Map<String, Object> time(long millis) {
    return Map.of("histogram", Map.of("field", IndexFields.MILLIS, "interval", millis));
  }

  static Map<String, Object> terms(String column) {
    return Map.of("terms", Map.of("field", column, "missing_bucket", true));
  }

  /**
   * What asks for the next part of the groups; null if there is none.
   *
   * @param mostGroups of a part
   */
  @Nullable Map<String, Object> next(StoreQuery asked, int mostGroups, Answer before) {
    int groupsOfAPart = Math.min(mostGroups, MAX_UNITS / Math.max(1, longestKey()));
    Map<String, Object> composite = new LinkedHashMap<>();
    composite.put("size", (long) groupsOfAPart);
    composite.put("sources", sources);
    if (before.isThere()) {
      Answer groups = before.at("aggregations", GROUPS);
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
        Map.of(GROUPS, Map.of("composite", composite, "aggs", inner)));
  }

  private int longestKey() {
    int texts = 0;
    for (Map<String, Object> source : sources) {
      for (Object way : source.values()) {
        texts += TEXTS.contains(way) ? 1 : 0;
      }
    }
    return texts * EventFields.MAX_GROUP_KEY;
  }

  /** Takes a part into the table; whether all of it is exact. */
  boolean fold(Answer part, Aggregation aggregation, TableRows rows) {
    for (Answer group : part.at("aggregations", GROUPS, "buckets").elements()) {
      if (!fold.add(key(group, aggregation), group, rows)) {
        return false;
      }
    }
    return true;
  }

  private static List<String> key(Answer group, Aggregation aggregation) {
    List<String> key = new ArrayList<>();
    for (int i = 0; i < aggregation.groups().size(); i++) {
      Answer part = group.at("key", TablePlan.name(i));
      boolean isTime = aggregation.groups().get(i) instanceof Aggregation.ByTime;
      key.add(isTime ? Long.toString(part.number() * MILLI) : part.text());
    }
    return key;
  }
}
