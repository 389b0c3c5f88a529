package dev.logdash.core.sim;

/** A mistake that the simulation must find; {@link #NONE} is the product as it is. */
enum Variant {
  NONE,
  /** Records are acknowledged when they are read, not when they are stored. */
  EARLY_ACKNOWLEDGEMENT,
  /** The last sequences of producers do not survive a restart. */
  SEQUENCES_OUTSIDE_SNAPSHOT,
  /** The day index follows from the clock, not from the time of reception. */
  INDEX_DAY_FROM_CLOCK,
  /** A cell is overwritten whatever its offset. */
  UNGUARDED_CELL,
  /** The snapshot stands behind the first line of an event that is still open. */
  OPEN_EVENT_NOT_HELD,
  /** The old snapshot goes before the new one is durable. */
  CHECKPOINT_DELETED_BEFORE_THE_NEXT_IS_SAFE
}
