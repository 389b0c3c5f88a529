package dev.logdash.core.spool;

import dev.logdash.core.spool.SpoolMeta.LaneMeta;
import java.io.IOException;
import java.time.Instant;

/**
 * The sequences and times that a lane gives out. A sequence is leased on the disk before it is
 * used, so that a crash never brings one back; a time never decreases. Used under the lock of the
 * lane.
 */
final class Stamps {

  /** Sequences are leased so many at a time: a crash wastes at most this many. */
  static final long LEASE = 1L << 20;

  private final LaneContext context;
  private final int lane;
  private long leaseEnd;
  private long nextSeq;
  private long lastReceived;

  Stamps(LaneContext context, int lane, long leaseEnd, long nextSeq, long received) {
    this.context = context;
    this.lane = lane;
    this.leaseEnd = leaseEnd;
    this.nextSeq = nextSeq;
    this.lastReceived = received;
  }

  /** Makes sure that so many sequences may be used. */
  void lease(int records) throws IOException {
    if (nextSeq + records > leaseEnd) {
      long end = nextSeq + Math.max(LEASE, records);
      context.meta().change(meta -> meta.withLane(lane, leased(meta.lanes().get(lane), end)));
      leaseEnd = end;
    }
  }

  static LaneMeta leased(LaneMeta lane, long end) {
    return new LaneMeta(lane.producerId(), end, lane.segment(), lane.forced());
  }

  /** The time now, never before a time that a record or a reader of the lane was given. */
  long now() {
    Instant now = context.clock().instant();
    lastReceived = Math.max(lastReceived, now.getEpochSecond() * 1_000_000_000L + now.getNano());
    return lastReceived;
  }

  long lastReceived() {
    return lastReceived;
  }

  long nextSeq() {
    return nextSeq;
  }

  void used() {
    nextSeq++;
  }

  /** Takes sequences back that nobody saw. */
  void back(long seq) {
    nextSeq = seq;
  }
}
