package dev.logdash.core.spool;

import dev.logdash.core.spool.SpoolFiles.NoSpaceException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the spool takes on disk, against what it may. A reserve file is given up when the disk is
 * full, so that meta, checkpoints and closing still succeed.
 */
final class Space {

  /** Everything beside segments: lock, meta and its successor, checkpoints, the reserve. */
  static final int OVERHEAD = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Space.class);
  private static final String RESERVE = "reserve";
  private static final int RESERVE_BYTES = 64 * 1024;

  private final SpoolFiles files;
  private final long maxBytes;
  private long segmentBytes;
  private long carriedBytes;
  private boolean reserved;

  Space(SpoolFiles files, long maxBytes) {
    this.files = files;
    this.maxBytes = maxBytes;
  }

  /** Takes room for records, unless the spool would grow over its cap with the next segments. */
  synchronized boolean take(long bytes) {
    if (segmentBytes + bytes + carriedBytes + OVERHEAD > maxBytes) {
      return false;
    }
    segmentBytes += bytes;
    return true;
  }

  /** Books a whole segment, which the room kept for carried positions allows. */
  synchronized void add(long bytes) {
    segmentBytes += bytes;
  }

  synchronized void free(long bytes) {
    segmentBytes -= bytes;
  }

  /** Keeps room for what the next segment of a lane will carry. */
  synchronized void keepForCarried(long more) {
    carriedBytes += more;
  }

  synchronized long bytes() {
    return segmentBytes + OVERHEAD;
  }

  synchronized boolean isFull() {
    return segmentBytes + carriedBytes + OVERHEAD >= maxBytes;
  }

  /** Writes the reserve file if it is missing and there is room. */
  synchronized void reserve() {
    if (reserved) {
      return;
    }
    try {
      if (!files.list().contains(RESERVE)) {
        try (SpoolFile file = files.create(RESERVE)) {
          file.write(new byte[RESERVE_BYTES], 0, RESERVE_BYTES, 0);
          file.force();
        }
      }
      reserved = true;
    } catch (IOException e) {
      LOG.debug("No room for the reserve of {}", files.location(), e);
      giveUpReserve();
    }
  }

  /**
   * Writes something small that must succeed, with the room of the reserve if there is no other.
   */
  void withReserve(Write write) throws IOException {
    try {
      write.run();
    } catch (NoSpaceException e) {
      LOG.warn("The disk of {} is full; its reserve is used", files.location());
      giveUpReserve();
      write.run();
    }
  }

  private synchronized void giveUpReserve() {
    reserved = false;
    try {
      files.delete(RESERVE);
    } catch (IOException e) {
      LOG.debug("The reserve of {} cannot be removed", files.location(), e);
    }
  }

  interface Write {
    void run() throws IOException;
  }
}
