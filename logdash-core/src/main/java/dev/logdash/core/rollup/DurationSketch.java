package dev.logdash.core.rollup;

import dev.logdash.core.table.QuantileSketch;

/** A {@link QuantileSketch} of durations in nanoseconds. Not safe for use by several threads. */
public final class DurationSketch {

  /** The largest relative error of a quantile. */
  public static final double RELATIVE_ERROR = QuantileSketch.RELATIVE_ERROR;

  private final QuantileSketch sketch;

  public DurationSketch() {
    this(new QuantileSketch());
  }

  private DurationSketch(QuantileSketch sketch) {
    this.sketch = sketch;
  }

  /** The sketch that {@link #encode} wrote; an empty array is the empty sketch. */
  public static DurationSketch decode(byte[] bytes) {
    return new DurationSketch(QuantileSketch.decode(bytes));
  }

  /** Adds a value; what is negative counts as zero. */
  public void add(long nanos) {
    sketch.add((double) Math.max(0, nanos));
  }

  /** Adds all values of another sketch. */
  public void merge(DurationSketch other) {
    sketch.merge(other.sketch);
  }

  public boolean isEmpty() {
    return sketch.isEmpty();
  }

  /**
   * The value below which a share of the values lies, in nanoseconds; not a number where there is
   * none.
   *
   * @param share from 0 to 1
   */
  public double quantile(double share) {
    return sketch.quantile(share);
  }

  /** The sketch as bytes: equal for equal values, in whatever order they came. */
  public byte[] encode() {
    return sketch.encode();
  }
}
