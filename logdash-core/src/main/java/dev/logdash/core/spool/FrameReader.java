package dev.logdash.core.spool;

import dev.logdash.core.spool.RecordDecoder.Cursor;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * Walks over the frames of a segment from some place on, and over damage to the next good frame.
 * Reads in steps, so that its memory does not grow with the segment. Each step has an array of its
 * own, which records may go on viewing.
 */
final class FrameReader {

  private final CRC32C crc = new CRC32C();
  private final SpoolFile file;
  private final int salt;
  private final int stepBytes;

  // Window on the file: array[0] stands at windowStart.
  private byte[] array = new byte[0];
  private int filled;
  private long windowStart;

  private long limit;
  private long position;
  private long frameStart;
  private int at;
  private int length;
  private long minSeq;
  private long maxSeq = Long.MAX_VALUE;
  private long damageStart = -1;

  FrameReader(SpoolFile file, int salt, int stepBytes) {
    this.file = file;
    this.salt = salt;
    this.stepBytes = stepBytes;
  }

  /** Goes to a place; frames end at or before the limit. */
  FrameReader from(long newPosition, long newLimit) {
    position = newPosition;
    limit = newLimit;
    return this;
  }

  /** While looking for a good frame behind damage, only these sequences can be in one. */
  FrameReader expecting(long from, long to) {
    minSeq = from;
    maxSeq = to;
    return this;
  }

  /**
   * Steps to the next good frame.
   *
   * @return whether there is one; if not, {@link #damageStart()} tells if the rest is damaged
   */
  boolean next() throws IOException {
    damageStart = -1;
    if (position >= limit) {
      return false;
    }
    if (!isFrame(position)) {
      damageStart = position;
      long good = resync();
      if (good < 0) {
        position = limit;
        return false;
      }
      position = good;
    }
    frameStart = position;
    at = (int) (position - windowStart);
    length = Frame.getInt(array, at);
    position += Frame.PREFIX + length;
    return true;
  }

  /** Where the damage before this frame begins, or -1. */
  long damageStart() {
    return damageStart;
  }

  long frameStart() {
    return frameStart;
  }

  /** The place behind the frame. */
  long position() {
    return position;
  }

  long seq() {
    return Frame.getLong(array, at + Frame.SEQ);
  }

  long received() {
    return Frame.getLong(array, at + Frame.RECEIVED);
  }

  int flags() {
    return array[at + Frame.FLAGS] & 0xFF;
  }

  boolean isRecord() {
    return (flags() & ~Frame.RECORD_FLAGS) == 0;
  }

  int frameBytes() {
    return Frame.PREFIX + length;
  }

  /** The payload, in the array that holds it. */
  Cursor payload() {
    return new Cursor(array, at + Frame.PAYLOAD, at + Frame.PREFIX + length);
  }

  // The length is tried first: it jumps over a damaged body in one step, and no bytes inside the
  // body can pass for a frame.
  private long resync() throws IOException {
    if (ensure(position, Frame.PREFIX)) {
      long behind = position + Frame.PREFIX + (Frame.getInt(array, index(position)) & 0xFFFFFFFFL);
      if (behind < limit && isExpected(behind)) {
        return behind;
      }
    }
    for (long candidate = position + 1; candidate + Frame.PAYLOAD <= limit; candidate++) {
      if (isExpected(candidate)) {
        return candidate;
      }
    }
    return -1;
  }

  private boolean isExpected(long start) throws IOException {
    if (!ensure(start, Frame.PAYLOAD)) {
      return false;
    }
    long seq = Frame.getLong(array, index(start) + Frame.SEQ);
    return seq >= minSeq && seq <= maxSeq && isFrame(start);
  }

  private boolean isFrame(long start) throws IOException {
    if (!ensure(start, Frame.PAYLOAD)) {
      return false;
    }
    int frameLength = Frame.getInt(array, index(start));
    return frameLength >= Frame.MIN_LENGTH
        && frameLength <= limit - start - Frame.PREFIX
        && ensure(start, Frame.PREFIX + frameLength)
        && Frame.isSealed(crc, array, index(start), frameLength, salt);
  }

  private int index(long place) {
    return (int) (place - windowStart);
  }

  /** Brings a stretch of the file into the window, if the limit allows. */
  private boolean ensure(long start, int count) throws IOException {
    if (start >= windowStart && start + count <= windowStart + filled) {
      return true;
    }
    if (start + count > limit) {
      return false;
    }
    int size = (int) Math.min(limit - start, Math.max(count, stepBytes));
    byte[] next = new byte[size];
    int kept = 0;
    if (start >= windowStart && start < windowStart + filled) {
      kept = (int) (windowStart + filled - start);
      System.arraycopy(array, index(start), next, 0, kept);
    }
    array = next;
    windowStart = start;
    filled = kept + file.read(next, kept, size - kept, start + kept);
    if (filled < size) {
      limit = start + filled;
    }
    return count <= filled;
  }
}
