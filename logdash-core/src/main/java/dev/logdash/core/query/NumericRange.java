package dev.logdash.core.query;

import dev.logdash.api.store.Filter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The longs and the doubles that lie in a range, both ends included; no one of a kind where its
 * smallest is above its largest.
 */
public record NumericRange(long minLong, long maxLong, double minDouble, double maxDouble) {

  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  /**
   * The numbers that lie in a range.
   *
   * @param range with numbers for bounds
   */
  public static NumericRange of(Filter.Range range) {
    BigInteger low = MIN;
    BigInteger high = MAX;
    double lowDouble = -Double.MAX_VALUE;
    double highDouble = Double.MAX_VALUE;
    BigDecimal lower = NumberLiteral.parse(range.lower().value());
    if (lower != null) {
      low = round(lower, RoundingMode.CEILING);
      if (!range.lower().inclusive() && new BigDecimal(low).compareTo(lower) == 0) {
        low = low.add(BigInteger.ONE);
      }
      lowDouble = smallest(lower, range.lower().inclusive());
    }
    BigDecimal upper = NumberLiteral.parse(range.upper().value());
    if (upper != null) {
      high = round(upper, RoundingMode.FLOOR);
      if (!range.upper().inclusive() && new BigDecimal(high).compareTo(upper) == 0) {
        high = high.subtract(BigInteger.ONE);
      }
      highDouble = -smallest(upper.negate(), range.upper().inclusive());
    }
    boolean noLong = low.compareTo(high) > 0 || low.compareTo(MAX) > 0 || high.compareTo(MIN) < 0;
    return new NumericRange(
        noLong ? Long.MAX_VALUE : low.max(MIN).longValueExact(),
        noLong ? Long.MIN_VALUE : high.min(MAX).longValueExact(),
        // Zero has two doubles, which are the same number.
        lowDouble == 0 ? -0.0 : lowDouble,
        highDouble == 0 ? 0.0 : highDouble);
  }

  private static BigInteger round(BigDecimal value, RoundingMode mode) {
    // Exponents of three digits would make thousands of digits, of which no long has any.
    if (value.signum() != 0 && value.precision() - value.scale() > 20) {
      return value.signum() > 0 ? MAX.add(BigInteger.TWO) : MIN.subtract(BigInteger.TWO);
    }
    return value.setScale(0, mode).unscaledValue();
  }

  /** The smallest double that is at least, or more than, a number. */
  private static double smallest(BigDecimal bound, boolean inclusive) {
    double value = bound.doubleValue();
    if (value == Double.POSITIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    if (value == Double.NEGATIVE_INFINITY) {
      return -Double.MAX_VALUE;
    }
    int comparison = EventFields.number(value).compareTo(bound);
    return comparison < 0 || (comparison == 0 && !inclusive) ? Math.nextUp(value) : value;
  }
}
