package dev.logdash.core.rollup;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.store.PaginatedStore;
import java.io.IOException;
import java.io.UncheckedIOException;

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

  private final DDSketch sketch;

  public DurationSketch() {
    this(new DDSketch(MAPPING, PaginatedStore::new));
  }

  private DurationSketch(DDSketch sketch) {
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
    sketch.accept((double) Math.max(0, nanos));
  }

  public void merge(DurationSketch other) {
    if (other.isEmpty()) {
      return;
    }
    try {
      // Bin by bin: mergeWith of two paginated stores fails where their ranges lie apart.
      sketch.decodeAndMergeWith(ByteArrayInput.wrap(other.encode()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    return sketch.isEmpty() ? Double.NaN : sketch.getValueAtQuantile(share);
  }

  /** The sketch as bytes: equal for equal values, in whatever order they came. */
  public byte[] encode() {
    if (sketch.isEmpty()) {
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
