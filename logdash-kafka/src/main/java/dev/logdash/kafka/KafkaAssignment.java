package dev.logdash.kafka;

import dev.logdash.api.event.PartitionId;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.RecordBatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;

/** A partition while it is ours. Its fields without a lock belong to the poll thread. */
final class KafkaAssignment implements Assignment {

  private final PartitionId id;
  private final TopicPartition partition;
  private final Owner owner;
  private final AtomicBoolean reading = new AtomicBoolean();
  private volatile boolean gone;
  @Nullable PartitionReader reader;
  long committed;
  long handedOut;

  /** What an assignment needs of the poll loop. */
  interface Owner {

    void execute(Runnable onPollThread);

    void start(KafkaAssignment assignment, PartitionReader reader);

    void demandChanged(KafkaAssignment assignment);

    void commit(KafkaAssignment assignment, long nextOffset, MonoSink<Void> done);

    Mono<Long> end(TopicPartition partition);
  }

  KafkaAssignment(PartitionId id, TopicPartition partition, long committed, Owner owner) {
    this.id = id;
    this.partition = partition;
    this.committed = committed;
    this.owner = owner;
  }

  @Override
  public PartitionId id() {
    return id;
  }

  TopicPartition partition() {
    return partition;
  }

  @Override
  public Flux<RecordBatch> read(long fromOffset) {
    // The subscriber works on threads of its own, so that the poll thread never waits for it.
    return new Reading(fromOffset).publishOn(Schedulers.boundedElastic(), 1);
  }

  @Override
  public Mono<Long> end() {
    return owner.end(partition);
  }

  @Override
  public Mono<Void> acknowledge(long nextOffset) {
    return Mono.<Void>create(done -> owner.execute(() -> owner.commit(this, nextOffset, done)))
        .publishOn(Schedulers.boundedElastic());
  }

  boolean isGone() {
    return gone;
  }

  /** Whether a subscriber still works on what it was given. */
  boolean isUnsettled() {
    return handedOut > committed;
  }

  /** Ends the reading; on the poll thread. */
  void end(boolean active) {
    gone = true;
    PartitionReader running = reader;
    reader = null;
    if (running == null || running.isEnded()) {
      handedOut = committed;
    } else {
      running.complete();
    }
    if (!active) {
      handedOut = committed;
    }
  }

  private final class Reading extends Flux<RecordBatch> {

    private final long from;

    Reading(long from) {
      this.from = from;
    }

    @Override
    public void subscribe(CoreSubscriber<? super RecordBatch> subscriber) {
      if (!reading.compareAndSet(false, true)) {
        Operators.error(
            subscriber, new IllegalStateException("The partition is being read: " + id));
        return;
      }
      PartitionReader next =
          new PartitionReader(
              from,
              subscriber,
              () -> owner.execute(() -> owner.demandChanged(KafkaAssignment.this)),
              () -> reading.set(false));
      subscriber.onSubscribe(next);
      owner.execute(
          () -> {
            if (gone) {
              next.complete();
            } else {
              owner.start(KafkaAssignment.this, next);
            }
          });
    }
  }
}
