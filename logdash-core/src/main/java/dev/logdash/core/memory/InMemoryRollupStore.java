package dev.logdash.core.memory;

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
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A {@link RollupStore} on the heap, for tests and as the measure of other stores. It keeps its
 * cells as long as it lives; closing it keeps nothing.
 */
public final class InMemoryRollupStore implements RollupStore {

  private final Map<CellKey, Cell> cells = new HashMap<>();

  @Override
  public Mono<List<Cell>> load(Collection<CellKey> keys) {
    List<CellKey> wanted = List.copyOf(keys);
    return Mono.fromCallable(() -> find(wanted));
  }

  @Override
  public Mono<List<CellKey>> write(List<CellWrite> writes) {
    List<CellWrite> all = List.copyOf(writes);
    return Mono.fromCallable(() -> replace(all));
  }

  @Override
  public Flux<Cell> read(RollupQuery query) {
    return Flux.defer(() -> Flux.fromIterable(select(query)));
  }

  @Override
  public Mono<Long> expire(int tierSeconds, long beforeSecond) {
    return Mono.fromCallable(() -> remove(tierSeconds, beforeSecond));
  }

  @Override
  public Mono<Void> check() {
    return Mono.empty();
  }

  @Override
  public void close() {}

  private synchronized List<Cell> find(List<CellKey> keys) {
    List<Cell> found = new ArrayList<>();
    for (CellKey key : keys) {
      Cell cell = cells.get(key);
      if (cell != null) {
        found.add(cell);
      }
    }
    return found;
  }

  private synchronized List<CellKey> replace(List<CellWrite> writes) {
    List<CellKey> refused = new ArrayList<>();
    for (CellWrite write : writes) {
      CellKey key = write.cell().key();
      if (offsetOf(cells.get(key)) == write.expectedOffset()) {
        cells.put(key, write.cell());
      } else {
        refused.add(key);
      }
    }
    return refused;
  }

  private synchronized List<Cell> select(RollupQuery query) {
    List<Cell> found = new ArrayList<>();
    for (Cell cell : cells.values()) {
      CellKey key = cell.key();
      if (key.definition().equals(query.definition())
          && key.tierSeconds() == query.tierSeconds()
          && key.windowStart() >= query.fromSecond()
          && key.windowStart() < query.toSecond()) {
        found.add(cell);
      }
    }
    return found;
  }

  private synchronized long remove(int tierSeconds, long beforeSecond) {
    long before = cells.size();
    cells
        .keySet()
        .removeIf(
            key ->
                key.tierSeconds() == tierSeconds
                    && key.windowStart() <= beforeSecond - tierSeconds);
    return before - cells.size();
  }

  private static long offsetOf(@Nullable Cell cell) {
    return cell == null ? CellWrite.ABSENT : cell.offset();
  }
}
