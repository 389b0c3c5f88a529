package dev.logdash.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.rollup.RollupStore;
import dev.logdash.api.store.EventBatch;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogStore;
import dev.logdash.core.memory.InMemoryDocumentStore;
import dev.logdash.core.memory.InMemoryLogStore;
import dev.logdash.core.memory.InMemoryRollupStore;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class MigrationTest {

  private static final int EVENTS = 30_000;
  private static final Migration.Plan PLAN =
      new Migration.Plan(List.of("default"), List.of("events", "requests"), List.of(10, 60));
  private static final PartitionId LANE = new PartitionId("lane", 0);

  private final InMemoryLogStore events = new InMemoryLogStore(MutableClock.atNoon());
  private final InMemoryRollupStore rollups = new InMemoryRollupStore();
  private final InMemoryDocumentStore documents = new InMemoryDocumentStore();
  private final InMemoryLogStore newEvents = new InMemoryLogStore(MutableClock.atNoon());
  private final InMemoryRollupStore newRollups = new InMemoryRollupStore();
  private final InMemoryDocumentStore newDocuments = new InMemoryDocumentStore();

  @Test
  void movesEverythingOnce() {
    fill();

    MigrationCounts counts = migration("a", () -> false).run().block();

    assertThat(counts).isEqualTo(new MigrationCounts(EVENTS, 0, 0, 40, 600, 0));
    assertMoved();
  }

  @Test
  void movesNothingTwice() {
    fill();
    migration("a", () -> false).run().block();

    MigrationCounts again = migration("b", () -> false).run().block();

    assertThat(again).isEqualTo(new MigrationCounts(0, EVENTS, 0, 0, 0, 0));
    assertMoved();
  }

  @Test
  void bringsWhatASecondSourceHasOfEarlierTimes() {
    fill();
    migration("a", () -> false).run().block();
    InMemoryLogStore second = new InMemoryLogStore(MutableClock.atNoon());
    List<LogEvent> earlier = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      earlier.add(LogEvents.event(EVENTS + i).timestampNanos(LogEvents.NOON - 1_000 + i).build());
    }
    second.append(new EventBatch(LANE, 0, 9, false, earlier)).block();

    MigrationCounts counts =
        new Migration(
                new Migration.Side(
                    second, second, new InMemoryRollupStore(), new InMemoryDocumentStore()),
                new Migration.Side(newEvents, newEvents, newRollups, newDocuments),
                PLAN,
                "there",
                "b",
                told -> {})
            .run()
            .block();

    assertThat(counts.events()).isEqualTo(10);
  }

  @Test
  void goesOnWhereItEndedHoweverOftenItDies() {
    fill();
    int deaths = 0;
    boolean done = false;
    while (!done) {
      // A little later each time, so that every kind of call is the last one once.
      AtomicInteger calls = new AtomicInteger(17 * deaths);
      try {
        migration("run" + deaths, () -> calls.getAndDecrement() == 0).run().block();
        done = true;
      } catch (IllegalStateException death) {
        deaths++;
      }
    }

    assertThat(deaths).isGreaterThan(20);
    assertMoved();
  }

  @Test
  void leavesTheTargetItsOwnDocumentsAndNewerCells() {
    documents.put("rule/a", DocumentStore.ABSENT, "old").block();
    newDocuments.put("rule/a", DocumentStore.ABSENT, "new").block();
    rollups.write(List.of(new CellWrite(CellWrite.ABSENT, cell(0, 5)))).block();
    newRollups.write(List.of(new CellWrite(CellWrite.ABSENT, cell(0, 9)))).block();
    rollups.write(List.of(new CellWrite(CellWrite.ABSENT, cell(1, 5)))).block();
    newRollups.write(List.of(new CellWrite(CellWrite.ABSENT, cell(1, 3)))).block();

    MigrationCounts counts = migration("a", () -> false).run().block();

    assertThat(counts).isEqualTo(new MigrationCounts(0, 0, 0, 1, 0, 1));
    assertThat(newDocuments.get("rule/a").block().body()).isEqualTo("new");
    assertThat(newRollups.load(List.of(cell(0, 0).key(), cell(1, 0).key())).block())
        .extracting(Cell::offset)
        .containsExactlyInAnyOrder(9L, 5L);
  }

  @Test
  void endsWhereAnotherOneIsAtWork() {
    fill();
    Migration.Side to =
        new Migration.Side(
            newEvents,
            newEvents,
            newRollups,
            proxy(
                DocumentStore.class,
                newDocuments,
                (method, arguments) -> {
                  if (method.equals("put") && arguments[0].equals("migration/here/default")) {
                    newDocuments
                        .put("migration/here/default", (long) arguments[1], "1 1 x")
                        .block();
                  }
                }));

    assertThatThrownBy(
            () -> new Migration(side(), to, PLAN, "here", "a", counts -> {}).run().block())
        .hasMessageContaining("another migration is at work");
  }

  private void fill() {
    List<LogEvent> batch = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      batch.add(LogEvents.event(i).timestampNanos(LogEvents.NOON + i / 3).build());
    }
    events.append(new EventBatch(LANE, 0, EVENTS - 1, false, batch)).block();
    List<CellWrite> cells = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      cells.add(new CellWrite(CellWrite.ABSENT, cell(i, 100 + i)));
    }
    rollups.write(cells).block();
    for (int i = 0; i < 600; i++) {
      documents.put("user/" + i, DocumentStore.ABSENT, "body " + i).block();
    }
  }

  private void assertMoved() {
    LogQuery all = LogQuery.builder().limit(LogQuery.MAX_LIMIT).build();
    assertThat(newEvents.count(all).block()).isEqualTo(EVENTS);
    assertThat(newEvents.search(all).block().events())
        .isEqualTo(events.search(all).block().events());
    for (String definition : PLAN.definitions()) {
      for (int tier : PLAN.tiers()) {
        RollupQuery query = new RollupQuery(definition, tier, 0, Long.MAX_VALUE);
        assertThat(sorted(newRollups.read(query).collectList().block()))
            .isEqualTo(sorted(rollups.read(query).collectList().block()));
      }
    }
    assertThat(
            newDocuments
                .list("user/", "", 10_000)
                .map(document -> document.key() + document.body())
                .collectList()
                .block())
        .isEqualTo(
            documents
                .list("user/", "", 10_000)
                .map(document -> document.key() + document.body())
                .collectList()
                .block());
  }

  private static List<Cell> sorted(List<Cell> cells) {
    return cells.stream().sorted(Comparator.comparing(Cell::toString)).toList();
  }

  private static Cell cell(int number, long offset) {
    CellKey key =
        new CellKey(
            number % 2 == 0 ? "events" : "requests",
            number % 4 < 2 ? 10 : 60,
            60L * number,
            List.of("checkout", "error"),
            LANE);
    return new Cell(key, offset, number, 1, 7, new byte[] {1});
  }

  private Migration.Side side() {
    return new Migration.Side(events, events, rollups, documents);
  }

  /** A migration into stores that may fail before each call, and after it. */
  private Migration migration(String run, BooleanSupplier dies) {
    Call death =
        (method, arguments) -> {
          if (dies.getAsBoolean()) {
            throw new IllegalStateException("died");
          }
        };
    LogStore store = proxy(LogStore.class, newEvents, death);
    return new Migration(
        side(),
        new Migration.Side(
            store,
            newEvents,
            proxy(RollupStore.class, newRollups, death),
            proxy(DocumentStore.class, newDocuments, death)),
        PLAN,
        "here",
        run,
        counts -> {});
  }

  private interface Call {
    void before(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> port, T target, Call call) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              Object answer = invoke(target, method, arguments);
              return answer instanceof Mono<?> mono
                  ? Mono.defer(
                          () -> {
                            call.before(method.getName(), arguments);
                            return mono;
                          })
                      .doOnSuccess(done -> call.before("after " + method.getName(), arguments))
                  : answer;
            }));
  }

  private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
