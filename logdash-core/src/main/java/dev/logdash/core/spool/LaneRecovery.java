package dev.logdash.core.spool;

import dev.logdash.api.error.BackendException;
import dev.logdash.core.spool.SpoolMeta.LaneMeta;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out where a lane stopped. Only the newest segment is read; its memory need does not grow
 * with the spool.
 *
 * <p>A power loss tears the end of the newest segment, and may leave a hole with good records
 * behind it. What was forced cannot be torn, only damaged, so damage below a place that a later
 * record, or the meta, says was forced is skipped; at the first damage above it the segment is cut
 * off. Records behind a hole must not count: their positions would hide from a file reader the
 * lines that fell into the hole.
 */
final class LaneRecovery {

  private static final int COPY_BYTES = 256 * 1024;
  static final String UNFINISHED = ".tmp";

  private static final Logger LOG = LoggerFactory.getLogger(LaneRecovery.class);
  private static final int STEP_BYTES = 64 * 1024;

  private final SpoolFiles files;
  private final int lane;
  private final LaneMeta meta;
  private final Positions positions;
  private final List<Segment> segments = new ArrayList<>();
  private long bytes;
  private long tornBytes;
  private long lastSeq = -1;
  private long received;

  private LaneRecovery(SpoolFiles files, int lane, LaneMeta meta, int maxPositions) {
    this.files = files;
    this.lane = lane;
    this.meta = meta;
    this.positions = new Positions(maxPositions);
  }

  /**
   * What was found.
   *
   * @param active the segment to go on with, or null to begin a new one
   * @param end where it ends
   * @param received the last time that is known to have been given out
   * @param bytes of all segments
   */
  record Found(
      List<Segment> segments,
      @Nullable SpoolFile active,
      long dataStart,
      long end,
      long nextSeq,
      long lastSeq,
      long received,
      Positions positions,
      Checkpoint checkpoint,
      long bytes,
      long tornBytes) {}

  static Found recover(
      SpoolFiles files, List<String> names, int lane, LaneMeta meta, int maxPositions)
      throws IOException {
    return new LaneRecovery(files, lane, meta, maxPositions).run(names);
  }

  private Found run(List<String> names) throws IOException {
    Checkpoint checkpoint = Checkpoint.read(files, lane, meta.producerId());
    received = checkpoint.received();
    List<Long> numbers = deleteAcknowledged(list(Segment.numbers(lane, names)), checkpoint);
    SpoolFile active = null;
    long dataStart = 0;
    long end = 0;
    if (!numbers.isEmpty()) {
      long newest = numbers.get(numbers.size() - 1);
      SpoolFile file = files.open(Segment.name(lane, newest));
      boolean kept = false;
      try {
        long size = file.size();
        end = validEnd(file, newest, size);
        if (end < size) {
          LOG.info("{} is cut off at {} of {} bytes", Segment.name(lane, newest), end, size);
          file.truncate(end);
          tornBytes += size - end;
        }
        if (meta.segment() != newest || meta.forced() < end) {
          SpoolFile unproven = file;
          file = rewrite(unproven, Segment.name(lane, newest), end);
          unproven.close();
        }
        dataStart = readState(file, newest, end);
        if (dataStart < 0 && numbers.size() > 1) {
          readOlder(numbers.get(numbers.size() - 2));
        }
        kept = dataStart >= 0;
      } finally {
        if (!kept) {
          file.close();
        }
      }
      bytes += end;
      active = kept ? file : null;
    }
    long nextSeq = Math.max(Math.max(meta.leaseEnd(), lastSeq + 1), checkpoint.acked());
    return new Found(
        segments,
        active,
        dataStart,
        end,
        nextSeq,
        lastSeq,
        received,
        positions,
        checkpoint,
        bytes,
        tornBytes);
  }

  /**
   * Brings a segment to the disk whose records survived the death of a process. They may never have
   * been forced, and forcing them now proves nothing: where a force of the dead process failed, the
   * system believes that it has written what it has lost. So they are written again.
   */
  private SpoolFile rewrite(SpoolFile file, String name, long end) throws IOException {
    String unfinished = name + UNFINISHED;
    SpoolFile copy = files.create(unfinished);
    boolean done = false;
    try {
      byte[] part = new byte[(int) Math.min(COPY_BYTES, Math.max(1, end))];
      for (long at = 0; at < end; ) {
        int count = file.read(part, 0, (int) Math.min(part.length, end - at), at);
        if (count <= 0) {
          throw new IOException(name + " became shorter while it was read");
        }
        copy.write(part, 0, count, at);
        at += count;
      }
      copy.force();
      files.rename(unfinished, name);
      files.force();
      done = true;
      return copy;
    } finally {
      if (!done) {
        copy.close();
      }
    }
  }

