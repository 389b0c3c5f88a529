package dev.logdash.elasticsearch;

import dev.logdash.api.store.Aggregation;
import dev.logdash.core.query.EventFields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the server computes a table from its columns. */
final class TablePlan {

  private static final long HOUR_MILLIS = 3_600_000;

  private final List<Map<String, Object>> groups;
  private final Set<String> measured = new LinkedHashSet<>();
  private final Set<String> bucketed = new LinkedHashSet<>();
  private final Set<String> summed = new LinkedHashSet<>();
  private final Set<String> distinct = new LinkedHashSet<>();

  private TablePlan(List<Map<String, Object>> groups) {
    this.groups = groups;
  }

  /** The plan of a table; null if there is no column for one of its parts. */
  static @Nullable TablePlan of(Aggregation aggregation) {
    List<Map<String, Object>> groups = new ArrayList<>();
    for (Aggregation.Group group : aggregation.groups()) {
      Map<String, Object> source = source(group);
      if (source == null) {
        return null;
      }
      groups.add(Map.of(name(groups.size()), source));
    }
    TablePlan plan = new TablePlan(groups);
    return aggregation.functions().stream().allMatch(plan::add) ? plan : null;
  }

  /** What a group is called in requests and answers, by its place. */
  static String name(int group) {
    return "k" + group;
  }

  private static @Nullable Map<String, Object> source(Aggregation.Group group) {
    if (group instanceof Aggregation.ByTime time) {
      return time.widthNanos() % TablePass.MILLI != 0
          ? null
          : TablePass.time(time.widthNanos() / TablePass.MILLI);
    }
    String field = EventFields.canonicalName(((Aggregation.ByField) group).field());
    return IndexFields.hasColumn(field) ? TablePass.terms(field) : null;
  }

  private boolean add(Aggregation.Function function) {
    if (function instanceof Aggregation.Count) {
      return true;
    }
    String field = EventFields.canonicalName(function.field());
    boolean isMeasured = IndexFields.MEASURED.contains(field);
    if (function instanceof Aggregation.Distinct) {
      distinct.add(field);
      return isMeasured || IndexFields.hasColumn(field);
    }
    measured.add(field);
    if (function instanceof Aggregation.Percentile) {
      bucketed.add(field);
    } else if (function instanceof Aggregation.Sum || function instanceof Aggregation.Mean) {
      summed.add(field);
    }
    return isMeasured;
  }

  /** What finds the events that have to be read, as they miss a column; null if none can. */
  @Nullable Map<String, Object> withoutColumn() {
    Set<String> fields = new LinkedHashSet<>(measured);
    fields.addAll(distinct);
    fields.retainAll(IndexFields.MEASURED);
    List<Map<String, Object>> queries = new ArrayList<>();
    for (String field : fields) {
      queries.add(
          Map.of(
              "bool",
              Map.of(
                  "filter",
                  List.of(FilterTranslator.term(IndexFields.VALUES, IndexFields.existence(field))),
                  "must_not",
                  List.of(Map.of("exists", Map.of("field", IndexFields.buckets(field)))))));
    }
    return queries.isEmpty() ? null : Map.of("bool", Map.of("should", queries));
  }

  /**
   * The questions, of which the first one counts the events.
   *
   * @param small whether to add up each bucket and hour for itself, so that sums are smaller
   */
  List<TablePass> passes(boolean small) {
    List<TablePass> passes = new ArrayList<>();
    if (measured.isEmpty()) {
      passes.add(TablePass.counts(groups));
    }
    for (String field : measured) {
      passes.add(
          TablePass.measure(
              sources(field, small), field, summed.contains(field), passes.isEmpty()));
    }
    for (String field : distinct) {
      String column = IndexFields.MEASURED.contains(field) ? IndexFields.numbers(field) : field;
      passes.add(TablePass.values(groups, field, column));
    }
    return passes;
  }

  private List<Map<String, Object>> sources(String field, boolean small) {
    List<Map<String, Object>> sources = groups;
    // The server needs something to group by.
    if (bucketed.contains(field) || small || groups.isEmpty()) {
      sources = TablePass.with(sources, "bucket", TablePass.terms(IndexFields.buckets(field)));
    }
    return small ? TablePass.with(sources, "hour", TablePass.time(HOUR_MILLIS)) : sources;
  }
}
