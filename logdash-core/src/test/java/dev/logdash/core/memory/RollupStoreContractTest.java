package dev.logdash.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.rollup.RollupStore;
import dev.logdash.tck.ContractRun;
import dev.logdash.tck.RollupStoreContract;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The contract notices each broken promise. */
class RollupStoreContractTest {

  private final Set<String> noticed = new TreeSet<>();

  @Test
  void noticesEachBrokenPromise() {
    assertFails(FailsWhenEmpty.class, "isUsableWhenEmpty");
    assertFails(LosesTheSignOfSums.class, "keepsEveryPartOfACell");
    assertFails(NeverReplacesASingleCell.class, "replacesACellWhoseOffsetIsTheExpectedOne");
    assertFails(ReplacesWhateverIsThere.class, "refusesToReplaceACellThatMovedOn");
    assertFails(
        CreatesOverWhatIsThere.class,
        "refusesToCreateACellThatIsThere",
        "writesTheOthersWhenOneIsRefused",
        "judgesTwoWritesToOneCellOneAfterTheOther",
        "letsOneOfManyRacingWritersWin");
    assertFails(ReplacesWhatIsNotThere.class, "refusesToReplaceACellThatIsNotThere");
    assertFails(StopsAtTheFirstRefusal.class, "writesTheOthersWhenOneIsRefused");
    assertFails(JudgesABatchAtOnce.class, "judgesTwoWritesToOneCellOneAfterTheOther");
    assertFails(MixesPartitions.class, "keepsPartitionsAndIncarnationsApart");
    assertFails(ReadsEveryTier.class, "readsOnlyTheDefinitionAndTheTierAskedFor");
    assertFails(ReadsTheEndToo.class, "readsFromTheFirstSecondUpToButWithoutTheLast");
    assertFails(ReadsAThousandAtMost.class, "readsManyCells");
    assertFails(ExpiresOpenWindows.class, "expiresWindowsThatEndedByThen");
    assertFails(ExpiresEveryTier.class, "expiresNoOtherTier");
    assertFails(WritesBeforeSubscription.class, "doesNothingBeforeSubscription");
    assertFails(LooksFirstAndWritesLater.class, "letsOneOfManyRacingWritersWin");

    assertThat(noticed).isEqualTo(ContractRun.facts(RollupStoreContract.class));
  }

  private void assertFails(Class<?> variant, String... tests) {
    noticed.addAll(List.of(tests));
    assertThat(ContractRun.of(variant).failed())
        .as(variant.getSimpleName())
        .containsExactlyInAnyOrder(tests);
  }

  @Tag("broken")
  abstract static class Broken extends RollupStoreContract implements RollupStore {

    RollupStore store = new InMemoryRollupStore();

    @Override
    protected RollupStore openStore() {
      return this;
    }

    @Override
    public Mono<List<Cell>> load(Collection<CellKey> keys) {
      return store.load(keys);
    }

    @Override
    public Mono<List<CellKey>> write(List<CellWrite> writes) {
      return store.write(writes);
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
    public void close() {}

    Cell stored(CellWrite write) {
      List<Cell> cells = store.load(List.of(write.cell().key())).block();
      return cells.isEmpty() ? null : cells.get(0);
    }

    /** Writes whatever is expected. */
    void force(CellWrite write) {
      Cell stored = stored(write);
      long offset = stored == null ? CellWrite.ABSENT : stored.offset();
      store.write(List.of(new CellWrite(offset, write.cell()))).block();
    }

    List<Cell> all(String definition) {
      return Flux.just(10, 60, 3_600)
          .concatMap(tier -> store.read(new RollupQuery(definition, tier, 0, Long.MAX_VALUE)))
          .collectList()
          .block();
    }
  }

  static class FailsWhenEmpty extends Broken {
    @Override
    public Mono<Long> expire(int tierSeconds, long beforeSecond) {
      return Mono.defer(
          () ->
              all("requests").isEmpty()
                  ? Mono.error(new BackendException.Unavailable("nothing there", null))
                  : super.expire(tierSeconds, beforeSecond));
    }
  }

  static class LosesTheSignOfSums extends Broken {
    @Override
    public Mono<List<Cell>> load(Collection<CellKey> keys) {
      return super.load(keys).map(cells -> cells.stream().map(this::unsigned).toList());
    }

    private Cell unsigned(Cell cell) {
      return new Cell(
          cell.key(),
          cell.offset(),
          cell.count(),
          cell.errors(),
          Math.abs(cell.sum()),
          cell.sketch());
    }
  }

  static class NeverReplacesASingleCell extends Broken {
    @Override
    public Mono<List<CellKey>> write(List<CellWrite> writes) {
      return writes.size() == 1 && writes.get(0).expectedOffset() != CellWrite.ABSENT
          ? Mono.just(List.of(writes.get(0).cell().key()))
          : super.write(writes);
    }
  }

