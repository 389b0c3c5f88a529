package dev.logdash.core.table;

import dev.logdash.core.query.Expression;
import java.util.List;

/**
 * Computes expressions over rows. Whole numbers stay whole in {@code + - * %} as long as a long can
 * hold the result; everything else, and every division, is a double. Where an operand is missing or
 * no number, a divisor is zero, or a result is beyond all doubles, there is none.
 */
final class Arithmetic {

  private static final Double NOTHING = Double.NaN;

  private Arithmetic() {}

  /** A {@code Long}, a finite {@code Double}, or not a number. */
  static Number value(Expression expression, List<Object> row) {
    if (expression instanceof Expression.Constant constant) {
      return constant.value();
    }
    if (expression instanceof Expression.Column column) {
      List<?> values = Cells.values(row.get(column.column()));
      Number number = values.size() == 1 ? Cells.number(values.get(0)) : null;
      return number == null ? NOTHING : finite(number);
    }
    if (expression instanceof Expression.Negative negative) {
      return binary('-', 0L, value(negative.operand(), row));
    }
    if (expression instanceof Expression.Binary binary) {
      return binary(binary.operator(), value(binary.left(), row), value(binary.right(), row));
    }
    throw new AssertionError(expression);
  }

  private static Number binary(char operator, Number left, Number right) {
    if (left instanceof Long a && right instanceof Long b && operator != '/') {
      try {
        return whole(operator, a, b);
      } catch (ArithmeticException e) {
        // Too large for a long, or a remainder of a division by zero.
      }
    }
    return finite(decimal(operator, left.doubleValue(), right.doubleValue()));
  }

  private static Number whole(char operator, long a, long b) {
    switch (operator) {
      case '+':
        return Math.addExact(a, b);
      case '-':
        return Math.subtractExact(a, b);
      case '*':
        return Math.multiplyExact(a, b);
      default:
        return a % b;
    }
  }

  private static double decimal(char operator, double a, double b) {
    switch (operator) {
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return a * b;
      case '/':
        return a / b;
      default:
        return a % b;
    }
  }

  private static Number finite(Number number) {
    return Double.isFinite(number.doubleValue()) ? number : NOTHING;
  }
}