  /** Reads where each segment begins; the size of the newest is left out. */
  private List<Long> list(List<Long> numbers) throws IOException {
    long[] firstSeqs = new long[numbers.size()];
    for (int i = 0; i < firstSeqs.length; i++) {
      try (SpoolFile file = files.open(Segment.name(lane, numbers.get(i)))) {
        long size = file.size();
        bytes += i < firstSeqs.length - 1 ? size : 0;
        firstSeqs[i] = firstSeq(file, numbers.get(i), size);
      }
    }
    // Where a header is damaged, a reader must not be led past the segment before.
    for (int i = firstSeqs.length - 1; i >= 0; i--) {
      if (firstSeqs[i] < 0) {
        firstSeqs[i] = i + 1 < firstSeqs.length ? firstSeqs[i + 1] : Long.MAX_VALUE;
      }
      segments.add(new Segment(lane, numbers.get(i), firstSeqs[i]));
    }
    Collections.reverse(segments);
    return numbers;
  }

  private long firstSeq(SpoolFile file, long number, long size) throws IOException {
    FrameReader frames = reader(file, number, Frame.HEADER_BYTES).from(0, Math.min(size, 4096));
    boolean headed = frames.next() && frames.frameStart() == 0;
    int version = headed ? RecordDecoder.version(frames) : -1;
    if (version > Frame.VERSION) {
      throw new BackendException.Misconfigured(
          "The segment "
              + Segment.name(lane, number)
              + " in "
              + files.location()
              + " has format "
              + version
              + ", this program reads up to "
              + Frame.VERSION
              + "; use a newer version of logdash",
          null);
    }
    return headed ? frames.seq() : -1;
  }

  /** Finishes what a crash between a checkpoint and its deletions left over. */
  private List<Long> deleteAcknowledged(List<Long> numbers, Checkpoint checkpoint)
      throws IOException {
    List<Long> kept = new ArrayList<>(numbers);
    while (segments.size() > 1 && segments.get(1).firstSeq() <= checkpoint.acked()) {
      String name = segments.remove(0).name();
      try (SpoolFile file = files.open(name)) {
        bytes -= file.size();
      }
      files.delete(name);
      kept.remove(0);
    }
    if (kept.size() < numbers.size()) {
      files.force();
    }
    return kept;
  }

  private long validEnd(SpoolFile file, long number, long size) throws IOException {
    long proven = Math.max(1, meta.segment() == number ? meta.forced() : 0);
    long lastGood = 0;
    List<Long> holes = new ArrayList<>();
    FrameReader frames = reader(file, number, STEP_BYTES).from(0, size);
    boolean more = true;
    while (more) {
      more = frames.next();
      if (frames.damageStart() >= 0) {
        holes.add(frames.damageStart());
      }
      if (more) {
        proven = Math.max(proven, RecordDecoder.forced(frames));
        lastGood = frames.position();
      }
    }
    for (long hole : holes) {
      if (hole >= proven) {
        return hole;
      }
    }
    // What was forced stays as it is, for the reader to count.
    return holes.isEmpty() ? size : Math.max(lastGood, Math.min(proven, size));
  }

  /**
   * Takes over what the newest segment says.
   *
   * @return where its records begin, or -1 if it is damaged, so that nothing is to be added to it
   */
  private long readState(SpoolFile file, long number, long end) throws IOException {
    FrameReader frames = reader(file, number, STEP_BYTES).from(0, end);
    boolean damaged = false;
    long dataStart = 0;
    while (frames.next()) {
      damaged |= frames.damageStart() >= 0;
      if (frames.isRecord()) {
        lastSeq = Math.max(lastSeq, frames.seq());
      } else {
        lastSeq = Math.max(lastSeq, frames.seq() - 1);
        dataStart = frames.position();
      }
      received = Math.max(received, frames.received());
      RecordDecoder.positions(frames, positions);
    }
    damaged |= frames.damageStart() >= 0 || dataStart == 0;
    return damaged ? -1 : dataStart;
  }

  // A damaged newest segment may miss positions. The one before still has most of them.
  private void readOlder(long number) throws IOException {
    try (SpoolFile file = files.open(Segment.name(lane, number))) {
      FrameReader frames = reader(file, number, STEP_BYTES).from(0, file.size());
      while (frames.next()) {
        received = Math.max(received, frames.received());
        RecordDecoder.positions(frames, positions);
      }
    }
  }

  private FrameReader reader(SpoolFile file, long number, int stepBytes) {
    return new FrameReader(file, Frame.salt(meta.producerId(), number), stepBytes)
        .expecting(0, meta.leaseEnd());
  }
}
