package dev.logdash.core.table;

import dev.logdash.core.query.CodePointOrder;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.query.NumberLiteral;
import dev.logdash.core.query.PipedQuery;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of rows by some of their cells: numbers, and texts that read as numbers, by their
 * value; then all other texts by code point. What is missing comes last in both directions.
 */
final class RowOrder {

  private static final BigDecimal BEYOND_ALL = new BigDecimal("1e400");

  private RowOrder() {}

  /** A cell, made ready for being compared many times. */
  private record Cell(boolean missing, @Nullable BigDecimal number, String text) {

    static Cell of(Object value) {
      if (value instanceof Double number && !Double.isFinite(number)) {
        BigDecimal beyond = number > 0 ? BEYOND_ALL : BEYOND_ALL.negate();
        return new Cell(number.isNaN(), beyond, "");
      }
      if (value instanceof Number number) {
        return new Cell(false, EventFields.number(number), "");
      }
      String text = Cells.text(value);
      return new Cell(text.isEmpty(), NumberLiteral.parse(text), text);
    }

    int compareTo(Cell other, boolean descending) {
      if (missing || other.missing) {
        return Boolean.compare(missing, other.missing);
      }
      int order;
      if (number != null && other.number != null) {
        order = number.compareTo(other.number);
      } else if (number != null || other.number != null) {
        order = number != null ? -1 : 1;
      } else {
        order = CodePointOrder.compare(text, other.text);
      }
      return descending ? -order : order;
    }
  }

  private record Row(List<Object> cells, List<Cell> keys) {}

  /** The rows in order; those that are equal keep theirs. */
  static List<List<Object>> sorted(List<List<Object>> rows, List<PipedQuery.SortKey> keys) {
    return rows.stream()
        .map(row -> new Row(row, keys.stream().map(key -> Cell.of(row.get(key.column()))).toList()))
        .sorted((left, right) -> compare(left, right, keys))
        .map(Row::cells)
        .toList();
  }

  private static int compare(Row left, Row right, List<PipedQuery.SortKey> keys) {
    for (int i = 0; i < keys.size(); i++) {
      int order = left.keys.get(i).compareTo(right.keys.get(i), keys.get(i).descending());
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
