package dev.logdash.elasticsearch;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Table;
import dev.logdash.core.query.CodePointOrder;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.query.LongTotals;
import dev.logdash.core.table.FunctionState;
import dev.logdash.core.table.TableBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Collects the groups of a table; for one thread at a time. */
final class TableRows {

  // A hundred times what a table may show; more would endanger the host's memory.
  private static final int MAX_GROUPS = 1_000_000;

  private final Aggregation aggregation;
  private final String[] fields;
  private final TableBudget budget = new TableBudget();
  private final Map<List<String>, Group> groups = new HashMap<>();
  private final Map<String, String> parts = new HashMap<>();

  TableRows(Aggregation aggregation) {
    this.aggregation = aggregation;
    this.fields =
        aggregation.functions().stream()
            .map(function -> EventFields.canonicalName(function.field()))
            .toArray(String[]::new);
    if (aggregation.groups().isEmpty()) {
      group(List.of());
    }
  }

  /** Adds events that were counted elsewhere. */
  void add(List<String> key, long count) {
    group(key).count += count;
  }

  /**
   * Adds numbers that a field has in events that were counted before. A group without any is of
   * events that came in the meantime, and stays out.
   */
  void add(List<String> key, String field, LongTotals numbers) {
    addTo(key, field, state -> state.add(numbers));
  }

  /** Adds a value of a field, likewise, by the hash of its group key. */
  void addHash(List<String> key, String field, long hash) {
    addTo(key, field, state -> state.addHash(hash));
  }

  private void addTo(List<String> key, String field, Consumer<FunctionState> addition) {
    Group group = groups.get(key);
    for (int i = 0; group != null && i < fields.length; i++) {
      if (fields[i].equals(field)) {
        addition.accept(group.states[i]);
      }
    }
  }

  void add(LogEvent event) {
    add(event, 0, List.of());
  }

  private void add(LogEvent event, int level, List<String> key) {
    if (level == aggregation.groups().size()) {
      add(event, group(key));
      return;
    }
    for (String part : parts(aggregation.groups().get(level), event)) {
      List<String> longer = new ArrayList<>(key);
      longer.add(part);
      add(event, level + 1, longer);
    }
  }

  private static Set<String> parts(Aggregation.Group group, LogEvent event) {
    if (group instanceof Aggregation.ByTime time) {
      long start =
          event.timestampNanos() - Math.floorMod(event.timestampNanos(), time.widthNanos());
      return Set.of(Long.toString(start));
    }
    String field = EventFields.canonicalName(((Aggregation.ByField) group).field());
    Set<String> parts = new LinkedHashSet<>();
    EventFields.values(event, field).forEach(value -> parts.add(EventFields.groupKey(value)));
    return parts.isEmpty() ? Set.of("") : parts;
  }

  private void add(LogEvent event, Group group) {
    group.count++;
    for (int i = 0; i < fields.length; i++) {
      group.states[i].add(event, fields[i]);
    }
  }

  Table table() {
    List<Map.Entry<List<String>, Group>> found = new ArrayList<>(groups.entrySet());
    found.sort(
        Comparator.comparingLong((Map.Entry<List<String>, Group> one) -> -one.getValue().count)
            .thenComparing(Map.Entry::getKey, this::compareKeys));
    List<Table.Row> rows =
        found.stream()
            .limit(aggregation.maxRows())
            .map(one -> new Table.Row(one.getKey(), values(one.getValue())))
            .sorted(Comparator.comparing(Table.Row::key, this::compareKeys))
            .toList();
    return new Table(rows, rows.size() < found.size());
  }

  private List<Double> values(Group group) {
    return Arrays.stream(group.states).map(state -> state.value(group.count)).toList();
  }

  private int compareKeys(List<String> left, List<String> right) {
    for (int i = 0; i < left.size(); i++) {
      boolean isTime = aggregation.groups().get(i) instanceof Aggregation.ByTime;
      int order =
          isTime
              ? Long.compare(Long.parseLong(left.get(i)), Long.parseLong(right.get(i)))
              : CodePointOrder.compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private Group group(List<String> key) {
    Group group = groups.get(key);
    if (group == null) {
      if (groups.size() == MAX_GROUPS) {
        throw new BackendException.Rejected(
            "the table has more than " + MAX_GROUPS + " groups; narrow the query", null);
      }
      group = new Group();
      groups.put(key.stream().map(this::part).toList(), group);
    }
    return group;
  }

  /** The one text that all keys with such a part share. */
  private String part(String text) {
    return parts.computeIfAbsent(
        text,
        unknown -> {
          budget.takeKey(unknown);
          return unknown;
        });
  }

  private final class Group {
    private final FunctionState[] states;
    private long count;

    Group() {
      states = new FunctionState[fields.length];
      Arrays.setAll(states, i -> FunctionState.of(aggregation.functions().get(i), budget));
    }
  }
}
