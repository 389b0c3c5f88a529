package dev.logdash.core.spool;

import dev.logdash.api.ingest.Submission;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The segment that a lane appends to: its file, what of it is forced, and the bytes that are not.
 * Used under the lock of the lane.
 */
final class ActiveSegment {

  private static final int MAX_WRITE_BYTES = 1 << 20;

  private final SpoolFile file;
  private final int salt;
  private final long dataStart;
  private final FrameBuffer unforced;
  private long forced;
  // Where the append that is under way begins among the unforced bytes, and what of it is written.
  private int published;
  private int written;

  /**
   * @param dataStart where its records begin
   * @param forced where it ends, all of it on the disk
   */
  ActiveSegment(SpoolFile file, int salt, long dataStart, long forced) {
    this(file, salt, dataStart, forced, new FrameBuffer());
  }

  private ActiveSegment(
      SpoolFile file, int salt, long dataStart, long forced, FrameBuffer unforced) {
    this.unforced = unforced;
    this.file = file;
    this.salt = salt;
    this.dataStart = dataStart;
    this.forced = forced;
  }

  /**
   * Makes a segment, which is there as a whole or not at all.
   *
   * @param before the segment before it, whose unforced records are moved; it keeps them, too
   */
  static ActiveSegment make(
      LaneContext context,
      Segment segment,
      int salt,
      long received,
      Positions positions,
      @Nullable ActiveSegment before)
      throws IOException {
    FrameBuffer content = new FrameBuffer();
    content.header(segment.lane(), segment.firstSeq(), received, positions.count(), salt);
    content.carried(positions.leastRecentFirst(), segment.firstSeq(), received, salt);
    int dataStart = content.end();
    if (before != null) {
      content.moved(before.unforced, salt);
    }
    SpoolFile file = place(context.files(), segment, content);
    context.space().add(content.end());
    // A buffer that has grown is worth keeping, if nobody needs what is in it.
    FrameBuffer buffer =
        before != null && before.unforced.end() == 0 ? before.unforced : new FrameBuffer();
    return new ActiveSegment(file, salt, dataStart, content.end(), buffer);
  }

  private static SpoolFile place(SpoolFiles files, Segment segment, FrameBuffer content)
      throws IOException {
    String unfinished = segment.name() + LaneRecovery.UNFINISHED;
    boolean done = false;
    try {
      try (SpoolFile file = files.create(unfinished)) {
        file.write(content.bytes(), 0, content.end(), 0);
        file.force();
      }
      files.rename(unfinished, segment.name());
      forceFolder(files, segment);
      done = true;
      return files.open(segment.name());
    } finally {
      if (!done) {
        files.delete(unfinished);
      }
    }
  }

  // A segment that may or may not be there after a power loss must not stay while the one before
  // goes on: its positions would win over later ones.
  private static void forceFolder(SpoolFiles files, Segment segment) throws IOException {
    try {
      files.force();
    } catch (IOException e) {
      try {
        files.delete(segment.name());
      } catch (IOException again) {
        e.addSuppressed(again);
        throw new UncertainException(e);
      }
      throw e;
    }
  }

  /** A new segment can neither be kept nor removed. */
  static final class UncertainException extends IOException {
    private static final long serialVersionUID = 1L;

    UncertainException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  void begin() {
    published = unforced.end();
    written = 0;
  }

  /**
   * Encodes a record; false if it is too large.
   *
   * @param first whether it is the first of its append
   */
  boolean add(Submission record, Stamps stamps, int epoch, boolean first, int maxBytes) {
    return unforced.record(
        record,
        stamps.nextSeq(),
        stamps.lastReceived(),
        epoch,
        first ? forced : -1,
        salt,
        maxBytes);
  }

  /** Brings the append that is under way to the operating system. */
  void write() throws IOException {
    int bytes = pendingBytes();
    while (written < bytes) {
      int start = published + written;
      int count = Math.min(bytes - written, MAX_WRITE_BYTES);
      written += count;
      file.write(unforced.bytes(), start, count, forced + start);
    }
  }

  void rollBack() throws IOException {
    boolean touched = written > 0;
    unforced.cut(published);
    written = 0;
    if (touched) {
      file.truncate(end());
    }
  }

  void publish() {
    begin();
  }

  int pendingBytes() {
    return unforced.end() - published;
  }

  /** How many bytes a power loss would take. */
  int unforcedBytes() {
    return unforced.end();
  }

  /** The place up to which everything is on the disk. */
  long forced() {
    return forced;
  }

  /** The place behind what was published. */
  long end() {
    return forced + published;
  }

  boolean isEmpty() {
    return end() <= dataStart;
  }

  /** The lock of the lane need not be held. */
  void force() throws IOException {
    file.force();
  }

  /** Takes note that the first bytes of the unforced are on the disk now. */
  void settle(int bytes) {
    unforced.drop(bytes);
    published -= bytes;
    forced += bytes;
  }

  /** Cuts off what the next segment has too. */
  void cutUnforced() throws IOException {
    file.truncate(forced);
  }

  void close() throws IOException {
    file.close();
  }
}
