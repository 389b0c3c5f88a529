package dev.logdash.core.sim;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.api.ingest.RecordBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/**
 * A broker with a few partitions and one group of readers. It forgets records below what the group
 * acknowledged, so that whoever acknowledges too early loses them.
 */
final class SimBroker {

  /** No producer of the simulation sends a record again later than this after it was received. */
  static final long MAX_RESEND_NANOS = 5_000_000_000L;

  private static final long POLL_NANOS = 250_000_000L;

  private final SimWorld world;
  private final List<List<RawRecord>> log = new ArrayList<>();
  private final long[] acknowledged;
  private final Map<Integer, SimAssignment> owners = new HashMap<>();

  SimBroker(SimWorld world, int partitions) {
    this.world = world;
    this.acknowledged = new long[partitions];
    for (int i = 0; i < partitions; i++) {
      log.add(new ArrayList<>());
    }
  }

  int partitions() {
    return log.size();
  }

  PartitionId id(int partition) {
    return new PartitionId("simulated", partition);
  }

  /** All records of a partition that ever were, in order. */
  List<RawRecord> log(int partition) {
    return log.get(partition);
  }

  long acknowledged(int partition) {
    return acknowledged[partition];
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

  /** Gives a partition to a process; the owner before learns it when it looks. */
  void assign(int partition, Reader reader) {
    SimAssignment before = owners.get(partition);
    if (before != null) {
      before.revoked = true;
    }
    SimAssignment assignment = new SimAssignment(partition, reader.process);
    owners.put(partition, assignment);
    world.after(world.latency(), reader.process, () -> reader.give(assignment));
  }

  /** The source of one process. */
  final class Reader implements LogSource {
    private final SimProcess process;
    private final List<Assignment> early = new ArrayList<>();
    private @Nullable FluxSink<Assignment> sink;

    Reader(SimProcess process) {
      this.process = process;
    }

    private void give(SimAssignment assignment) {
      if (sink == null) {
        early.add(assignment);
      } else {
        sink.next(assignment);
      }
    }

    @Override
    public Flux<Assignment> assignments() {
      return Flux.create(
          created -> {
            sink = created;
            early.forEach(created::next);
          });
    }

    @Override
    public Mono<Void> check() {
      return Mono.empty();
    }

    @Override
    public void close() {
      if (sink != null) {
        sink.complete();
      }
    }
  }

  private final class SimAssignment implements Assignment {
    private final int partition;
    private final SimProcess process;
    private boolean revoked;

    SimAssignment(int partition, SimProcess process) {
      this.partition = partition;
      this.process = process;
    }

    @Override
    public PartitionId id() {
      return SimBroker.this.id(partition);
    }

    @Override
    public Flux<RecordBatch> read(long fromOffset) {
      return Flux.create(sink -> new Reading(this, sink, fromOffset).poll());
    }

    @Override
    public Mono<Long> end() {
      return Mono.fromSupplier(() -> (long) log.get(partition).size());
    }

    @Override
    public Mono<Void> acknowledge(long nextOffset) {
      return process
          .call(
              () -> {
                if (revoked) {
                  throw new BackendException.Unavailable("simulated: not the owner", null);
                }
                acknowledged[partition] = Math.max(acknowledged[partition], nextOffset);
                return true;
              })
          .then();
    }
  }

  private final class Reading {
    private final SimAssignment assignment;
    private final FluxSink<RecordBatch> sink;
    private long next;

    Reading(SimAssignment assignment, FluxSink<RecordBatch> sink, long next) {
      this.assignment = assignment;
      this.sink = sink;
      this.next = next;
    }

    void poll() {
      if (sink.isCancelled()) {
        return;
      }
      if (assignment.revoked) {
        sink.complete();
        return;
      }
      long pause = world.latency();
      if (sink.requestedFromDownstream() > 0) {
        List<RawRecord> records = log.get(assignment.partition);
        int from = (int) Math.max(next, acknowledged[assignment.partition]);
        int to = Math.min(records.size(), from + 1 + world.random().nextInt(30));
        List<RawRecord> batch = from < to ? List.copyOf(records.subList(from, to)) : List.of();
        next = Math.max(from, to);
        // Only at the end of the log is it known what cannot come any more.
        long bound = next == records.size() ? world.now() - MAX_RESEND_NANOS : 0;
        sink.next(new RecordBatch(batch, next, bound));
        pause += batch.isEmpty() ? POLL_NANOS : 0;
      }
      world.after(pause, assignment.process, this::poll);
    }
  }
}
