package dev.logdash.core.query;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The exact sum of numbers, with their mean, the smallest and the largest; for one thread at a
 * time.
 */
public final class ExactSum {

  private long whole;
  private BigDecimal rest = BigDecimal.ZERO;
  private double min = Double.NaN;
  private double max = Double.NaN;
  private long count;

  public void add(long value) {
    addWhole(value);
    widen((double) value, (double) value, 1);
  }

  public void add(double value) {
    // Most doubles in logs are whole and small, and need no exact arithmetic of their own.
    if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
      add((long) value);
    } else {
      rest = rest.add(EventFields.number(value));
      widen(value, value, 1);
    }
  }

  /** Adds all numbers of the totals. */
  public void add(LongTotals numbers) {
    addWhole(numbers.sum());
    widen((double) numbers.min(), (double) numbers.max(), numbers.count());
  }

  public double value() {
    return rest.add(BigDecimal.valueOf(whole)).doubleValue();
  }

  /** The sum divided by how many numbers were added; not a number where there is none. */
  public double mean() {
    return count == 0
        ? Double.NaN
        : rest.add(BigDecimal.valueOf(whole))
            .divide(BigDecimal.valueOf(count), MathContext.DECIMAL64)
            .doubleValue();
  }

  /** Not a number where there is none. */
  public double min() {
    return min;
  }

  /** Not a number where there is none. */
  public double max() {
    return max;
  }

  private void addWhole(long value) {
    long sum = whole + value;
    if (((whole ^ sum) & (value ^ sum)) < 0) {
      rest = rest.add(BigDecimal.valueOf(whole));
      sum = value;
    }
    whole = sum;
  }

  private void widen(double smallest, double largest, long numbers) {
    count += numbers;
    if (!(smallest >= min)) {
      min = smallest;
    }
    if (!(largest <= max)) {
      max = largest;
    }
  }
}
