package dev.logdash.api.ingest;

import dev.logdash.api.event.PartitionId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A partition that this process is to read, until its batches complete. */
public interface Assignment {

  PartitionId id();

  /**
   * The batches from an offset on, in order, as many as are asked for. A record is handed out only
   * when it is as safe as the source makes it: what is made of it may become durable at once, and a
   * source that forgot it then would be given it again as a new one. Completes when the partition
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
   * Tells the source that records below an offset are not needed any more. Completes when that is
   * durable. Never moves back: a lower offset than before changes nothing. Nor does one of a
   * partition that was taken away: it completes without effect, and whoever reads the partition now
   * starts where its own snapshot stands.
   */
  Mono<Void> acknowledge(long nextOffset);
}
