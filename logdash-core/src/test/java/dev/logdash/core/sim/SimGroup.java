package dev.logdash.core.sim;

import dev.logdash.api.error.BackendException;
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
 * The readers of a broker. They are given no record below what the group acknowledged, so that
 * whoever acknowledges too early loses records.
 */
final class SimGroup {

  private static final long POLL_NANOS = 250_000_000L;
  private static final int COMMIT_FAULT_RATE = 8;
  private static final long GRACE_NANOS = 3_000_000_000L;
  private static final long MARGIN_NANOS = 1_000_000_000L;

  private final SimWorld world;
  private final SimBroker broker;
  private final Map<Integer, SimAssignment> owners = new HashMap<>();

  SimGroup(SimWorld world, SimBroker broker) {
    this.world = world;
    this.broker = broker;
  }

  /** Whether a reader has a partition, or is about to get it. */
  boolean owns(Reader reader, int partition) {
    SimAssignment owner = owners.get(partition);
    return owner != null && owner.reader == reader;
  }

  /**
   * Gives a partition to a reader.
   *
   * @param lost whether the owner before learns it only when it looks; else it is asked to end, and
   *     may acknowledge for a while
   */
  void assign(int partition, Reader reader, boolean lost) {
    long pause = world.latency();
    SimAssignment before = owners.get(partition);
    if (before != null) {
      before.ending = true;
      if (lost) {
        before.taken = true;
      } else {
        pause += world.random().nextLong(GRACE_NANOS);
        world.after(pause, null, () -> before.taken = true);
      }
    }
    SimAssignment assignment = new SimAssignment(partition, reader);
    owners.put(partition, assignment);
    world.after(pause, reader.process, () -> reader.give(assignment));
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
      if (assignment.ending) {
        return;
      }
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
    private final Reader reader;
    private boolean ending;
    private boolean taken;

    SimAssignment(int partition, Reader reader) {
      this.partition = partition;
      this.reader = reader;
    }

    @Override
    public PartitionId id() {
      return broker.id(partition);
    }

    @Override
    public Flux<RecordBatch> read(long fromOffset) {
      return Flux.create(sink -> new Reading(this, sink, fromOffset).poll());
    }

    @Override
    public Mono<Long> end() {
      return Mono.fromSupplier(() -> (long) broker.log(partition).size());
    }

    @Override
    public Mono<Void> acknowledge(long nextOffset) {
      return broker
          .server()
          .call(
              reader.process,
              () -> {
                if (world.once(COMMIT_FAULT_RATE)) {
                  throw new BackendException.Unavailable("simulated: rebalancing", null);
                }
                if (!taken) {
                  broker.acknowledge(partition, nextOffset);
                } else if (world.random().nextBoolean()) {
                  // One that knows says nothing; one that learns it by this is refused.
                  throw new BackendException.Unavailable("simulated: not the owner", null);
                }
                return true;
              })
          .then();
    }
  }

  private final class Reading {
    private final SimAssignment assignment;
    private final FluxSink<RecordBatch> sink;
    private long next;
    private long received;
    private long arrivedAt;
    private long bound;

    Reading(SimAssignment assignment, FluxSink<RecordBatch> sink, long next) {
      this.assignment = assignment;
      this.sink = sink;
      this.next = next;
    }

    void poll() {
      if (sink.isCancelled()) {
        return;
      }
      if (assignment.ending) {
        sink.complete();
        return;
      }
      long pause = world.latency();
      if (sink.requestedFromDownstream() > 0) {
        List<RawRecord> records = broker.log(assignment.partition);
        int from = (int) Math.max(next, broker.acknowledged(assignment.partition));
        int most = broker.isAway() ? 0 : 1 + world.random().nextInt(30);
        int to = Math.min(records.size(), from + most);
        List<RawRecord> batch = from < to ? List.copyOf(records.subList(from, to)) : List.of();
        next = Math.max(from, to);
        for (RawRecord record : batch) {
          received = Math.max(received, record.receivedNanos());
          arrivedAt = world.now();
        }
        // Only at the end of the log is it known what cannot come any more, or may be guessed.
        if (next == records.size()) {
          bound = Math.max(bound, broker.bound(guess(batch)));
        }
        sink.next(new RecordBatch(batch, next, bound));
        pause += batch.isEmpty() ? POLL_NANOS : 0;
      }
      world.after(pause, assignment.reader.process, this::poll);
    }

    /** As the source of the product does: a record is on its way for a second at most. */
    private long guess(List<RawRecord> batch) {
      return batch.isEmpty() && received > 0
          ? received + (world.now() - arrivedAt) - MARGIN_NANOS
          : 0;
    }
  }
}
