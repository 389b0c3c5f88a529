package dev.logdash.server;

import dev.logdash.api.event.PartitionId;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.rollup.RollupStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The statistics, with a kill switch at each of their gaps. */
final class DeadlyCells implements RollupStore {

  private final RollupStore store;
  private final DeadlySteps steps;
  private final Fault fault;
  private final Map<PartitionId, List<CellWrite>> withheld = new ConcurrentHashMap<>();

  DeadlyCells(RollupStore store, DeadlySteps steps, Fault fault) {
    this.store = store;
    this.steps = steps;
    this.fault = fault;
  }

  @Override
  public Mono<List<Cell>> load(Collection<CellKey> keys) {
    return store.load(keys);
  }

  @Override
  public Mono<List<CellKey>> write(List<CellWrite> writes) {
    if (fault == Fault.SNAPSHOT_BEFORE_CELLS) {
      return Mono.fromSupplier(() -> withhold(writes));
    }
    return Mono.defer(
            () -> {
              if (steps.reached(Gap.CELLS_HALF)) {
                return store
                    .write(writes.subList(0, writes.size() / 2))
                    .doOnNext(refused -> steps.die());
              }
              return steps.during(Gap.CELLS_WRITING, store.write(writes));
            })
        .doOnNext(refused -> steps.pass(Gap.CELLS_WRITTEN));
  }

  /** Writes what was held back for a partition. */
  Mono<List<CellKey>> writeWithheld(PartitionId partition) {
    return Mono.defer(
        () -> {
          List<CellWrite> writes = withheld.remove(partition);
          return writes == null ? Mono.empty() : store.write(writes);
        });
  }

  private List<CellKey> withhold(List<CellWrite> writes) {
    if (!writes.isEmpty()) {
      withheld.put(writes.get(0).cell().key().partition(), writes);
    }
    return List.of();
  }

  @Override
  public Flux<Cell> read(RollupQuery query) {
    return store.read(query);
  }

  @Override
  public Mono<Long> expire(int tierSeconds, long beforeSecond) {
    return store.expire(tierSeconds, beforeSecond);
  }

  @Override
  public Mono<Void> check() {
    return store.check();
  }

  @Override
  public void close() {
    store.close();
  }
}
