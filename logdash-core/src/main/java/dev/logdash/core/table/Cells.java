package dev.logdash.core.table;

import dev.logdash.core.query.EventFields;
import dev.logdash.core.query.NumberLiteral;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is in the cells of a table while its pipes are worked through: as in {@link ResultTable},
 * and a list where an event has several values. A text that reads as a number counts as one.
 */
final class Cells {

  private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private Cells() {}

  /** The values in a cell; none where it is empty or not a number. */
  static List<?> values(Object cell) {
    if (cell instanceof List<?> list) {
      return list;
    }
    boolean missing =
        cell instanceof Double number ? number.isNaN() : cell instanceof String s && s.isEmpty();
    return missing ? List.of() : List.of(cell);
  }

  /** The number that a value is: a {@code Long}, or a {@code Double}; null if it is none. */
  static @Nullable Number number(Object value) {
    if (value instanceof Number number) {
      return number;
    }
    BigDecimal number = value instanceof String text ? NumberLiteral.parse(text) : null;
    if (number == null) {
      return null;
    }
    // Compared first, since the whole digits of 1e999 would be many.
    boolean fits = number.compareTo(MIN_LONG) >= 0 && number.compareTo(MAX_LONG) <= 0;
    if (fits && number.stripTrailingZeros().scale() <= 0) {
      return number.longValue();
    }
    double nearest = number.doubleValue();
    return Double.isFinite(nearest) ? (Number) nearest : null;
  }

  /** The text of a cell; the elements of a list with commas in between. */
  static String text(Object cell) {
    return values(cell).stream().map(EventFields::text).collect(Collectors.joining(", "));
  }

  /** A cell as the answer has it. */
  static Object shown(Object cell) {
    return cell instanceof List<?> ? text(cell) : cell;
  }
}
