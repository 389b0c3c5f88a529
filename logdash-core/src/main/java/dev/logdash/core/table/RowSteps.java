package dev.logdash.core.table;

import dev.logdash.core.query.Expression;
import dev.logdash.core.query.FilterMatcher;
import dev.logdash.core.query.PipedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Works pipes off, one after the other, on all rows of a table. */
final class RowSteps {

  private RowSteps() {}

  static ResultTable apply(PipedQuery.Step step, ResultTable table) {
    if (step instanceof PipedQuery.Sort sort) {
      return with(table, RowOrder.sorted(table.rows(), sort.keys()));
    }
    if (step instanceof PipedQuery.Limit limit) {
      return with(table, table.rows().subList(0, Math.min(table.rows().size(), limit.rows())));
    }
    if (step instanceof PipedQuery.Where where) {
      Predicate<List<Object>> test =
          FilterMatcher.of(where.condition(), new RowValues(where.columns()));
      return with(table, table.rows().stream().filter(test).toList());
    }
    if (step instanceof PipedQuery.Eval eval) {
      ResultTable.Column column =
          new ResultTable.Column(
              eval.name(),
              ResultTable.Type.NUMBER,
              isApproximate(eval.expression(), table.columns()),
              "");
      return computed(
          table,
          List.of(eval.column()),
          List.of(column),
          row -> List.of(Arithmetic.value(eval.expression(), row)));
    }
    if (step instanceof PipedQuery.Extract extract) {
      List<ResultTable.Column> columns =
          extract.extractor().names().stream()
              .map(name -> new ResultTable.Column(name, ResultTable.Type.ANY, false, ""))
              .toList();
      return computed(
          table,
          extract.columns(),
          columns,
          row -> extract.extractor().extract(Cells.text(row.get(extract.from()))));
    }
    if (step instanceof PipedQuery.Group group) {
      return RowGroups.of(group, table);
    }
    throw new AssertionError(step);
  }

  private static ResultTable with(ResultTable table, List<List<Object>> rows) {
    return new ResultTable(table.columns(), rows, table.truncated());
  }

  private static ResultTable computed(
      ResultTable table,
      List<Integer> places,
      List<ResultTable.Column> columns,
      Function<List<Object>, List<?>> values) {
    return new ResultTable(
        put(table.columns(), places, columns),
        table.rows().stream().map(row -> put(row, places, values.apply(row))).toList(),
        table.truncated());
  }

  /** Puts values at places, of which those of new columns lie behind all others. */
  private static <T> List<T> put(List<T> row, List<Integer> places, List<? extends T> values) {
    List<T> longer = new ArrayList<>(row);
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i) == longer.size()) {
        longer.add(values.get(i));
      } else {
        longer.set(places.get(i), values.get(i));
      }
    }
    return longer;
  }

  private static boolean isApproximate(Expression expression, List<ResultTable.Column> columns) {
    if (expression instanceof Expression.Column column) {
      return columns.get(column.column()).approximate();
    }
    if (expression instanceof Expression.Negative negative) {
      return isApproximate(negative.operand(), columns);
    }
    return expression instanceof Expression.Binary binary
        && (isApproximate(binary.left(), columns) || isApproximate(binary.right(), columns));
  }

  /** The cells of a row by the names that a condition has for their columns. */
  private record RowValues(Map<String, Integer> columns)
      implements FilterMatcher.Values<List<Object>> {

    @Override
    public boolean anyValue(List<Object> row, String field, Predicate<Object> test) {
      for (Object value : Cells.values(row.get(columns.getOrDefault(field, -1)))) {
        if (test.test(value)) {
          return true;
        }
        Number number = value instanceof String ? Cells.number(value) : null;
        if (number != null && test.test(number)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean anyText(List<Object> row, Predicate<String> test) {
      throw new IllegalStateException("a condition over rows names its columns");
    }
  }
}
