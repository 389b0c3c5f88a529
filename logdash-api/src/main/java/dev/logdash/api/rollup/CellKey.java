package dev.logdash.api.rollup;

import dev.logdash.api.event.PartitionId;
import java.util.List;

/**
 * Which cell: one series of a definition in one window, as far as one partition contributes.
 *
 * @param definition what is counted, for example {@code requests}
 * @param tierSeconds how wide the window is: 10, 60, 3,600 or 86,400
 * @param windowStart the start of the window, in seconds since 1970; a multiple of the width
 * @param dimensions the values that make the series, in the order of the definition
 */
public record CellKey(
    String definition,
    int tierSeconds,
    long windowStart,
    List<String> dimensions,
    PartitionId partition) {

  public CellKey {
    dimensions = List.copyOf(dimensions);
    if (tierSeconds < 1 || Math.floorMod(windowStart, (long) tierSeconds) != 0) {
      throw new IllegalArgumentException(
          "no window of " + tierSeconds + " s starts at " + windowStart);
    }
  }
}
