package dev.logdash.server;

/** A way of being wrong that a kill must bring to light. */
enum Fault {
  NONE,
  /** The source may forget records before they are flushed. */
  ACKNOWLEDGE_BEFORE_FLUSH,
  /** The snapshot lies behind events that are not flushed. */
  SNAPSHOT_BEFORE_FLUSH,
  /** The snapshot lies behind events that no cell has counted. */
  SNAPSHOT_BEFORE_CELLS,
  /** A cell does not remember up to which record it has counted. */
  CELLS_WITHOUT_GUARD,
  /** A record does not say how far its file was read. */
  RECORD_WITHOUT_POSITION
}
