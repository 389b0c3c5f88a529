package dev.logdash.core.spool;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.ingest.RecordBatch;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The consumer's side of a lane: what may be read, and how far it is acknowledged. */
final class LaneTail {

  private static final Logger LOG = LoggerFactory.getLogger(LaneTail.class);

  private static final int STEP_BYTES = 64 * 1024;

  private final LaneContext context;
  private final Lane lane;
  private final String producer;
  private final AtomicReference<@Nullable Runnable> waiting = new AtomicReference<>();

  // Taken before the lock of the lane, and held while the disk works.
  private final ReentrantLock acknowledging = new ReentrantLock();
  private volatile Checkpoint checkpoint;
  private boolean closed;
  private long countedSegment = -1;
  private long countedPosition = -1;

  LaneTail(LaneContext context, Lane lane, Checkpoint checkpoint) {
    this.context = context;
    this.lane = lane;
    this.checkpoint = checkpoint;
    this.producer = Origin.ofProducer(lane.producerId, 0, 0).producer();
    lane.whenReadable(this::wake);
  }

  /** How far a segment can be read, and whether more may come. */
  record Extent(boolean active, long end) {}

  String producer() {
    return producer;
  }

  PartitionId id() {
    return new PartitionId(producer, lane.number);
  }

  long acked() {
    return checkpoint.acked();
  }

  /** Records to come have at least this offset; those below it may still wait to be readable. */
  long end() {
    lane.lock();
    try {
      return lane.nextSeq();
    } finally {
      lane.unlock();
    }
  }

  /** The segment in which the first kept record at or behind a sequence may stand. */
  long find(long seq) {
    lane.lock();
    try {
      List<Segment> segments = lane.segments();
      int found = segments.size() - 1;
      while (found > 0 && segments.get(found).firstSeq() > seq) {
        found--;
      }
      return segments.get(found).number();
    } finally {
      lane.unlock();
    }
  }

  /** The number of the segment behind another one, or of the last one. */
  long after(long number) {
    lane.lock();
    try {
      for (Segment segment : lane.segments()) {
        if (segment.number() > number) {
          return segment.number();
        }
      }
      return lane.last().number();
    } finally {
      lane.unlock();
    }
  }

  Extent extent(long number) {
    lane.lock();
    try {
      boolean active = lane.last().number() == number;
      return new Extent(active, active ? lane.readableEnd() : 0);
    } finally {
      lane.unlock();
    }
  }

  /** Opens a segment; null if it is gone although another follows it. */
  @Nullable SpoolFile open(long number) throws IOException {
    try {
      return context.files().open(Segment.name(lane.number, number));
    } catch (NoSuchFileException e) {
      if (after(number) == number) {
        throw e;
      }
      if (find(acked()) <= number) {
        LOG.warn("The segment {} is missing", Segment.name(lane.number, number));
        context.counters().missingSegments.increment();
      }
      return null;
    }
  }

  int saltOf(long number) {
    return lane.saltOf(number);
  }

  boolean hasMore(long number, long position) {
    Extent extent = extent(number);
    return !extent.active || extent.end > position;
  }

  /** A batch that tells a reader of all records that time has passed; null if there are more. */
  @Nullable RecordBatch nothingBehind(long number, long position) {
    lane.lock();
    try {
      boolean read = lane.last().number() == number && lane.isReadableUpTo(position);
      return read ? new RecordBatch(List.of(), lane.readableSeq(), lane.stamp()) : null;
    } finally {
      lane.unlock();
    }
  }

  /** Whether records were taken that no reader can have yet. */
  boolean hasUnreadable() {
    lane.lock();
    try {
      return lane.readableSeq() < lane.nextSeq();
    } finally {
      lane.unlock();
    }
  }

  void wakeOnAppend(@Nullable Runnable reader) {
    waiting.set(reader);
  }

  void wake() {
    if (waiting.get() != null) {
      Runnable reader = waiting.getAndSet(null);
      if (reader != null) {
        reader.run();
      }
    }
  }

