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
  CHECKPOINT_DELETED_BEFORE_THE_NEXT_IS_SAFE,
  /** An event that a bound has ended is stored before that is known to a replay. */
  CUTS_NOT_ANNOUNCED,
  /** A worker does not acknowledge what its snapshot has ahead of the group. */
  SNAPSHOT_AHEAD_NOT_ACKNOWLEDGED,
  /** An event that the store refuses for now counts as stored. */
  REFUSED_FOR_NOW_TAKEN_FOR_STORED,
  /** An event that the store refuses for now becomes a dead letter. */
  REFUSED_FOR_NOW_TAKEN_FOR_NEVER,
  /** A record is acknowledged though its dead letter could not be written. */
  LETTER_NOT_AWAITED,
  /** A producer sends a record again behind later ones. */
  SENT_AGAIN_BEHIND_ITS_SUCCESSORS,
  /** A producer changes its partition when there are more, with records under way. */
  PARTITION_FROM_THE_NEWEST_COUNT
}
