package dev.logdash.core.spool;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.spool.SpoolFiles.NoSpaceException;
import dev.logdash.core.spool.SpoolMeta.LaneMeta;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ordered stream of the spool: its active segment, and what is known about the others.
 *
 * <p>Appending is a small transaction under the lock: {@link #begin}, {@link #add} for each record,
 * {@link #write}, then {@link #publish} or {@link #rollBack}. Readers see only what is published.
 *
 * <p>Forcing gives the lock up while the disk works. Whoever then wants to force waits and is
 * served by the next force together with all others. Nobody leaves the active segment meanwhile.
 */
final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  // What a record takes beside its body when a batch is measured before it is encoded.
  private static final int ESTIMATED_OVERHEAD = 64;

  final int number;
  final long producerId;

  private final LaneContext context;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition forceEnded = lock.newCondition();
  private final List<Segment> segments;
  private final Positions positions;
  private final Stamps stamps;

  private @Nullable ActiveSegment active;
  private long forcedSeq;
  private long lastSeq;
  private long pendingSeq;

  private boolean forcing;
  private boolean mustMove;
  private volatile Runnable readable = () -> {};
  private @Nullable String failure;
  private boolean closed;

  Lane(LaneContext context, int number, LaneMeta meta, LaneRecovery.Found found) {
    this.context = context;
    this.number = number;
    this.producerId = meta.producerId();
    this.segments = new ArrayList<>(found.segments());
    this.positions = found.positions();
    this.stamps = new Stamps(context, number, meta.leaseEnd(), found.nextSeq(), found.received());
    SpoolFile file = found.active();
    if (file != null) {
      int salt = saltOf(last().number());
      this.active = new ActiveSegment(file, salt, found.dataStart(), found.end());
    }
    this.forcedSeq = found.nextSeq();
    this.pendingSeq = found.nextSeq();
    this.lastSeq = found.lastSeq();
    context.space().keepForCarried(positions.carriedBytes());
  }

  /** Makes the lane ready to append. Its identity must be on the disk by now. */
  void start() throws IOException {
    lock.lock();
    try {
      if (active == null) {
        startBehindDamage();
        newSegment(null, stamps.nextSeq());
      }
    } finally {
      lock.unlock();
    }
  }

  // What is not known about a damaged segment, its successor bounds.
  private void startBehindDamage() {
    lastSeq = stamps.nextSeq() - 1;
    int newest = segments.size() - 1;
    if (newest >= 0) {
      Segment known = segments.get(newest);
      long firstSeq = Math.min(known.firstSeq(), stamps.nextSeq());
      segments.set(newest, new Segment(number, known.number(), firstSeq));
    }
  }

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  /** Opens an append. The lock is held; it may be given up on the way. */
  void begin(int records, long bodyBytes) throws IOException {
    requireWorking();
    long estimate = bodyBytes + (long) records * ESTIMATED_OVERHEAD;
    while (mustMove || isOver(estimate)) {
      if (forcing) {
        forceEnded.awaitUninterruptibly();
        requireWorking();
      } else if (mustMove) {
        move(null);
      } else {
        rotate();
      }
    }
    stamps.lease(records);
    stamps.now();
    active().begin();
    pendingSeq = stamps.nextSeq();
    positions.forget();
  }

  /** Encodes a record; false if it is too large. */
  boolean add(Submission record) throws IOException {
    boolean first = stamps.nextSeq() == pendingSeq;
    int maxBytes = context.config().maxRecordBytes();
    boolean fits = active().add(record, stamps, context.epoch(), first, maxBytes);
    if (fits) {
      stamps.used();
      SourcePosition position = record.position();
      if (position != null) {
        positions.add(position);
      }
    }
    return fits;
  }

  int pendingBytes() throws IOException {
    return active().pendingBytes();
  }

  void write() throws IOException {
    active().write();
  }

  /** Takes back what the append did. */
  void rollBack() {
    stamps.back(pendingSeq);
    try {
      active().rollBack();
    } catch (IOException e) {
      fail("An append could not be taken back", e);
    }
  }

  void publish() throws IOException {
    long carried = positions.carriedBytes();
    positions.publish();
    context.space().keepForCarried(positions.carriedBytes() - carried);
    active().publish();
    if (stamps.nextSeq() > pendingSeq) {
      lastSeq = stamps.nextSeq() - 1;
    }
    pendingSeq = stamps.nextSeq();
  }

  /** Returns when all records below a sequence are on the disk. The lock is not held. */
  void awaitForced(long seq) throws IOException {
    lock.lock();
    try {
      while (forcedSeq < seq) {
        requireWorking();
        if (forcing) {
          forceEnded.awaitUninterruptibly();
        } else if (mustMove) {
          move(null);
        } else {
          force();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forces what is unforced, if nobody is doing that already. */
  void forceNow() throws IOException {
    long seq;
    lock.lock();
    try {
      seq = stamps.nextSeq();
    } finally {
      lock.unlock();
    }
    awaitForced(seq);
  }

  /**
   * Begins a new segment behind an active one that is acknowledged as a whole, so that its room can
   * be used. The lock is held.
   *
   * @return whether there was something to leave behind
   */
  boolean leaveAcknowledged(long acked) throws IOException {
    if (forcing || mustMove || acked <= lastSeq || active().isEmpty()) {
      return false;
    }
    rotate();
    return true;
  }

  private boolean isOver(long more) throws IOException {
    ActiveSegment segment = active();
    return !segment.isEmpty() && segment.end() + more > context.config().segmentBytes();
  }

  private void force() throws IOException {
    ActiveSegment segment = active();
    int bytes = segment.unforcedBytes();
    long seq = stamps.nextSeq();
    IOException failed = null;
    forcing = true;
    lock.unlock();
    try {
      segment.force();
    } catch (IOException e) {
      failed = e;
    } finally {
      lock.lock();
      forcing = false;
      forceEnded.signalAll();
    }
    if (failed != null) {
      move(failed);
    } else {
      settle(bytes, seq);
    }
  }

  private void settle(int bytes, long seq) throws IOException {
    active().settle(bytes);
    forcedSeq = seq;
    readable.run();
  }

  private void rotate() throws IOException {
    ActiveSegment old = active();
    try {
      old.force();
    } catch (IOException e) {
      move(e);
      return;
    }
    settle(old.unforcedBytes(), stamps.nextSeq());
    newSegment(old, lastSeq + 1);
    old.close();
  }

  /**
   * Brings the unforced records to a new segment. After a failed force nothing is known about the
   * old one, and forcing it again would succeed without having written.
   */
  private void move(@Nullable IOException cause) throws IOException {
    mustMove = true;
    if (cause != null) {
      context.counters().forceFailures.increment();
      LOG.warn("Forcing {} of {} failed", last().name(), context.files().location(), cause);
    }
    ActiveSegment old = active();
    try {
      newSegment(old, forcedSeq);
    } catch (NoSpaceException e) {
      throw e;
    } catch (IOException e) {
      fail("Records could not be brought to the disk, twice", e);
      throw e;
    }
    mustMove = false;
    forcedSeq = stamps.nextSeq();
    readable.run();
    try {
      old.cutUnforced();
      context.space().free(old.unforcedBytes());
    } catch (IOException e) {
      LOG.debug("A damaged segment stays as it is: its records stand in the next one, too", e);
    } finally {
      old.close();
    }
  }

  /** Makes the next segment and goes over to it. */
  private void newSegment(@Nullable ActiveSegment before, long firstSeq) throws IOException {
    long next = segments.isEmpty() ? context.firstSegment(number) : last().number() + 1;
    Segment segment = new Segment(number, next, firstSeq);
    try {
      active =
          ActiveSegment.make(
              context, segment, saltOf(next), stamps.lastReceived(), positions, before);
    } catch (ActiveSegment.UncertainException e) {
      fail("A new segment can neither be kept nor removed", e);
      throw e;
    }
    segments.add(segment);
  }

  private ActiveSegment active() throws IOException {
    ActiveSegment segment = active;
    if (segment == null) {
      throw new IOException("The lane is not open");
    }
    return segment;
  }

  private void requireWorking() {
    String reason = failure;
    if (reason != null) {
      throw new BackendException.Unavailable(reason, null);
    }
  }

  private void fail(String what, IOException e) {
    failure = what + ": " + e.getMessage() + " (" + context.files().location() + ")";
    LOG.error("The spool in {} cannot take records any more", context.files().location(), e);
  }

  /** Closes the lane for good and says what it knows to be on the disk. */
  LaneMeta close(LaneMeta meta, long budgetNanos) throws IOException, InterruptedException {
    if (!lock.tryLock(budgetNanos, TimeUnit.NANOSECONDS)) {
      return meta;
    }
    try {
      long end = System.nanoTime() + budgetNanos;
      while (forcing) {
        if (forceEnded.awaitNanos(end - System.nanoTime()) <= 0) {
          return meta;
        }
      }
      if (failure == null && forcedSeq < stamps.nextSeq()) {
        if (mustMove) {
          move(null);
        } else {
          force();
        }
      }
      boolean safe = failure == null && forcedSeq == stamps.nextSeq();
      return safe
          ? new LaneMeta(producerId, stamps.nextSeq(), last().number(), active().forced())
          : meta;
    } finally {
      failure = "The spool is closed";
      ActiveSegment segment = active;
      if (!forcing) {
        closed = true;
        if (segment != null) {
          segment.close();
        }
      }
      lock.unlock();
    }
  }

  /** Whether nothing of this lane touches the disk any more. */
  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  @Nullable String failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  long position(String key) {
    lock.lock();
    try {
      return positions.end(key);
    } finally {
      lock.unlock();
    }
  }

  void positions(String prefix, List<SourcePosition> found) {
    lock.lock();
    try {
      found.addAll(positions.beginningWith(prefix));
    } finally {
      lock.unlock();
    }
  }

  /** What to do when more of the lane may be read than before; it must return at once. */
  void whenReadable(Runnable action) {
    readable = action;
  }

  // What follows is asked under the lock.

  long nextSeq() {
    return stamps.nextSeq();
  }

  /** The time now, never before a time that a record or a reader of the lane was given. */
  long stamp() {
    return stamps.now();
  }

  /** How many bytes a power loss would take. */
  int unforcedBytes() throws IOException {
    return active().unforcedBytes();
  }

  /** All segments, oldest first. */
  List<Segment> segments() {
    return segments;
  }

  Segment last() {
    return segments.get(segments.size() - 1);
  }

  /** The first sequence that no reader can see yet. */
  long readableSeq() {
    return isReadUnforced() ? pendingSeq : forcedSeq;
  }

  /**
   * How far the active segment may be read. What is not forced may be gone after a power loss, and
   * must not have left traces elsewhere by then; so nobody reads it, unless nothing is ever forced.
   */
  long readableEnd() {
    ActiveSegment segment = active;
    if (segment == null) {
      return 0;
    }
    return isReadUnforced() ? segment.end() : segment.forced();
  }

  /** Whether a reader of the active segment has seen all records that were ever stamped. */
  boolean isReadableUpTo(long position) {
    return readableEnd() <= position && (isReadUnforced() || forcedSeq == stamps.nextSeq());
  }

  private boolean isReadUnforced() {
    return context.config().fsync() == FsyncPolicy.NONE;
  }

  int saltOf(long segment) {
    return Frame.salt(producerId, segment);
  }
}
