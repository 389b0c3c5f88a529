package dev.logdash.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.rollup.RollupStore;
import dev.logdash.tck.RollupStoreContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class MongoRollupStoreTest extends RollupStoreContract {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestMongo mongo = TestMongo.start();
  private final MongoStorage storage = mongo.storage();

  @Override
  protected RollupStore openStore() {
    return storage.rollups();
  }

  @AfterEach
  void stop() {
    storage.close();
    mongo.close();
  }

  @Test
  void letsOneOfManyRacingReplacementsWinEvenWithTheSameContent() {
    RollupStore store = storage.rollups();
    store.write(List.of(create(cell("a", 1, 1)))).block(PATIENCE);

    List<List<CellKey>> answers =
        Flux.range(0, 16)
            .flatMap(i -> store.write(List.of(new CellWrite(1, cell("a", 2, 2)))), 16)
            .collectList()
            .block(PATIENCE);

    assertThat(answers).filteredOn(List::isEmpty).hasSize(1);
  }

  @Test
  void tellsWhichOfManyWereReplaced() {
    RollupStore store = storage.rollups();
    store
        .write(List.of(create(cell("a", 1, 1)), create(cell("b", 5, 1)), create(cell("d", 1, 1))))
        .block(PATIENCE);

    List<CellKey> refused =
        store
            .write(
                List.of(
                    new CellWrite(1, cell("a", 6, 2)),
                    new CellWrite(1, cell("b", 6, 2)),
                    new CellWrite(1, cell("c", 6, 2)),
                    create(cell("d", 6, 2)),
                    create(cell("e", 6, 2))))
            .block(PATIENCE);

    assertThat(refused).containsExactlyInAnyOrder(key("b"), key("c"), key("d"));
    assertThat(storage.statistics().refusedCells()).isEqualTo(3);
    assertThat(storage.statistics().failures()).isZero();
  }

  @Test
  void keepsTextsApartThatMongoTakesForOne() {
    RollupStore store = storage.rollups();
    List<Cell> cells =
        List.of(cell("\uD83D", 1, 1), cell("\uDE00", 1, 2), cell("\uFFFD", 1, 3), cell("?", 1, 4));

    assertThat(
            store.write(cells.stream().map(RollupStoreContract::create).toList()).block(PATIENCE))
        .isEmpty();

    assertThat(
            store
                .read(new RollupQuery("requests", 60, 0, Long.MAX_VALUE))
                .collectList()
                .block(PATIENCE))
        .containsExactlyInAnyOrderElementsOf(cells);
  }

  @Test
  void writesNothingBehindItsOwnBack() {
    Mono<List<Cell>> loading = storage.rollups().load(List.of(key("a")));

    assertThat(loading.block(PATIENCE)).isEmpty();
    assertThat(storage.rollups().load(List.of()).block(PATIENCE)).isEmpty();
  }
}
