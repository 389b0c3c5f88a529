package dev.logdash.embedded;

import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.rollup.RollupStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A {@link RollupStore} in one file of this machine, for one process. A write of many cells costs
 * one sync of the file. The file is opened by the first use; a second process, a damaged file or
 * one of a newer version is told as {@link dev.logdash.api.error.BackendException.Misconfigured}.
 */
public final class MvRollupStore implements RollupStore {

  private static final int PAGE = 1_000;
  // So many cells are removed between two looks at the clock of other writers.
  private static final int EXPIRE_AT_ONCE = 10_000;

  private final MvAccess file;
  private final Runnable leave;

  /** A store with a file of its own, which is made if it is not there. */
  public MvRollupStore(Path file) {
    this(new MvFile(file));
  }

  MvRollupStore(MvAccess file) {
    this.file = file;
    this.leave = file.use();
  }

  @Override
  public Mono<List<Cell>> load(Collection<CellKey> keys) {
    List<CellKey> wanted = List.copyOf(keys);
    return file.reading(maps -> find(maps.cells(), wanted));
  }

  @Override
  public Mono<List<CellKey>> write(List<CellWrite> writes) {
    List<CellWrite> all = List.copyOf(writes);
    return file.writing(maps -> replace(maps.cells(), all));
  }

  @Override
  public Flux<Cell> read(RollupQuery query) {
    byte[] start =
        CellCodec.lowerBound(query.definition(), query.tierSeconds(), query.fromSecond());
    byte[] end = CellCodec.lowerBound(query.definition(), query.tierSeconds(), query.toSecond());
    return file.<Slice>reading(maps -> slice(maps.cells(), start, end))
        .expand(slice -> next(slice, end))
        .concatMapIterable(Slice::cells);
  }

  @Override
  public Mono<Long> expire(int tierSeconds, long beforeSecond) {
    return file.<Integer>writing(maps -> remove(maps.cells(), tierSeconds, beforeSecond))
        .repeat()
        .takeUntil(removed -> removed < EXPIRE_AT_ONCE)
        .reduce(0L, Long::sum);
  }

  @Override
  public Mono<Void> check() {
    return file.check();
  }

  @Override
  public void close() {
    leave.run();
  }

  private Mono<Slice> next(Slice slice, byte[] end) {
    byte[] from = slice.next();
    return from == null ? Mono.empty() : file.reading(maps -> slice(maps.cells(), from, end));
  }

  /** Some cells, and the key of the one behind them. */
  private static final class Slice {
    private final List<Cell> cells = new ArrayList<>();
    private byte @Nullable [] next;

    List<Cell> cells() {
      return cells;
    }

    byte @Nullable [] next() {
      return next;
    }
  }

  private static List<Cell> find(MVMap<byte[], byte[]> cells, List<CellKey> keys) {
    List<Cell> found = new ArrayList<>();
    for (CellKey key : keys) {
      byte[] value = cells.get(CellCodec.encodeKey(key));
      if (value != null) {
        found.add(CellCodec.decode(key, value));
      }
    }
    return found;
  }

  private static List<CellKey> replace(MVMap<byte[], byte[]> cells, List<CellWrite> writes) {
    List<CellKey> refused = new ArrayList<>();
    for (CellWrite write : writes) {
      CellKey cellKey = write.cell().key();
      byte[] key = CellCodec.encodeKey(cellKey);
      byte[] stored = cells.get(key);
      long offset = stored == null ? CellWrite.ABSENT : CellCodec.offset(stored);
      if (offset == write.expectedOffset()) {
        cells.put(key, CellCodec.encodeValue(write.cell()));
      } else {
        refused.add(cellKey);
      }
    }
    return refused;
  }

  private static Slice slice(MVMap<byte[], byte[]> cells, byte[] from, byte[] end) {
    Slice slice = new Slice();
    org.h2.mvstore.Cursor<byte[], byte[]> cursor = cells.cursor(from);
    while (cursor.hasNext()) {
      byte[] key = cursor.next();
      if (java.util.Arrays.compareUnsigned(key, end) >= 0) {
        break;
      }
      if (slice.cells.size() == PAGE) {
        slice.next = key;
        break;
      }
      slice.cells.add(CellCodec.decode(CellCodec.decodeKey(key), cursor.getValue()));
    }
    return slice;
  }

  private static int remove(MVMap<byte[], byte[]> cells, int tierSeconds, long beforeSecond) {
    List<byte[]> expired = new ArrayList<>();
    byte[] first = cells.firstKey();
    while (first != null && expired.size() < EXPIRE_AT_ONCE) {
      String definition = CellCodec.decodeKey(first).definition();
      Iterator<byte[]> keys =
          cells.keyIterator(CellCodec.lowerBound(definition, tierSeconds, Long.MIN_VALUE));
      while (keys.hasNext() && expired.size() < EXPIRE_AT_ONCE) {
        byte[] bytes = keys.next();
        CellKey key = CellCodec.decodeKey(bytes);
        if (!key.definition().equals(definition)
            || key.tierSeconds() != tierSeconds
            || key.windowStart() > beforeSecond - tierSeconds) {
          break;
        }
        expired.add(bytes);
      }
      first = cells.higherKey(CellCodec.behind(definition));
    }
    expired.forEach(cells::remove);
    return expired.size();
  }
}
