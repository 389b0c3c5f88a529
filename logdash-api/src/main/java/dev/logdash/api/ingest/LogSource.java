package dev.logdash.api.ingest;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Hands records to the processor: at least once, in order within a partition, with the same offsets
 * and origins each time. Nothing happens until a publisher is subscribed. Passes {@code
 * LogSourceContract}.
 */
public interface LogSource extends AutoCloseable {

  /**
   * The partitions that this process is to read: first those it has now, then each that comes. Has
   * one subscriber at a time; completes when the source closes.
   */
  Flux<Assignment> assignments();

  /** Completes if the source can be read now; fails with the reason if not. Cheap. */
  Mono<Void> check();

  /** Completes all batches and releases what the source opened. Idempotent. */
  @Override
  void close();
}
