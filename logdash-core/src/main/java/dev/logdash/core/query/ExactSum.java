package dev.logdash.core.query;

import java.math.BigDecimal;

/** The exact sum of numbers, with the smallest and the largest; for one thread at a time. */
public final class ExactSum {

  private long whole;
  private BigDecimal rest = BigDecimal.ZERO;
  private double min = Double.NaN;
  private double max = Double.NaN;

  public void add(long value) {
    long sum = whole + value;
    if (((whole ^ sum) & (value ^ sum)) < 0) {
      rest = rest.add(BigDecimal.valueOf(whole));
      sum = value;
    }
    whole = sum;
    widen((double) value);
  }

  public void add(double value) {
    // Most doubles in logs are whole and small, and need no exact arithmetic of their own.
    if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
      add((long) value);
    } else {
      rest = rest.add(EventFields.number(value));
      widen(value);
    }
  }

  public double value() {
    return rest.add(BigDecimal.valueOf(whole)).doubleValue();
  }

  /** Not a number where there is none. */
  public double min() {
    return min;
  }

  /** Not a number where there is none. */
  public double max() {
    return max;
  }

  private void widen(double value) {
    if (!(value >= min)) {
      min = value;
    }
    if (!(value <= max)) {
      max = value;
    }
  }
}
