package dev.logdash.server;

/** A moment at which the death of the process could lose or double something. */
enum Gap {
  SPOOL_TORN("spool append", "half of it written"),
  SPOOL_UNANSWERED("spool append", "written, not answered"),
  SEGMENT_UNNAMED("segment rotation", "new segment made, not renamed"),
  SEGMENT_UNFORCED("segment rotation", "new segment renamed, folder not forced"),
  DEAD_LETTER("dead letters", "written, not answered"),
  STORE_APPENDED("store flush", "events appended, not flushed"),
  STORE_FLUSHING("store flush", "under way"),
  STORE_FLUSHED("store flush", "done, no cell written"),
  CELLS_HALF("cells", "half of them written"),
  CELLS_WRITING("cells", "the write under way"),
  CELLS_WRITTEN("cells", "written, no snapshot"),
  SNAPSHOT_WRITING("snapshot", "the write under way"),
  SNAPSHOT_WRITTEN("snapshot", "written, not acknowledged"),
  CHECKPOINT_TORN("acknowledge", "half of the checkpoint written"),
  CHECKPOINT_WRITTEN("acknowledge", "checkpoint written, segment not deleted"),
  SEGMENT_DELETED("acknowledge", "segment deleted, folder not forced"),
  RECOVERY("recovery", "the spool being put right after a kill");

  private final String step;
  private final String moment;

  Gap(String step, String moment) {
    this.step = step;
    this.moment = moment;
  }

  String step() {
    return step;
  }

  @Override
  public String toString() {
    return step + ": " + moment;
  }
}
