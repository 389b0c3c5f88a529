package dev.logdash.core.table;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.store.PaginatedStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A quantile sketch of numbers: each quantile is within 1 % of the true value, and merging two
 * sketches gives the sketch of all their values. Not safe for use by several threads.
 *
 * <p>A DDSketch (Masson, Rim, Lee: "DDSketch", VLDB 2019) with cubic interpolation.
 */
public final class QuantileSketch {

  /** The largest relative error of a quantile. */
  public static final double RELATIVE_ERROR = 0.01;

  /** Changes whenever {@link #bucket} gives another number for any value. */
  public static final int BUCKETS_VERSION = 1;

  /** What a page takes, in bytes, with its place in the table of pages; and what a sketch takes. */
  static final int BYTES_OF_PAGE = 288;

  static final int BYTES = 256;

  private static final double SMALLEST = 1e-307;
  private static final double LARGEST = 1e307;
  // Of a PaginatedStore: 32 counts are a page.
  private static final int PAGE_BITS = 5;
  private static final CubicallyInterpolatedMapping MAPPING =
      new CubicallyInterpolatedMapping(RELATIVE_ERROR);

  // Made by the first value: most cells of rollups measure nothing, and an empty sketch is not
  // small.
  private @Nullable DDSketch sketch;

  public QuantileSketch() {
    this(null);
  }

  private QuantileSketch(@Nullable DDSketch sketch) {
    this.sketch = sketch;
  }

  /** The sketch that {@link #encode} wrote; an empty array is the empty sketch. */
  public static QuantileSketch decode(byte[] bytes) {
    if (bytes.length == 0) {
      return new QuantileSketch();
    }
    try {
      return new QuantileSketch(
          DDSketch.decode(ByteArrayInput.wrap(bytes), PaginatedStore::new, MAPPING));
    } catch (IOException e) {
      throw new UncheckedIOException("not a quantile sketch", e);
    }
  }

  /**
   * Adds a finite value. One that is larger than 10^307, of either sign, counts as that, and one
   * that is closer to zero than 10^-307 as zero.
   */
  public void add(double value) {
    add(value, 1);
  }

  /** Adds a value several times. */
  void add(double value, long times) {
    made()
        .accept(
            magnitude(value) == 0 ? 0 : Math.max(-LARGEST, Math.min(LARGEST, value)),
            (double) times);
  }

  /**
   * The bucket that a whole number from 0 on counts in. The larger of two numbers has the same or a
   * larger one; numbers of one bucket are the same to a sketch.
   */
  public static int bucket(long value) {
    // Of 1 it is 0.
    return value == 0 ? -1 : MAPPING.index((double) value);
  }

  /** How far from zero a value counts. */
  static double magnitude(double value) {
    double magnitude = Math.abs(value);
    return magnitude < SMALLEST ? 0 : Math.min(LARGEST, magnitude);
  }

  /** How many pages the values between two magnitudes, neither of them zero, can lie in. */
  static int pages(double low, double high) {
    return (MAPPING.index(high) >> PAGE_BITS) - (MAPPING.index(low) >> PAGE_BITS) + 1;
  }

  /**
   * Adds all values of another sketch. They go through their encoding, since two paginated stores
   * of sketches-java 0.8.3 that are merged directly fail for some ranges: it moves pages to the
   * right without noticing that the last one moved too.
   */
  public void merge(QuantileSketch other) {
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
   * The value below which a share of the values lies; not a number where there is none.
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
