package dev.logdash.api.store;

import java.time.Duration;
import java.util.Objects;

/**
 * How much a store keeps. Whole days are dropped, the oldest first, until all limits hold; the day
 * that is being written is never dropped.
 *
 * @param maxAge days that ended longer ago are dropped; positive
 * @param maxBytes the most bytes on disk, over all datasets; at least 1
 * @param minFreeFraction how much of the disk must stay free, from 0 to below 1; a store that does
 *     not see its disk leaves this out
 */
public record Retention(Duration maxAge, long maxBytes, double minFreeFraction) {

  /** Seven days, 10 GiB, a tenth of the disk free: safe inside somebody else's process. */
  public static final Retention DEFAULT = new Retention(Duration.ofDays(7), 10L << 30, 0.10);

  public Retention {
    Objects.requireNonNull(maxAge, "maxAge");
    if (maxAge.isNegative() || maxAge.isZero() || maxBytes < 1) {
      throw new IllegalArgumentException("retention of " + maxAge + " and " + maxBytes + " bytes");
    }
    if (!(minFreeFraction >= 0 && minFreeFraction < 1)) {
      throw new IllegalArgumentException(
          "minFreeFraction is not within 0 and 1: " + minFreeFraction);
    }
  }
}
