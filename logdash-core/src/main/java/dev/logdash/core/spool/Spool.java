package dev.logdash.core.spool;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.core.spool.SpoolMeta.LaneMeta;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/**
 * An append-only log in a folder that it owns: to the rest of the system a broker with a few
 * partitions. It has many writers and one consumer, whose name is recorded.
 *
 * <p>A record that was acknowledged as {@link dev.logdash.api.ingest.AckLevel#SPOOLED} survives the
 * death of the process; as {@link dev.logdash.api.ingest.AckLevel#FSYNCED} a power loss. A lesser
 * level that is asked for is answered by SPOOLED. Records keep the order of their source. The time
 * of reception never decreases along a lane. A sequence is never issued twice. Damage costs the
 * records that it hit, and no others. Where an append fails and the disk does not let it be taken
 * back either, its lane takes nothing more, and a new start may find the batch.
 *
 * <p>Has no threads of its own. Safe for use by many.
 */
public final class Spool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  /** The longest that closing waits for others. */
  private static final Duration CLOSE_BUDGET = Duration.ofSeconds(5);

  private final LaneContext context;
  private final Closeable folderLock;
  private final Scheduler scheduler;
  private final List<Lane> lanes;
  private final List<LaneTail> tails;
  private final SpoolSink sink;
  private final List<SpoolSource> sources = new ArrayList<>();
  private boolean closed;

  private Spool(
      LaneContext context,
      Closeable folderLock,
      Scheduler scheduler,
      List<Lane> lanes,
      List<LaneTail> tails) {
    this.context = context;
    this.folderLock = folderLock;
    this.scheduler = scheduler;
    this.lanes = lanes;
    this.tails = tails;
    this.sink = new SpoolSink(context, lanes, tails, scheduler);
  }

  /**
   * Opens the spool of a folder, or begins one. Reads the newest segment of each lane; what a crash
   * left over is put right.
   *
   * @param scheduler runs readers, acknowledgements and timed forcing; it may block on the disk
   * @param random gives producers their ids
   * @throws BackendException if the folder is in use, cannot be written, or has a newer format
   */
  public static Spool open(
      SpoolFiles files,
      SpoolConfig config,
      Clock clock,
      Scheduler scheduler,
      RandomGenerator random) {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(random, "random");
    try {
      Closeable folderLock = files.lock();
      boolean opened = false;
      try {
        Spool spool = open(files, config, clock, scheduler, random, folderLock);
        opened = true;
        return spool;
      } finally {
        if (!opened) {
          folderLock.close();
        }
      }
    } catch (IOException e) {
      throw SpoolErrors.translate(e);
    }
  }

  private static Spool open(
      SpoolFiles files,
      SpoolConfig config,
      Clock clock,
      Scheduler scheduler,
      RandomGenerator random,
      Closeable folderLock)
      throws IOException {
    List<String> names = files.list();
    SpoolMeta before = SpoolMeta.read(files);
    if (before == null && names.stream().anyMatch(Segment::isName)) {
      throw SpoolMeta.damaged(files.location(), null);
    }
    for (String name : names) {
      if (name.endsWith(LaneRecovery.UNFINISHED)) {
        files.delete(name);
      }
    }
    SpoolMeta base = before == null ? new SpoolMeta(0, "", List.of()) : before;
    List<LaneMeta> laneMetas = new ArrayList<>(base.lanes());
    while (laneMetas.size() < config.lanes()) {
      laneMetas.add(new LaneMeta(random.nextLong(), 0, 0, 0));
    }
    Space space = new Space(files, config.maxBytes());
    Counters counters = new Counters();
    List<LaneRecovery.Found> found = new ArrayList<>();
    for (int i = 0; i < laneMetas.size(); i++) {
      LaneMeta lane = laneMetas.get(i);
      LaneRecovery.Found state = LaneRecovery.recover(files, names, i, lane, config.maxPositions());
      found.add(state);
      space.add(state.bytes());
      counters.tornBytes.add(state.tornBytes());
      laneMetas.set(i, Stamps.leased(lane, state.nextSeq() + Stamps.LEASE));
    }
    space.reserve();
    int epoch = base.epoch() + 1;
    MetaFile meta = new MetaFile(files, space, base);
    meta.change(unused -> new SpoolMeta(epoch, base.consumer(), laneMetas));
    LaneContext context = new LaneContext(files, config, space, meta, clock, epoch, counters);
    List<Lane> lanes = new ArrayList<>();
    List<LaneTail> tails = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Lane lane = new Lane(context, i, laneMetas.get(i), found.get(i));
      lane.start();
      lanes.add(lane);
      tails.add(new LaneTail(context, lane, found.get(i).checkpoint()));
    }
    return new Spool(context, folderLock, scheduler, lanes, tails);
  }

  /** The way in. Closing it forces what it took and leaves the spool open. */
  public LogSink sink() {
    return sink;
  }

  /**
   * The way out for the one consumer of this spool. Another name is refused while records wait for
   * the consumer that is recorded.
   *
   * @param consumerName a word
   */
  public synchronized LogSource source(String consumerName) {
    if (!consumerName.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException("The name of a consumer is no word: " + consumerName);
    }
    String recorded = context.meta().current().consumer();
    if (!recorded.isEmpty() && !recorded.equals(consumerName) && !isDrained()) {
      throw new BackendException.Misconfigured(
          "The spool in "
              + context.files().location()
              + " is read by "
              + recorded
              + ", which has not finished; "
              + consumerName
              + " can take over when it has",
          null);
    }
    SpoolSource source = new SpoolSource(context, consumerName, tails, scheduler);
    sources.add(source);
    if (closed) {
      source.close();
    }
    return source;
  }

  /**
   * How far an input was appended: the largest end among the positions of that key, or -1 if none
   * is remembered.
   */
  public long position(String key) {
    long end = -1;
    for (Lane lane : lanes) {
      end = Math.max(end, lane.position(key));
    }
    return end;
  }

  /**
   * How far inputs were appended: for each key that begins with a text the position with the
   * largest end, one for each lane that has it.
   */
  public List<SourcePosition> positions(String prefix) {
    List<SourcePosition> found = new ArrayList<>();
    for (Lane lane : lanes) {
      lane.positions(prefix, found);
    }
    return found;
  }

  /** What the spool holds now. Reads a little from the disk. */
  public SpoolStatistics statistics() {
    long oldest = Long.MAX_VALUE;
    for (LaneTail tail : tails) {
      oldest = Math.min(oldest, tail.oldestUnacknowledgedNanos());
    }
    Counters counters = context.counters();
    return new SpoolStatistics(
        context.space().bytes(),
        context.config().maxBytes(),
        oldest == Long.MAX_VALUE ? -1 : oldest,
        counters.appended.sum(),
        counters.rejected.sum(),
        counters.overloaded.sum(),
        counters.corrupt.sum(),
        counters.tornBytes.sum(),
        counters.missingSegments.sum(),
        counters.forceFailures.sum());
  }

  /**
   * Ends the batches of all sources, forces what was taken, and gives the folder back. Idempotent.
   * It waits for appends of others no longer than its budget; a force of its own takes as long as
   * the disk does. A lane that it could not close in time keeps the folder until the process ends.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    sink.stop();
    sources.forEach(SpoolSource::close);
    boolean allClosed = true;
    SpoolMeta meta = context.meta().current();
    long end = System.nanoTime() + CLOSE_BUDGET.toNanos();
    for (Lane lane : lanes) {
      try {
        allClosed &= tails.get(lane.number).close(Math.max(0, end - System.nanoTime()));
        LaneMeta known = meta.lanes().get(lane.number);
        LaneMeta last = lane.close(known, Math.max(0, end - System.nanoTime()));
        meta = meta.withLane(lane.number, last);
      } catch (IOException e) {
        LOG.warn("Lane {} of {} is not forced", lane.number, context.files().location(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        allClosed = false;
      }
      allClosed &= lane.isClosed();
    }
    SpoolMeta last = meta;
    try {
      context.meta().change(unused -> last);
      if (allClosed) {
        folderLock.close();
      }
    } catch (IOException e) {
      LOG.warn("The spool in {} is not closed cleanly", context.files().location(), e);
    }
  }

  private boolean isDrained() {
    for (LaneTail tail : tails) {
      if (tail.hasUnreadable() || tail.oldestUnacknowledgedNanos() != Long.MAX_VALUE) {
        return false;
      }
    }
    return true;
  }
}
