package dev.logdash.core.spool;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.spool.SpoolFiles.NoSpaceException;
import dev.logdash.core.spool.SpoolMeta.LaneMeta;
import java.io.IOException;
import java.time.Instant;
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

  /** Sequences are leased so many at a time: a crash wastes at most this many. */
  static final long LEASE = 1L << 20;

  // What a record takes beside its body when a batch is measured before it is encoded.
  private static final int ESTIMATED_OVERHEAD = 64;
  private static final int MAX_WRITE_BYTES = 1 << 20;

  final int number;
  final long producerId;

  private final LaneContext context;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition forceEnded = lock.newCondition();
  private final List<Segment> segments;
  private final Positions positions;

  private @Nullable SpoolFile active;
  private final FrameBuffer unforced = new FrameBuffer();
  private long forced;
  private long dataStart;
  private long nextSeq;
  private long forcedSeq;
  private long lastSeq;
  private long leaseEnd;
  private long lastReceived;
  private int salt;

  private boolean forcing;
  private boolean mustMove;
  private volatile Runnable readable = () -> {};
  private @Nullable String failure;
  private boolean closed;

  private int pendingStart;
  private long pendingSeq;
  private boolean pendingFirst;
  private int written;
  private final List<SourcePosition> pendingPositions = new ArrayList<>();

  Lane(LaneContext context, int number, LaneMeta meta, LaneRecovery.Found found) {
    this.context = context;
    this.number = number;
    this.producerId = meta.producerId();
    this.leaseEnd = meta.leaseEnd();
    this.segments = new ArrayList<>(found.segments());
    this.positions = found.positions();
    this.active = found.active();
    this.forced = found.end();
    this.dataStart = found.dataStart();
    this.nextSeq = found.nextSeq();
    this.forcedSeq = nextSeq;
    this.pendingSeq = nextSeq;
    this.lastSeq = found.lastSeq();
    this.lastReceived = found.received();
    context.space().keepForCarried(positions.carriedBytes());
  }

  /** Makes the lane ready to append. Its identity must be on the disk by now. */
  void start() throws IOException {
    lock.lock();
    try {
      if (active == null) {
        startBehindDamage();
        newSegment(null, nextSeq);
      } else {
        salt = Frame.salt(producerId, last().number());
      }
    } finally {
      lock.unlock();
    }
  }

  // What is not known about a damaged segment, its successor bounds.
  private void startBehindDamage() {
    lastSeq = nextSeq - 1;
    int newest = segments.size() - 1;
    if (newest >= 0) {
      Segment known = segments.get(newest);
      long firstSeq = Math.min(known.firstSeq(), nextSeq);
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
    lease(records);
    stamp();
    pendingStart = unforced.end();
    written = 0;
    pendingSeq = nextSeq;
    pendingFirst = true;
    pendingPositions.clear();
  }

  /** Encodes a record; false if it is too large. */
  boolean add(Submission record) {
    boolean fits =
        unforced.record(
            record,
            nextSeq,
            lastReceived,
            context.epoch(),
            pendingFirst ? forced : -1,
            salt,
            context.config().maxRecordBytes());
    if (fits) {
      nextSeq++;
      pendingFirst = false;
      SourcePosition position = record.position();
      if (position != null) {
        addPending(position);
      }
    }
    return fits;
  }

  int pendingBytes() {
    return unforced.end() - pendingStart;
  }

  void write() throws IOException {
    int bytes = pendingBytes();
    while (written < bytes) {
      int start = pendingStart + written;
      int count = Math.min(bytes - written, MAX_WRITE_BYTES);
      written += count;
      open().write(unforced.bytes(), start, count, forced + start);
    }
  }

  /** Takes back what the append did. */
  void rollBack() {
    boolean touched = written > 0;
    unforced.cut(pendingStart);
    nextSeq = pendingSeq;
    if (touched) {
      try {
        open().truncate(end());
      } catch (IOException e) {
        fail("An append could not be taken back", e);
      }
    }
  }

  void publish() {
    long carried = positions.carriedBytes();
    for (SourcePosition position : pendingPositions) {
      positions.reached(position);
    }
    pendingPositions.clear();
    context.space().keepForCarried(positions.carriedBytes() - carried);
    pendingStart = unforced.end();
    if (nextSeq > pendingSeq) {
      lastSeq = nextSeq - 1;
    }
    pendingSeq = nextSeq;
    written = 0;
  }

  long nextSeq() {
    return nextSeq;
  }

  /** How many bytes a power loss would take. The lock is held. */
  int unforcedBytes() {
    return unforced.end();
  }

  /** The first sequence that no reader can see yet. The lock is held. */
  long readableSeq() {
    return isReadUnforced() ? pendingSeq : forcedSeq;
  }

  /** What to do when more of the lane may be read than before; it must return at once. */
  void whenReadable(Runnable action) {
    readable = action;
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
      seq = nextSeq;
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
    if (forcing || mustMove || acked <= lastSeq || end() <= dataStart) {
      return false;
    }
    rotate();
    return true;
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
      if (failure == null && forcedSeq < nextSeq) {
        if (mustMove) {
          move(null);
        } else {
          force();
        }
      }
      boolean safe = failure == null && forcedSeq == nextSeq;
      return safe ? new LaneMeta(producerId, nextSeq, last().number(), forced) : meta;
    } finally {
      failure = "The spool is closed";
      SpoolFile file = active;
      if (!forcing) {
        closed = true;
        if (file != null) {
          file.close();
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

  /** The time now, never before a time that a record or a reader of the lane was given. */
  long stamp() {
    Instant now = context.clock().instant();
    lastReceived = Math.max(lastReceived, now.getEpochSecond() * 1_000_000_000L + now.getNano());
    return lastReceived;
  }

  /** All segments, oldest first. The lock is held. */
  List<Segment> segments() {
    return segments;
  }

  Segment last() {
    return segments.get(segments.size() - 1);
  }

  /**
   * How far the active segment may be read. The lock is held. What is not forced may be gone after
   * a power loss, and must not have left traces elsewhere by then; so nobody reads it, unless
   * nothing is ever forced.
   */
  long readableEnd() {
    return isReadUnforced() ? end() : forced;
  }

  private long end() {
    return forced + Math.min(pendingStart, unforced.end());
  }

  /** Whether a reader of the active segment has seen all records that were ever stamped. */
  boolean isReadableUpTo(long position) {
    return readableEnd() <= position && (isReadUnforced() || forcedSeq == nextSeq);
  }

  private boolean isReadUnforced() {
    return context.config().fsync() == FsyncPolicy.NONE;
  }

  int saltOf(long segment) {
    return Frame.salt(producerId, segment);
  }

  private boolean isOver(long more) {
    return end() > dataStart && end() + more > context.config().segmentBytes();
  }

  private void addPending(SourcePosition position) {
    int last = pendingPositions.size() - 1;
    if (last >= 0 && pendingPositions.get(last).key().equals(position.key())) {
      if (pendingPositions.get(last).end() < position.end()) {
        pendingPositions.set(last, position);
      }
    } else {
      pendingPositions.add(position);
    }
  }

  private void lease(int records) throws IOException {
    if (nextSeq + records > leaseEnd) {
      long end = nextSeq + Math.max(LEASE, records);
      context.meta().change(meta -> meta.withLane(number, leased(meta.lanes().get(number), end)));
      leaseEnd = end;
    }
  }

  static LaneMeta leased(LaneMeta lane, long end) {
    return new LaneMeta(lane.producerId(), end, lane.segment(), lane.forced());
  }

  private void force() throws IOException {
    SpoolFile file = open();
    int count = unforced.end();
    long seq = nextSeq;
    IOException failed = null;
    forcing = true;
    lock.unlock();
    try {
      file.force();
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
      settle(count, seq);
    }
  }

  private void settle(int count, long seq) {
    unforced.drop(count);
    pendingStart -= count;
    forced += count;
    forcedSeq = seq;
    readable.run();
  }

  private void rotate() throws IOException {
    try {
      open().force();
    } catch (IOException e) {
      move(e);
      return;
    }
    settle(unforced.end(), nextSeq);
    newSegment(null, lastSeq + 1);
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
    SpoolFile old = open();
    long oldEnd = forced;
    long lost = unforced.end();
    try {
      newSegment(unforced, forcedSeq);
    } catch (NoSpaceException e) {
      throw e;
    } catch (IOException e) {
      fail("Records could not be brought to the disk, twice", e);
      throw e;
    }
    mustMove = false;
    forcedSeq = nextSeq;
    readable.run();
    try {
      old.truncate(oldEnd);
      context.space().free(lost);
    } catch (IOException e) {
      LOG.debug("A damaged segment stays as it is: its records stand in the next one, too", e);
    } finally {
      old.close();
    }
  }

  /** Makes the next segment, which is there as a whole or not at all, and goes over to it. */
  private void newSegment(@Nullable FrameBuffer moved, long firstSeq) throws IOException {
    long next = segments.isEmpty() ? context.firstSegment(number) : last().number() + 1;
    Segment segment = new Segment(number, next, firstSeq);
    int newSalt = saltOf(next);
    FrameBuffer content = new FrameBuffer();
    content.header(number, firstSeq, lastReceived, positions.count(), newSalt);
    content.carried(positions.leastRecentFirst(), firstSeq, lastReceived, newSalt);
    int newDataStart = content.end();
    if (moved != null) {
      content.moved(moved, newSalt);
    }
    SpoolFile file = place(segment, content);
    SpoolFile old = active;
    if (old != null && moved == null) {
      old.close();
    }
    context.space().add(content.end());
    segments.add(segment);
    active = file;
    salt = newSalt;
    dataStart = newDataStart;
    forced = content.end();
    unforced.drop(unforced.end());
    pendingStart = 0;
  }

  private SpoolFile place(Segment segment, FrameBuffer content) throws IOException {
    String unfinished = segment.name() + LaneRecovery.UNFINISHED;
    boolean done = false;
    try {
      try (SpoolFile file = context.files().create(unfinished)) {
        file.write(content.bytes(), 0, content.end(), 0);
        file.force();
      }
      context.files().rename(unfinished, segment.name());
      forceFolder(segment);
      done = true;
      return context.files().open(segment.name());
    } finally {
      if (!done) {
        context.files().delete(unfinished);
      }
    }
  }

  // A segment that may or may not be there after a power loss must not stay while the one before
  // goes on: its positions would win over later ones.
  private void forceFolder(Segment segment) throws IOException {
    try {
      context.files().force();
    } catch (IOException e) {
      try {
        context.files().delete(segment.name());
      } catch (IOException again) {
        e.addSuppressed(again);
        fail("A new segment can neither be kept nor removed", e);
      }
      throw e;
    }
  }

  private SpoolFile open() throws IOException {
    SpoolFile file = active;
    if (file == null) {
      throw new IOException("The lane is not open");
    }
    return file;
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
}
