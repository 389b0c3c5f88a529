package dev.logdash.server;

/** A way of being wrong that a kill must bring to light. */
enum Fault {
  NONE,
  /** The source is told that it may forget records before they are flushed. */
  EARLY_ACKNOWLEDGE,
  /** The snapshot counts events as counted before their cells are written. */
  SNAPSHOT_BEFORE_CELLS,
  /** A file is read from its beginning, whatever of it was read before. */
  FORGOTTEN_POSITIONS,
  /** Secrets reach the disk. */
  UNREDACTED
}
