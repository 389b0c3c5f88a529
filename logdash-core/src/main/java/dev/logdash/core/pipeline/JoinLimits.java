package dev.logdash.core.pipeline;

import java.time.Duration;
import java.util.Objects;

/**
 * When lines that could belong together do not any more. All limits are counted along the records,
 * never on a clock, so that a replay joins the same lines. None is negative, and all but the gap
 * are at least 1.
 *
 * @param gap the longest time of reception between two lines of one event
 * @param maxLines the most lines of an event
 * @param maxBytes the most bytes of an event of several lines
 * @param maxRecordsBetween the most records of other sources between two lines of one event
 * @param maxBytesBetween the most bytes of such records; with the former, what bounds the records
 *     that wait in memory behind an open event
 */
public record JoinLimits(
    Duration gap, int maxLines, int maxBytes, int maxRecordsBetween, int maxBytesBetween) {

  /** 500 ms, 1,000 lines, 1 MiB; 10,000 records or 8 MiB of others between. */
  public static final JoinLimits DEFAULTS =
      new JoinLimits(Duration.ofMillis(500), 1_000, 1 << 20, 10_000, 8 << 20);

  public JoinLimits {
    Objects.requireNonNull(gap, "gap");
    if (gap.isNegative()
        || maxLines < 1
        || maxBytes < 1
        || maxRecordsBetween < 1
        || maxBytesBetween < 1) {
      throw new IllegalArgumentException(
          "limits of joining: " + gap + ", " + maxLines + " lines, " + maxBytes + " bytes");
    }
  }

  /** The same limits with another gap. */
  public JoinLimits withGap(Duration value) {
    return new JoinLimits(value, maxLines, maxBytes, maxRecordsBetween, maxBytesBetween);
  }
}
