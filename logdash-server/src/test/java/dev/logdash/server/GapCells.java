package dev.logdash.server;

import dev.logdash.api.event.PartitionId;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.rollup.RollupStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The statistics, with their gaps. */
final class GapCells implements RollupStore {

  private final RollupStore store;
  private final GapWatch watch;
  private final Fault fault;
  private final Map<PartitionId, List<CellWrite>> withheld = new ConcurrentHashMap<>();

  GapCells(RollupStore store, GapWatch watch, Fault fault) {
    this.store = store;
    this.watch = watch;
    this.fault = fault;
  }

  @Override
  public Mono<List<Cell>> load(Collection<CellKey> keys) {
    Mono<List<Cell>> loaded = store.load(keys);
    return fault == Fault.CELLS_WITHOUT_GUARD ? loaded.map(GapCells::forgetful) : loaded;
  }

  @Override
  public Mono<List<CellKey>> write(List<CellWrite> writes) {
    return switch (fault) {
      case SNAPSHOT_BEFORE_CELLS -> Mono.fromSupplier(() -> withhold(writes));
      case CELLS_WITHOUT_GUARD -> overwriting(writes).flatMap(this::writeNow);
      default -> writeNow(writes);
    };
  }

  private Mono<List<CellKey>> writeNow(List<CellWrite> writes) {
    return Mono.defer(
            () -> {
              if (watch.reached(Gap.CELLS_HALF)) {
                return store
                    .write(writes.subList(0, writes.size() / 2))
                    .doOnNext(refused -> watch.stay());
              }
              return watch.during(Gap.CELLS_WRITING, store.write(writes));
            })
        .doOnNext(refused -> watch.pass(Gap.CELLS_WRITTEN));
  }

  /** Writes what was held back for a partition. */
  Mono<Void> writeWithheld(PartitionId partition) {
    return Mono.defer(
        () -> {
          List<CellWrite> writes = withheld.remove(partition);
          return writes == null ? Mono.empty() : writeNow(writes).then();
        });
  }

  private List<CellKey> withhold(List<CellWrite> writes) {
    if (!writes.isEmpty()) {
      withheld.put(writes.get(0).cell().key().partition(), writes);
    }
    return List.of();
  }

  private static List<Cell> forgetful(List<Cell> cells) {
    return cells.stream()
        .map(c -> new Cell(c.key(), CellWrite.ABSENT, c.count(), c.errors(), c.sum(), c.sketch()))
        .toList();
  }

  private Mono<List<CellWrite>> overwriting(List<CellWrite> writes) {
    return store
        .load(writes.stream().map(write -> write.cell().key()).toList())
        .map(
            stored -> {
              Map<CellKey, Long> offsets = new HashMap<>();
              stored.forEach(cell -> offsets.put(cell.key(), cell.offset()));
              List<CellWrite> changed = new ArrayList<>();
              for (CellWrite write : writes) {
                long now = offsets.getOrDefault(write.cell().key(), CellWrite.ABSENT);
                changed.add(new CellWrite(now, write.cell()));
              }
              return changed;
            });
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
