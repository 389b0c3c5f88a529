package dev.logdash.core.spool;

import java.time.Clock;

/** What the lanes of a spool share. */
record LaneContext(
    SpoolFiles files,
    SpoolConfig config,
    Space space,
    MetaFile meta,
    Clock clock,
    int epoch,
    Counters counters) {

  /** The number of the first segment of a lane that has none. */
  long firstSegment(int lane) {
    return meta.current().lanes().get(lane).segment() + 1;
  }
}
