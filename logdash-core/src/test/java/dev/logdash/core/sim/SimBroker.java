package dev.logdash.core.sim;

import dev.logdash.api.event.Origin;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A broker with a few partitions, more of which may come. It is away at times and then takes, gives
 * and acknowledges nothing; what it had taken stays.
 */
final class SimBroker {

  private final SimWorld world;
  private final SimServer server;
  private final List<List<RawRecord>> log = new ArrayList<>();
  private final List<Long> acknowledged = new ArrayList<>();
  private @Nullable LongSupplier oldest;

  SimBroker(SimWorld world, int partitions) {
    this.world = world;
    this.server = new SimServer(world);
    for (int i = 0; i < partitions; i++) {
      addPartition();
    }
  }

  int partitions() {
    return log.size();
  }

  void addPartition() {
    log.add(new ArrayList<>());
    acknowledged.add(0L);
  }

  PartitionId id(int partition) {
    return new PartitionId("simulated", partition);
  }

  /** What its answers come from. */
  SimServer server() {
    return server;
  }

  boolean isAway() {
    return server.isAway();
  }

  /** Tells from when the oldest record is that is still to come. */
  void boundBy(LongSupplier oldestToCome) {
    oldest = oldestToCome;
  }

  /** Before when no record was received that is still to come; or what is guessed, unless told. */
  long bound(long guessed) {
    LongSupplier known = oldest;
    return known == null ? guessed : known.getAsLong();
  }

  void restart() {
    server.restart(world.random().nextLong(15_000_000_000L));
  }

  /** All records of a partition that ever were, in order. */
  List<RawRecord> log(int partition) {
    return log.get(partition);
  }

  long acknowledged(int partition) {
    return acknowledged.get(partition);
  }

  /** Never moves back. */
  void acknowledge(int partition, long nextOffset) {
    acknowledged.set(partition, Math.max(acknowledged.get(partition), nextOffset));
  }

  /** Whether all that was ever written was acknowledged. */
  boolean isDone() {
    for (int i = 0; i < partitions(); i++) {
      if (acknowledged(i) != log(i).size()) {
        return false;
      }
    }
    return true;
  }

  void append(int partition, Origin origin, long receivedNanos, String source, byte[] body) {
    List<RawRecord> records = log.get(partition);
    records.add(
        new RawRecord(
            origin,
            records.size(),
            receivedNanos,
            RawRecord.DEFAULT_DATASET,
            source,
            Map.of(),
            body,
            0,
            body.length));
  }
}
