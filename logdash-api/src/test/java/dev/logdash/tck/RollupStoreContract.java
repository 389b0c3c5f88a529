package dev.logdash.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.PartitionId;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.rollup.RollupStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What every {@link RollupStore} promises. */
public abstract class RollupStoreContract {

  protected static final PartitionId LANE = new PartitionId("1f2e3d4c5b6a7988", 0);

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long WINDOW = 1_795_435_200L;

  private RollupStore store;

  /** An empty store. */
  protected abstract RollupStore openStore() throws Exception;

  @BeforeEach
  final void open() throws Exception {
    store = openStore();
  }

  @AfterEach
  final void close() {
    store.close();
  }

  @Test
  void isUsableWhenEmpty() {
    store.check().block(PATIENCE);

    assertThat(load(key("checkout"))).isEmpty();
    assertThat(read("requests", 60, 0, Long.MAX_VALUE)).isEmpty();
    assertThat(store.expire(60, WINDOW).block(PATIENCE)).isZero();
    assertThat(write()).isEmpty();
  }

  @Test
  void keepsEveryPartOfACell() {
    Cell full =
        new Cell(
            new CellKey("requests", 60, WINDOW, List.of("zażółć/日本", "", "a\0b"), LANE),
            Long.MAX_VALUE - 1,
            7,
            3,
            -12_345_678_901L,
            new byte[] {0, -1, 127, -128});
    Cell plain = new Cell(new CellKey("lines", 10, 0, List.of(), LANE), 0, 0, 0, 0, new byte[0]);

    assertThat(write(create(full), create(plain))).isEmpty();

    assertThat(load(full.key(), plain.key())).containsExactlyInAnyOrder(full, plain);
    assertThat(read("requests", 60, 0, Long.MAX_VALUE)).containsExactly(full);
  }

  @Test
  void replacesACellWhoseOffsetIsTheExpectedOne() {
    write(create(cell("checkout", 5, 1)));

    assertThat(write(new CellWrite(5, cell("checkout", 9, 4)))).isEmpty();

    assertThat(load(key("checkout"))).containsExactly(cell("checkout", 9, 4));
  }

  @Test
  void refusesToReplaceACellThatMovedOn() {
    write(create(cell("checkout", 5, 1)));

    assertThat(write(new CellWrite(4, cell("checkout", 9, 4)))).containsExactly(key("checkout"));

    assertThat(load(key("checkout"))).containsExactly(cell("checkout", 5, 1));
  }

  @Test
  void refusesToCreateACellThatIsThere() {
    write(create(cell("checkout", 5, 1)));

    assertThat(write(create(cell("checkout", 9, 4)))).containsExactly(key("checkout"));

    assertThat(load(key("checkout"))).containsExactly(cell("checkout", 5, 1));
  }

  @Test
  void refusesToReplaceACellThatIsNotThere() {
    assertThat(write(new CellWrite(5, cell("checkout", 9, 4)))).containsExactly(key("checkout"));

    assertThat(load(key("checkout"))).isEmpty();
  }

  @Test
  void writesTheOthersWhenOneIsRefused() {
    write(create(cell("b", 5, 1)));

    List<CellKey> refused =
        write(create(cell("a", 9, 4)), create(cell("b", 9, 4)), create(cell("c", 9, 4)));

    assertThat(refused).containsExactly(key("b"));
    assertThat(load(key("a"), key("b"), key("c")))
        .containsExactlyInAnyOrder(cell("a", 9, 4), cell("b", 5, 1), cell("c", 9, 4));
  }

  @Test
  void judgesTwoWritesToOneCellOneAfterTheOther() {
    List<CellKey> refused =
        write(create(cell("a", 5, 1)), new CellWrite(5, cell("a", 6, 2)), create(cell("a", 7, 3)));

    assertThat(refused).containsExactly(key("a"));
    assertThat(load(key("a"))).containsExactly(cell("a", 6, 2));
  }

  @Test
  void keepsPartitionsAndIncarnationsApart() {
    List<Cell> cells = new ArrayList<>();
    for (PartitionId partition :
        List.of(LANE, new PartitionId(LANE.incarnation(), 1), new PartitionId("other", 0))) {
      cells.add(
          new Cell(
              new CellKey("requests", 60, WINDOW, List.of("a"), partition),
              5,
              1 + cells.size(),
              0,
              0,
              new byte[0]));
    }

    assertThat(write(cells.stream().map(RollupStoreContract::create).toArray(CellWrite[]::new)))
        .isEmpty();

    assertThat(read("requests", 60, WINDOW, WINDOW + 60))
        .containsExactlyInAnyOrderElementsOf(cells);
  }

