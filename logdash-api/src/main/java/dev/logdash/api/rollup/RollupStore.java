package dev.logdash.api.rollup;

import java.util.Collection;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps cells. A write is guarded by the offset of the stored cell, so that a replay or a process
 * that lost its partition is either right or refused. Nothing happens until subscription; failures
 * are a {@link dev.logdash.api.error.BackendException}. Passes {@code RollupStoreContract}.
 */
public interface RollupStore extends AutoCloseable {

  /** The stored cells among these keys, in any order. */
  Mono<List<Cell>> load(Collection<CellKey> keys);

  /**
   * Writes each cell whose stored offset is the expected one; durable when it completes. Cells are
   * written one by one: after a failure some may be there.
   *
   * @return the keys of the cells that were refused
   */
  Mono<List<CellKey>> write(List<CellWrite> writes);

  /** The cells of a range, in any order; readers merge those of one series and window. */
  Flux<Cell> read(RollupQuery query);

  /**
   * Removes the cells of a tier whose window ended at or before a time, in seconds since 1970.
   *
   * @return how many were removed
   */
  Mono<Long> expire(int tierSeconds, long beforeSecond);

  /** Completes if the store can serve now; fails with the reason if not. Cheap. */
  Mono<Void> check();

  /** Releases what this store opened itself. Idempotent. */
  @Override
  void close();
}
