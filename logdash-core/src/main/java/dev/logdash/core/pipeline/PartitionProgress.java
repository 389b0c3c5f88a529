package dev.logdash.core.pipeline;

import dev.logdash.api.event.PartitionId;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** How far the work on one partition has come, over all its lives. */
final class PartitionProgress {

  private final PartitionId partition;
  private final Sinks.Many<Long> acknowledged = Sinks.many().replay().latest();
  private volatile Totals totals = Totals.NONE;
  private volatile @Nullable Throwable failure;
  private final AtomicInteger failures = new AtomicInteger();

  PartitionProgress(PartitionId partition) {
    this.partition = partition;
  }

  PartitionId partition() {
    return partition;
  }

  void started(Snapshot snapshot) {
    totals = snapshot.totals();
    failure = null;
    acknowledged.tryEmitNext(snapshot.nextOffset());
  }

  void took(Totals now) {
    totals = now;
    failure = null;
  }

  void checkpointed(Snapshot snapshot) {
    failures.set(0);
    acknowledged.tryEmitNext(snapshot.nextOffset());
  }

  /** Counts a failure; the number of those since the last checkpoint is returned. */
  int failed(Throwable error) {
    failure = error;
    return failures.incrementAndGet();
  }

  Totals totals() {
    return totals;
  }

  /** Why the partition does not move; null while it does. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** The offset below which everything is stored and counted, now and each time it grows. */
  Flux<Long> acknowledged() {
    return acknowledged.asFlux();
  }
}
