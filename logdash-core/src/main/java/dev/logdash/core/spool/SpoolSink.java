package dev.logdash.core.spool;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.SinkAck.Rejected;
import dev.logdash.api.ingest.Submission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Appends on the subscriber's thread, with one write for each lane that a batch touches. */
final class SpoolSink implements LogSink {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolSink.class);

  // Larger batches would need arrays that a small heap does not have.
  private static final long MAX_BATCH_BYTES = 256L * 1024 * 1024;

  // From here on the disk is set to work at once, so that little is left to force, and to wait for,
  // when the segment is full.
  private static final int MANY_UNFORCED_BYTES = 1024 * 1024;

  private final LaneContext context;
  private final List<Lane> lanes;
  private final List<LaneTail> tails;
  private final TimedForcing forcing;
  private volatile boolean closed;

  SpoolSink(LaneContext context, List<Lane> lanes, List<LaneTail> tails, Scheduler scheduler) {
    this.context = context;
    this.lanes = lanes;
    this.tails = tails;
    this.forcing = new TimedForcing(context, lanes, scheduler);
  }

  /** What one lane gets of a batch. */
  private static final class Share {
    final int number;
    final Lane lane;
    int records;
    long bytes;
    boolean manyUnforced;

    Share(int number, Lane lane) {
      this.number = number;
      this.lane = lane;
    }
  }

  @Override
  public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
    if (atLeast.compareTo(AckLevel.FSYNCED) > 0) {
      throw new IllegalArgumentException("A spool cannot reach the level " + atLeast);
    }
    boolean forced = atLeast == AckLevel.FSYNCED || context.config().fsync() == FsyncPolicy.GROUP;
    return Mono.fromCallable(() -> append(List.copyOf(batch), forced));
  }

  @Override
  public Mono<Void> check() {
    return Mono.fromRunnable(
        () -> {
          requireOpen();
          for (Lane lane : lanes) {
            String failure = lane.failure();
            if (failure != null) {
              throw new BackendException.Unavailable(failure, null);
            }
          }
          if (context.space().isFull()) {
            throw full();
          }
        });
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (Lane lane : lanes) {
      forcing.attempt(lane.number);
    }
  }

  /** Takes nothing more; forcing is somebody else's business. */
  void stop() {
    closed = true;
  }

  private SinkAck append(List<Submission> batch, boolean forced) {
    requireOpen();
    List<Rejected> rejected = new ArrayList<>(0);
    int[] laneOf = new int[batch.size()];
    List<Share> shares = distribute(batch, laneOf);
    long[] seqs = new long[shares.size()];
    try {
      boolean done = append(batch, laneOf, shares, rejected, seqs);
      if (!done && reclaim(shares)) {
        done = append(batch, laneOf, shares, rejected, seqs);
      }
      if (!done) {
        throw full();
      }
    } catch (IOException | BackendException e) {
      BackendException translated = SpoolErrors.translate(e);
      if (translated instanceof BackendException.Overloaded) {
        context.counters().overloaded.add(batch.size());
      }
      throw translated;
    }
    int accepted = batch.size() - rejected.size();
    context.counters().rejected.add(rejected.size());
    context.counters().appended.add(accepted);
    for (int i = 0; i < seqs.length; i++) {
      tails.get(shares.get(i).number).wake();
    }
    boolean safe = forced;
    for (int i = 0; i < seqs.length; i++) {
      safe &= secure(shares.get(i), forced, seqs[i]);
    }
    if (forced && batch.isEmpty()) {
      forceAll();
    }
    return new SinkAck(safe ? AckLevel.FSYNCED : AckLevel.SPOOLED, accepted, rejected);
  }

  private void forceAll() {
    for (Lane lane : lanes) {
      try {
        lane.forceNow();
      } catch (IOException e) {
        throw SpoolErrors.unavailable(e);
      }
    }
  }

  /** Splits a batch: all records of a source go to one lane. */
  private List<Share> distribute(List<Submission> batch, int[] laneOf) {
    int used = Math.min(context.config().lanes(), lanes.size());
    @Nullable Share[] byLane = new Share[used];
    long total = 0;
    for (int i = 0; i < laneOf.length; i++) {
      Submission record = batch.get(i);
      int hash = record.source().hashCode();
      int number = Math.floorMod(hash ^ hash >>> 16, used);
      Share share = byLane[number];
      if (share == null) {
        share = new Share(number, lanes.get(number));
        byLane[number] = share;
      }
      laneOf[i] = number;
      share.records++;
      share.bytes += record.body().length;
      total += record.body().length;
    }
    if (total > MAX_BATCH_BYTES) {
      throw new BackendException.Rejected(
          "A batch of " + total + " bytes is over the limit of " + MAX_BATCH_BYTES, null);
    }
    // By ascending lane, so that two batches cannot wait for each other's locks.
    List<Share> shares = new ArrayList<>(used);
    for (Share share : byLane) {
      if (share != null) {
        shares.add(share);
      }
    }
    return shares;
  }

  /**
   * Appends all or nothing.
   *
   * @return false if there is no room
   */
  private boolean append(
      List<Submission> batch,
      int[] laneOf,
      List<Share> shares,
      List<Rejected> rejected,
      long[] seqs)
      throws IOException {
    rejected.clear();
    for (Share share : shares) {
      share.lane.lock();
    }
    boolean done = false;
    long taken = 0;
    try {
      long wanted = encode(batch, laneOf, shares, rejected);
      if (!context.space().take(wanted)) {
        return false;
      }
      taken = wanted;
      for (Share share : shares) {
        share.lane.write();
      }
      for (int i = 0; i < seqs.length; i++) {
        shares.get(i).lane.publish();
        seqs[i] = shares.get(i).lane.nextSeq();
        shares.get(i).manyUnforced = shares.get(i).lane.unforcedBytes() >= MANY_UNFORCED_BYTES;
      }
      done = true;
      return true;
    } finally {
      for (Share share : shares) {
        if (!done) {
          share.lane.rollBack();
        }
        share.lane.unlock();
      }
      context.space().free(done ? 0 : taken);
    }
  }

  private long encode(
      List<Submission> batch, int[] laneOf, List<Share> shares, List<Rejected> rejected)
      throws IOException {
    for (Share share : shares) {
      share.lane.begin(share.records, share.bytes);
    }
    for (int i = 0; i < laneOf.length; i++) {
      if (!lanes.get(laneOf[i]).add(batch.get(i))) {
        rejected.add(
            new Rejected(
                i, "larger than the limit of " + context.config().maxRecordBytes() + " bytes"));
      }
    }
    long bytes = 0;
    for (Share share : shares) {
      bytes += share.lane.pendingBytes();
    }
    return bytes;
  }

  private boolean reclaim(List<Share> shares) throws IOException {
    boolean reclaimed = false;
    for (Share share : shares) {
      share.lane.lock();
      try {
        reclaimed |= tails.get(share.number).reclaim();
      } finally {
        share.lane.unlock();
      }
    }
    return reclaimed;
  }

  /** Answers whether the records are forced now; they are in the spool whatever happens here. */
  private boolean secure(Share share, boolean forced, long seq) {
    if (forced) {
      try {
        share.lane.awaitForced(seq);
        return true;
      } catch (IOException | BackendException e) {
        LOG.warn(
            "Records of lane {} of {} are spooled but not forced",
            share.number,
            context.files().location(),
            e);
        return false;
      }
    } else if (context.config().fsync() == FsyncPolicy.INTERVAL) {
      forcing.later(share.number);
      if (share.manyUnforced) {
        forcing.now(share.number);
      }
    }
    return false;
  }

  private void requireOpen() {
    if (closed) {
      throw new BackendException.Unavailable("The spool is closed", null);
    }
  }

  private BackendException full() {
    return new BackendException.Overloaded(
        "The spool in "
            + context.files().location()
            + " has reached its limit of "
            + context.config().maxBytes()
            + " bytes",
        null);
  }
}
