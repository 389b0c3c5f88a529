package dev.logdash.core.rollup;

import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import org.jspecify.annotations.Nullable;

/** A cell in memory: what is stored of it, and what was folded in since. */
final class OpenCell {

  private final CellKey key;
  private boolean loaded;
  private long storedOffset = CellWrite.ABSENT;
  private long offset = CellWrite.ABSENT;
  private long count;
  private long errors;
  private long sum;
  private @Nullable DurationSketch sketch;
  private boolean dirty;
  private long touched;

  OpenCell(CellKey key) {
    this.key = key;
  }

  CellKey key() {
    return key;
  }

  boolean isLoaded() {
    return loaded;
  }

  boolean isDirty() {
    return dirty;
  }

  long touched() {
    return touched;
  }

  /** Takes over what is stored; null if nothing is. */
  void load(@Nullable Cell cell) {
    loaded = true;
    if (cell == null) {
      return;
    }
    storedOffset = cell.offset();
    offset = cell.offset();
    count = cell.count();
    errors = cell.errors();
    sum = cell.sum();
    byte[] encoded = cell.sketch();
    sketch = encoded.length == 0 ? null : DurationSketch.decode(encoded);
  }

  /**
   * Counts an event in, unless the stored cell has it already.
   *
   * @param recordOffset of the event's record; never decreasing from call to call, except that a
   *     replay starts again
   */
  void fold(long recordOffset, boolean error, long duration, long round) {
    touched = round;
    if (recordOffset <= offset) {
      return;
    }
    offset = recordOffset;
    dirty = true;
    count++;
    if (error) {
      errors++;
    }
    if (duration >= 0) {
      sum += duration;
      if (sketch == null) {
        sketch = new DurationSketch();
      }
      sketch.add(duration);
    }
  }

  CellWrite write() {
    byte[] encoded = sketch == null ? new byte[0] : sketch.encode();
    return new CellWrite(storedOffset, new Cell(key, offset, count, errors, sum, encoded));
  }

  /** Remembers that the last write was taken. */
  void written() {
    storedOffset = offset;
    dirty = false;
  }
}
