package dev.logdash.core.rollup;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.store.PaginatedStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A quantile sketch of durations in nanoseconds: each quantile is within 1 % of the true value, and
 * merging two sketches gives the sketch of all their values. Not safe for use by several threads.
 *
 * <p>A DDSketch (Masson, Rim, Lee: "DDSketch", VLDB 2019) with cubic interpolation.
 */
public final class DurationSketch {

  /** The largest relative error of a quantile. */
  public static final double RELATIVE_ERROR = 0.01;

  private static final CubicallyInterpolatedMapping MAPPING =
      new CubicallyInterpolatedMapping(RELATIVE_ERROR);

  // Made by the first value: most cells measure nothing, and an empty sketch is not small.
  private @Nullable DDSketch sketch;

  public DurationSketch() {
    this(null);
  }

  private DurationSketch(@Nullable DDSketch sketch) {
    this.sketch = sketch;
  }

  /** The sketch that {@link #encode} wrote; an empty array is the empty sketch. */
  public static DurationSketch decode(byte[] bytes) {
    if (bytes.length == 0) {
      return new DurationSketch();
    }
    try {
      return new DurationSketch(
          DDSketch.decode(ByteArrayInput.wrap(bytes), PaginatedStore::new, MAPPING));
    } catch (IOException e) {
      throw new UncheckedIOException("not a duration sketch", e);
    }
  }

  /** Adds a value; what is negative counts as zero. */
  public void add(long nanos) {
    made().accept((double) Math.max(0, nanos));
  }

  /**
   * Adds all values of another sketch. They go through their encoding, since two paginated stores
   * of sketches-java 0.8.3 that are merged directly fail for some ranges: it moves pages to the
   * right without noticing that the last one moved too.
   */
  public void merge(DurationSketch other) {
    if (other.isEmpty()) {
      return;
    }
    try {
      made().decodeAndMergeWith(ByteArrayInput.wrap(other.encode()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DDSketch made() {
    DDSketch own = sketch;
    if (own == null) {
      own = new DDSketch(MAPPING, PaginatedStore::new);
      sketch = own;
    }
    return own;
  }

  public boolean isEmpty() {
    return sketch == null || sketch.isEmpty();
  }

  /**
   * The value below which a share of the values lies, in nanoseconds; not a number where there is
   * none.
   *
   * @param share from 0 to 1
   */
  public double quantile(double share) {
    return sketch == null || sketch.isEmpty() ? Double.NaN : sketch.getValueAtQuantile(share);
  }

  /** The sketch as bytes: equal for equal values, in whatever order they came. */
  public byte[] encode() {
    if (sketch == null || sketch.isEmpty()) {
      return new byte[0];
    }
    GrowingByteArrayOutput output = GrowingByteArrayOutput.withDefaultInitialCapacity();
    try {
      // The mapping is a constant of the format, so it is not repeated in each cell.
      sketch.encode(output, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return output.trimmedCopy();
  }
}