  /** Counts damage once, however often it is read over. */
  synchronized void damaged(long segment, long position) {
    if (segment > countedSegment || (segment == countedSegment && position > countedPosition)) {
      countedSegment = segment;
      countedPosition = position;
      context.counters().corrupt.increment();
      LOG.warn(
          "{} in {} is damaged at byte {}",
          Segment.name(lane.number, segment),
          context.files().location(),
          position);
    }
  }

  void closeFailed(IOException e) {
    LOG.debug("A segment in {} could not be closed", context.files().location(), e);
  }

  /** Returns when the acknowledgement is on the disk, and frees what is not wanted any more. */
  void acknowledge(long nextOffset) throws IOException {
    acknowledging.lock();
    try {
      requireOpen();
      long received;
      long target;
      lane.lock();
      try {
        target = Math.min(nextOffset, lane.nextSeq());
        received = lane.stamp();
      } finally {
        lane.unlock();
      }
      if (target > checkpoint.acked()) {
        Checkpoint next = new Checkpoint(checkpoint.generation() + 1, target, received);
        context
            .space()
            .withReserve(() -> next.write(context.files(), lane.number, lane.producerId));
        checkpoint = next;
      }
      deleteAcknowledged();
    } finally {
      acknowledging.unlock();
    }
  }

  /**
   * Ends acknowledging.
   *
   * @return whether none is under way any more
   */
  boolean close(long budgetNanos) throws InterruptedException {
    if (!acknowledging.tryLock(budgetNanos, TimeUnit.NANOSECONDS)) {
      return false;
    }
    closed = true;
    acknowledging.unlock();
    return true;
  }

  private void requireOpen() {
    if (closed) {
      throw new BackendException.Unavailable("The spool is closed", null);
    }
  }

  /** When the first record that is not acknowledged was received, or the largest number if none. */
  long oldestUnacknowledgedNanos() {
    long acked = acked();
    for (long number = find(acked), before = -1; number != before; number = after(number)) {
      before = number;
      try (SpoolFile file = context.files().open(Segment.name(lane.number, number))) {
        Extent extent = extent(number);
        FrameReader frames =
            new FrameReader(file, saltOf(number), STEP_BYTES)
                .from(0, extent.active ? extent.end : file.size());
        while (frames.next()) {
          if (frames.isRecord() && frames.seq() >= acked) {
            return frames.received();
          }
        }
      } catch (IOException e) {
        LOG.debug("A segment of lane {} cannot be read for statistics", lane.number, e);
      }
    }
    return Long.MAX_VALUE;
  }

  /** Frees the active segment if all in it is acknowledged. The lock of the lane is held. */
  boolean reclaim() throws IOException {
    if (!acknowledging.tryLock()) {
      return false;
    }
    try {
      if (!lane.leaveAcknowledged(checkpoint.acked())) {
        return false;
      }
      deleteAcknowledged();
      return true;
    } finally {
      acknowledging.unlock();
    }
  }

  private void deleteAcknowledged() throws IOException {
    boolean deleted = false;
    Segment oldest = oldestAcknowledged();
    while (oldest != null) {
      long bytes = size(oldest.name());
      context.files().delete(oldest.name());
      deleted = true;
      lane.lock();
      try {
        lane.segments().remove(oldest);
      } finally {
        lane.unlock();
      }
      context.space().free(bytes);
      oldest = oldestAcknowledged();
    }
    if (deleted) {
      context.files().force();
      context.space().reserve();
    }
  }

  private long size(String name) throws IOException {
    try (SpoolFile file = context.files().open(name)) {
      return file.size();
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private @Nullable Segment oldestAcknowledged() {
    lane.lock();
    try {
      List<Segment> segments = lane.segments();
      boolean done = segments.size() > 1 && segments.get(1).firstSeq() <= checkpoint.acked();
      return done ? segments.get(0) : null;
    } finally {
      lane.unlock();
    }
  }
}
