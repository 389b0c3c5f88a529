package dev.logdash.server;

/** A moment between two durable steps, at which a death could lose or double something. */
enum Gap {
  SPOOL_TORN("spool append", "half of the bytes written"),
  SPOOL_WRITTEN("spool append", "written, not forced"),
  SPOOL_FORCED("spool append", "forced, not handed out"),
  FILE_POSITION("file position", "lines taken, their reader not told"),
  SEGMENT_BEGUN("segment rotation", "old segment forced, new one empty"),
  SEGMENT_UNNAMED("segment rotation", "new segment forced, not named"),
  SEGMENT_NAMED("segment rotation", "new segment named, folder not forced"),
  LETTERS_TORN("dead letters", "half of the bytes written"),
  LETTERS_WRITTEN("dead letters", "written, not forced"),
  LETTERS_FORCED("dead letters", "forced, nothing counted"),
  STORE_APPENDED("store flush", "appended, not flushed"),
  STORE_FLUSHING("store flush", "under way"),
  STORE_FLUSHED("store flush", "done, no cell written"),
  CELLS_HALF("cells", "half of them written"),
  CELLS_WRITING("cells", "the write under way"),
  CELLS_WRITTEN("cells", "written, no admission saved"),
  ADMISSION_SAVING("admission", "the write under way"),
  ADMISSION_SAVED("admission", "saved, no snapshot"),
  SNAPSHOT_SAVING("snapshot", "the write under way"),
  SNAPSHOT_SAVED("snapshot", "saved, not acknowledged"),
  CHECKPOINT_TORN("acknowledge", "half of a checkpoint slot written"),
  CHECKPOINT_WRITTEN("acknowledge", "checkpoint slot written, not forced"),
  CHECKPOINT_FORCED("acknowledge", "checkpoint forced, old segment there"),
  SEGMENT_DELETED("acknowledge", "old segment deleted, folder not forced"),
  ACKNOWLEDGED("acknowledge", "done, nobody told"),
  META_UNNAMED("spool opened or closed", "new meta file forced, not named"),
  META_NAMED("spool opened or closed", "new meta file named, folder not forced"),
  LEFTOVER_SWEPT("recovery", "unfinished segment deleted"),
  LEFTOVER_DELETED("recovery", "acknowledged segment deleted"),
  TAIL_CUT("recovery", "torn end cut off"),
  COPY_UNNAMED("recovery", "newest segment copied, not named"),
  COPY_NAMED("recovery", "copy named, folder not forced");

  private final String step;
  private final String moment;

  Gap(String step, String moment) {
    this.step = step;
    this.moment = moment;
  }

  @Override
  public String toString() {
    return step + ": " + moment;
  }
}