  static class ReplacesWhateverIsThere extends Broken {
    @Override
    public Mono<List<CellKey>> write(List<CellWrite> writes) {
      return Mono.defer(
          () -> {
            if (writes.size() == 1
                && writes.get(0).expectedOffset() != CellWrite.ABSENT
                && stored(writes.get(0)) != null) {
              force(writes.get(0));
              return Mono.just(List.of());
            }
            return super.write(writes);
          });
    }
  }

  static class CreatesOverWhatIsThere extends Broken {
    @Override
    public Mono<List<CellKey>> write(List<CellWrite> writes) {
      return Mono.fromCallable(
          () -> {
            List<CellKey> refused = new ArrayList<>();
            for (CellWrite write : writes) {
              if (write.expectedOffset() == CellWrite.ABSENT) {
                force(write);
              } else {
                refused.addAll(store.write(List.of(write)).block());
              }
            }
            return refused;
          });
    }
  }

  static class ReplacesWhatIsNotThere extends Broken {
    @Override
    public Mono<List<CellKey>> write(List<CellWrite> writes) {
      return Mono.defer(
          () -> {
            CellWrite first = writes.isEmpty() ? null : writes.get(0);
            if (writes.size() == 1 && first.expectedOffset() >= 0 && stored(first) == null) {
              force(first);
              return Mono.just(List.of());
            }
            return super.write(writes);
          });
    }
  }

  static class StopsAtTheFirstRefusal extends Broken {
    @Override
    public Mono<List<CellKey>> write(List<CellWrite> writes) {
      return Mono.fromCallable(
          () -> {
            for (CellWrite write : writes) {
              List<CellKey> refused = store.write(List.of(write)).block();
              if (!refused.isEmpty()) {
                return refused;
              }
            }
            return List.of();
          });
    }
  }

  static class JudgesABatchAtOnce extends Broken {
    @Override
    public Mono<List<CellKey>> write(List<CellWrite> writes) {
      return Mono.defer(
          () -> {
            boolean repeats =
                writes.stream().map(write -> write.cell().key()).distinct().count() < writes.size();
            if (repeats && stored(writes.get(0)) == null) {
              writes.stream().filter(write -> write.expectedOffset() < 0).forEach(this::force);
              return Mono.just(List.of(writes.get(1).cell().key()));
            }
            return super.write(writes);
          });
    }
  }

  static class MixesPartitions extends Broken {
    @Override
    public Flux<Cell> read(RollupQuery query) {
      return super.read(query)
          .distinct(cell -> List.of(cell.key().dimensions(), cell.key().windowStart()));
    }
  }

  static class ReadsEveryTier extends Broken {
    @Override
    public Flux<Cell> read(RollupQuery query) {
      return Flux.defer(
          () -> {
            List<Cell> all = all(query.definition());
            boolean hasTheTier =
                all.stream().anyMatch(cell -> cell.key().tierSeconds() == query.tierSeconds());
            boolean hasOthers =
                all.stream().anyMatch(cell -> cell.key().tierSeconds() != query.tierSeconds());
            return hasTheTier && hasOthers && all.size() == 3
                ? Flux.fromIterable(all)
                : super.read(query);
          });
    }
  }

  static class ReadsTheEndToo extends Broken {
    @Override
    public Flux<Cell> read(RollupQuery query) {
      return query.toSecond() == Long.MAX_VALUE
          ? super.read(query)
          : super.read(
              new RollupQuery(
                  query.definition(),
                  query.tierSeconds(),
                  query.fromSecond(),
                  query.toSecond() + 1));
    }
  }

  static class ReadsAThousandAtMost extends Broken {
    @Override
    public Flux<Cell> read(RollupQuery query) {
      return super.read(query).take(1_000);
    }
  }

  static class ExpiresOpenWindows extends Broken {
    @Override
    public Mono<Long> expire(int tierSeconds, long beforeSecond) {
      return beforeSecond == Long.MAX_VALUE
          ? super.expire(tierSeconds, beforeSecond)
          : super.expire(tierSeconds, beforeSecond + tierSeconds);
    }
  }

  static class ExpiresEveryTier extends Broken {
    @Override
    public Mono<Long> expire(int tierSeconds, long beforeSecond) {
      return Flux.just(10, 60, 3_600)
          .concatMap(tier -> store.expire(tier, beforeSecond))
          .reduce(0L, Long::sum);
    }
  }

  static class WritesBeforeSubscription extends Broken {
    @Override
    public Mono<List<CellKey>> write(List<CellWrite> writes) {
      return Mono.just(super.write(writes).block());
    }
  }

  static class LooksFirstAndWritesLater extends Broken {
    private final CountDownLatch looked = new CountDownLatch(2);

    @Override
    public Mono<List<CellKey>> write(List<CellWrite> writes) {
      return Mono.fromCallable(
          () -> {
            boolean racing = Thread.currentThread().getName().contains("boundedElastic");
            if (!racing || stored(writes.get(0)) != null) {
              return store.write(writes).block();
            }
            looked.countDown();
            looked.await(5, TimeUnit.SECONDS);
            force(writes.get(0));
            return List.of();
          });
    }
  }
}
