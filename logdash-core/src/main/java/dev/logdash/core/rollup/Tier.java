package dev.logdash.core.rollup;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A width of windows and how long such windows are kept.
 *
 * @param seconds how wide a window is
 * @param kept how long a window is kept after its end, by the time of reception; {@link #FOR_EVER}
 *     for no end
 */
public record Tier(int seconds, Duration kept) {

  public static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

  /** 10 s for 2 days, 1 min for 14 days, 1 h for a year, 1 day for ever. */
  public static final List<Tier> DEFAULTS =
      List.of(
          new Tier(10, Duration.ofDays(2)),
          new Tier(60, Duration.ofDays(14)),
          new Tier(3_600, Duration.ofDays(365)),
          new Tier(86_400, FOR_EVER));

  public Tier {
    Objects.requireNonNull(kept, "kept");
    if (seconds < 1 || kept.isNegative() || kept.isZero()) {
      throw new IllegalArgumentException("no tier of " + seconds + " s kept for " + kept);
    }
  }

  long windowOf(long nanos) {
    long second = Math.floorDiv(nanos, 1_000_000_000L);
    return second - Math.floorMod(second, (long) seconds);
  }

  /**
   * Whether a window was still kept when a record was received; it then counts, else it does not.
   */
  boolean keeps(long windowStart, long receivedNanos) {
    return kept.equals(FOR_EVER) || windowStart + seconds > expiredBefore(receivedNanos);
  }

  /** Windows that ended at or before this second are not kept any more. */
  long expiredBefore(long nowNanos) {
    return kept.equals(FOR_EVER)
        ? Long.MIN_VALUE
        : Math.floorDiv(nowNanos, 1_000_000_000L) - kept.toSeconds();
  }
}
