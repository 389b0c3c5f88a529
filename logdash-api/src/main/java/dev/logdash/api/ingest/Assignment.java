package dev.logdash.api.ingest;

import dev.logdash.api.event.PartitionId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A partition that this process is to read, until its batches complete. */
public interface Assignment {

  PartitionId id();

  /**
   * The batches from an offset on, in order, as many as are asked for. Completes when the partition
   * is taken away or the source closes; fails with a {@link dev.logdash.api.error.BackendException}
   * when reading fails. It may be subscribed again after it ended or was cancelled, but not twice
   * at a time.
   *
   * @param fromOffset the first offset wanted; an offset that is no longer kept means the earliest
   *     that is
   */
  Flux<RecordBatch> read(long fromOffset);

  /** The offset that records to come will have at least; all that are there now are below it. */
  Mono<Long> end();

  /**
   * Makes records below an offset as safe as the source ever makes them. Comes before anything made
   * of them becomes durable: a source that forgot records after their events were stored would be
   * given them again as new ones.
   */
  Mono<Void> persist(long nextOffset);

  /**
   * Tells the source that records below an offset are not needed any more. Completes when that is
   * durable. Never moves back: a lower offset than before changes nothing.
   */
  Mono<Void> acknowledge(long nextOffset);
}
