package dev.logdash.core.table;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.store.Aggregation;
import dev.logdash.core.query.CodePointOrder;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.query.PipedQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Groups the rows of a table as stores group events, with the same functions over each group. */
final class RowGroups {

  // How often rows may be put into a group: once, but for lists, whose elements multiply.
  private static final int MAX_KEYS = 500_000;
  private static final Comparator<List<Object>> BY_KEY = RowGroups::compareKeys;

  private final PipedQuery.Group group;
  private final ResultTable before;
  private final TableBudget budget = new TableBudget();
  private final Map<List<Object>, Totals> groups = new HashMap<>();
  private int keysLeft = MAX_KEYS;

  private RowGroups(PipedQuery.Group group, ResultTable before) {
    this.group = group;
    this.before = before;
  }

  /** What was seen of one group. */
  private static final class Totals {
    private final List<FunctionState> states;
    private long rows;

    Totals(List<FunctionState> states) {
      this.states = states;
    }
  }

  static ResultTable of(PipedQuery.Group group, ResultTable table) {
    RowGroups groups = new RowGroups(group, table);
    if (group.keys().isEmpty()) {
      groups.groups.put(List.of(), groups.totals(List.of()));
    }
    table.rows().forEach(groups::add);
    return groups.table();
  }

  private Totals totals(List<Object> key) {
    for (Object part : key) {
      if (part instanceof String text) {
        budget.takeKey(text);
      }
    }
    return new Totals(
        group.measures().stream()
            .map(measure -> FunctionState.of(measure.function(), budget))
            .toList());
  }

  private void add(List<Object> row) {
    for (List<Object> key : keys(row)) {
      Totals totals = groups.computeIfAbsent(key, this::totals);
      totals.rows++;
      for (int i = 0; i < totals.states.size(); i++) {
        add(group.measures().get(i).function(), totals.states.get(i), row);
      }
    }
  }

  private static void add(Aggregation.Function function, FunctionState state, List<Object> row) {
    if (function.field().isEmpty()) {
      return;
    }
    for (Object value : Cells.values(row.get(Integer.parseInt(function.field())))) {
      Object counted = function instanceof Aggregation.Distinct ? value : Cells.number(value);
      if (counted != null) {
        state.addValue(counted);
      }
    }
  }

  /** One key for each combination of values, since a row with a list is in several groups. */
  private List<List<Object>> keys(List<Object> row) {
    List<List<Object>> keys = List.of(List.of());
    for (PipedQuery.RowKey key : group.keys()) {
      List<List<Object>> longer = new ArrayList<>();
      Set<Object> parts = parts(key, row.get(key.column()));
      if ((long) keys.size() * parts.size() > keysLeft) {
        throw new BackendException.Rejected(
            "the lists of these rows make too many groups; group by fewer columns", null);
      }
      for (List<Object> begun : keys) {
        for (Object part : parts) {
          List<Object> extended = new ArrayList<>(begun);
          extended.add(part);
          longer.add(extended);
        }
      }
      keys = longer;
    }
    keysLeft -= keys.size();
    return keys;
  }

  private Set<Object> parts(PipedQuery.RowKey key, Object cell) {
    Set<Object> parts = new LinkedHashSet<>();
    for (Object value : Cells.values(cell)) {
      parts.add(
          isTime(key) && value instanceof Long time
              ? time - Math.floorMod(time, Math.max(1, key.widthNanos()))
              : EventFields.groupKey(value));
    }
    return parts.isEmpty() && !group.complete() ? Set.of("") : parts;
  }

  private boolean isTime(PipedQuery.RowKey key) {
    return before.columns().get(key.column()).type() == ResultTable.Type.TIME;
  }

  private ResultTable table() {
    List<List<Object>> rows =
        groups.entrySet().stream()
            .sorted(
                Comparator.comparingLong(
                        (Map.Entry<List<Object>, Totals> one) -> -one.getValue().rows)
                    .thenComparing(Map.Entry::getKey, BY_KEY))
            .limit(PipedSearch.MAX_ROWS)
            .sorted(Map.Entry.comparingByKey(BY_KEY))
            .map(one -> row(one.getKey(), one.getValue()))
            .toList();
    return new ResultTable(columns(rows), rows, before.truncated() || rows.size() < groups.size());
  }

  private static List<Object> row(List<Object> key, Totals totals) {
    List<Object> row = new ArrayList<>(key);
    totals.states.forEach(state -> row.add(state.value(totals.rows)));
    return row;
  }

  private List<ResultTable.Column> columns(List<List<Object>> rows) {
    List<ResultTable.Column> columns = new ArrayList<>();
    for (PipedQuery.RowKey key : group.keys()) {
      ResultTable.Type type = isTime(key) ? ResultTable.Type.TIME : ResultTable.Type.TEXT;
      String field = key.widthNanos() > 0 ? "" : before.columns().get(key.column()).field();
      columns.add(new ResultTable.Column(key.name(), type, false, field));
    }
    for (PipedQuery.Measure measure : group.measures()) {
      Aggregation.Function function = measure.function();
      int at = columns.size();
      boolean ofApproximate =
          !function.field().isEmpty()
              && before.columns().get(Integer.parseInt(function.field())).approximate();
      boolean approximate =
          ofApproximate
              || rows.stream().anyMatch(row -> function.isApproximate((Double) row.get(at)));
      columns.add(new ResultTable.Column(measure.name(), ResultTable.Type.NUMBER, approximate, ""));
    }
    return columns;
  }

  private static int compareKeys(List<Object> left, List<Object> right) {
    for (int i = 0; i < left.size(); i++) {
      int order = comparePart(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int comparePart(Object left, Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      return a.compareTo(b);
    }
    // Times come before texts that stand where a time should.
    return left instanceof Long || right instanceof Long
        ? Boolean.compare(right instanceof Long, left instanceof Long)
        : CodePointOrder.compare((String) left, (String) right);
  }
}
