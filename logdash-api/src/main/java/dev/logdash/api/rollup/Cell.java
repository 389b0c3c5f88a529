package dev.logdash.api.rollup;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of one cell. Immutable. It is a function of the records of its partition up to
 * {@link #offset()}, so whoever writes it for that offset writes the same.
 */
public final class Cell {

  private final CellKey key;
  private final long offset;
  private final long count;
  private final long errors;
  private final long sum;
  private final byte[] sketch;

  /**
   * @param offset of the last record folded in
   * @param count how many events were folded in
   * @param errors how many of them are errors to the definition
   * @param sum of the measured values, in nanoseconds for durations
   * @param sketch an encoded quantile sketch of the measured values; empty where nothing was
   *     measured
   */
  public Cell(CellKey key, long offset, long count, long errors, long sum, byte[] sketch) {
    this.key = Objects.requireNonNull(key, "key");
    this.offset = offset;
    this.count = count;
    this.errors = errors;
    this.sum = sum;
    this.sketch = sketch.clone();
  }

  public CellKey key() {
    return key;
  }

  public long offset() {
    return offset;
  }

  public long count() {
    return count;
  }

  public long errors() {
    return errors;
  }

  public long sum() {
    return sum;
  }

  public byte[] sketch() {
    return sketch.clone();
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof Cell other
        && key.equals(other.key)
        && offset == other.offset
        && count == other.count
        && errors == other.errors
        && sum == other.sum
        && Arrays.equals(sketch, other.sketch);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, offset, count);
  }

  @Override
  public String toString() {
    return key + "@" + offset + " count=" + count + " errors=" + errors + " sum=" + sum;
  }
}