  @Test
  void readsOnlyTheDefinitionAndTheTierAskedFor() {
    Cell wanted = window("requests", 60, WINDOW);
    write(
        create(wanted),
        create(window("request", 60, WINDOW)),
        create(window("requests2", 60, WINDOW)),
        create(window("requests", 10, WINDOW)),
        create(window("requests", 3_600, WINDOW)));

    assertThat(read("requests", 60, 0, Long.MAX_VALUE)).containsExactly(wanted);
  }

  @Test
  void readsFromTheFirstSecondUpToButWithoutTheLast() {
    for (int i = 0; i < 5; i++) {
      write(create(window("requests", 60, WINDOW + 60 * i)));
    }

    assertThat(read("requests", 60, WINDOW + 60, WINDOW + 180))
        .extracting(cell -> cell.key().windowStart())
        .containsExactlyInAnyOrder(WINDOW + 60, WINDOW + 120);
  }

  @Test
  void readsManyCells() {
    List<CellWrite> writes = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      writes.add(create(cell("series-" + i, 1, i)));
    }
    write(writes.toArray(CellWrite[]::new));

    assertThat(read("requests", 60, WINDOW, WINDOW + 1)).doesNotHaveDuplicates().hasSize(3_000);
  }

  @Test
  void expiresWindowsThatEndedByThen() {
    for (int i = 0; i < 5; i++) {
      write(
          create(window("requests", 60, WINDOW + 60 * i)),
          create(window("x", 60, WINDOW + 60 * i)));
    }

    assertThat(store.expire(60, WINDOW + 120).block(PATIENCE)).isEqualTo(4);

    for (String definition : List.of("requests", "x")) {
      assertThat(read(definition, 60, 0, Long.MAX_VALUE))
          .extracting(cell -> cell.key().windowStart())
          .containsExactlyInAnyOrder(WINDOW + 120, WINDOW + 180, WINDOW + 240);
    }
  }

  @Test
  void expiresNoOtherTier() {
    write(create(window("requests", 10, WINDOW)), create(window("requests", 3_600, WINDOW)));

    assertThat(store.expire(60, Long.MAX_VALUE).block(PATIENCE)).isZero();

    assertThat(read("requests", 10, 0, Long.MAX_VALUE)).hasSize(1);
    assertThat(read("requests", 3_600, 0, Long.MAX_VALUE)).hasSize(1);
  }

  @Test
  void doesNothingBeforeSubscription() {
    Mono<List<CellKey>> writing = store.write(List.of(create(cell("a", 5, 1))));
    assertThat(load(key("a"))).isEmpty();

    writing.block(PATIENCE);
    Mono<Long> expiring = store.expire(60, Long.MAX_VALUE);
    assertThat(load(key("a"))).hasSize(1);

    assertThat(expiring.block(PATIENCE)).isEqualTo(1);
  }

  @Test
  void letsOneOfManyRacingWritersWin() {
    List<List<CellKey>> answers =
        Flux.range(1, 16)
            .flatMap(
                i ->
                    Mono.defer(() -> store.write(List.of(create(cell("a", i, i)))))
                        .subscribeOn(Schedulers.boundedElastic()),
                16)
            .collectList()
            .block(PATIENCE);

    assertThat(answers).filteredOn(List::isEmpty).hasSize(1);
    assertThat(load(key("a"))).hasSize(1);
  }

  protected static CellWrite create(Cell cell) {
    return new CellWrite(CellWrite.ABSENT, cell);
  }

  /** A cell of the series of a service, one minute wide. */
  protected static Cell cell(String service, long offset, long count) {
    return new Cell(key(service), offset, count, 1, 1_000 * count, new byte[] {(byte) count});
  }

  /** A cell of a series without dimensions. */
  protected static Cell window(String definition, int tierSeconds, long windowStart) {
    CellKey key = new CellKey(definition, tierSeconds, windowStart, List.of(), LANE);
    return new Cell(key, 5, 1, 0, 0, new byte[0]);
  }

  protected static CellKey key(String service) {
    return new CellKey("requests", 60, WINDOW, List.of(service), LANE);
  }

  private List<Cell> load(CellKey... keys) {
    return store.load(List.of(keys)).block(PATIENCE);
  }

  private List<CellKey> write(CellWrite... writes) {
    return store.write(List.of(writes)).block(PATIENCE);
  }

  private List<Cell> read(String definition, int tierSeconds, long from, long to) {
    return store
        .read(new RollupQuery(definition, tierSeconds, from, to))
        .collectList()
        .block(PATIENCE);
  }
}
