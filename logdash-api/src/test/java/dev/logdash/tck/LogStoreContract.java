package dev.logdash.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.store.AppendResult;
import dev.logdash.api.store.EventBatch;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.LogStore;
import dev.logdash.api.store.Retention;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The promises of {@link LogStore}. */
public abstract class LogStoreContract<S extends LogStore & LogSearch> {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final LogQuery EVERYTHING = LogQuery.builder().limit(LogQuery.MAX_LIMIT).build();
  private static final PartitionId OTHER_PARTITION = new PartitionId("0000000000000042", 3);

  private S store;

  /** An empty store; called once for each test. */
  protected abstract S newStore(Clock clock);

  /**
   * What a new process finds after the old one died without closing the store; the same store where
   * it lives in memory only.
   */
  protected abstract S reopen(S store);

  /** How long events may take to become visible: the promised second, with room for a busy host. */
  protected Duration patience() {
    return Duration.ofSeconds(10);
  }

  @BeforeEach
  void open() {
    store = newStore(MutableClock.atNoon());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void answersEverythingWhenEmpty() {
    assertThatCode(() -> run(store.check())).doesNotThrowAnyException();
    assertThatCode(() -> run(store.flush())).doesNotThrowAnyException();
    assertThat(get(store.retain(Retention.DEFAULT))).isEmpty();
    assertThat(get(store.delete(EVERYTHING))).isZero();
    assertThat(get(store.append(LogEvents.batch()))).isEqualTo(new AppendResult(0, 0, List.of()));
    assertThat(get(store.count(EVERYTHING))).isZero();
  }

  @Test
  void doesNothingBeforeSubscription() {
    append(LogEvents.event(1).build());

    assertThat(store.append(LogEvents.batch(LogEvents.event(2).build()))).isNotNull();
    assertThat(store.delete(EVERYTHING)).isNotNull();
    append(LogEvents.event(3).build());

    assertThat(ids(eventually(2))).containsExactlyInAnyOrder(id(1), id(3));
  }

  @Test
  void givesEventsBackComplete() {
    LogEvent event =
        LogEvents.event(1)
            .traceId("4bf92f3577b34da6a3ce929d0e0e4736")
            .spanId("00f067aa0ba902b7")
            .attributes(
                Attributes.builder()
                    .put("text", "value")
                    .put("long", Long.MIN_VALUE)
                    .put("double", 0.1)
                    .put("boolean", false)
                    .put("list", List.of("b", "a", "b"))
                    .put("nothing", List.of())
                    .put("empty", "")
                    .build())
            .build();

    AppendResult result = append(event, LogEvents.event(2).build());

    assertThat(result).isEqualTo(new AppendResult(2, 0, List.of()));
    assertThat(eventually(2)).containsExactly(LogEvents.event(2).build(), event);
  }

  @Test
  void storesABatchOnceHoweverOftenItIsSent() {
    EventBatch batch = LogEvents.batch(LogEvents.burst(1, 10));

    get(store.append(batch));
    AppendResult again = get(store.append(batch));

    assertThat(again).isEqualTo(new AppendResult(0, 10, List.of()));
    assertThat(eventually(10)).hasSize(10);
  }

  @Test
  void knowsAnEventThatIsSentAgainAtAnotherOffset() {
    LogEvent first = LogEvents.event(1).build();
    LogEvent second = LogEvents.event(1).message("changed").build();

    get(store.append(new EventBatch(OTHER_PARTITION, 5, 5, true, List.of(first))));
    AppendResult again =
        get(store.append(new EventBatch(OTHER_PARTITION, 900, 900, true, List.of(second))));

    assertThat(again).isEqualTo(new AppendResult(0, 1, List.of()));
    assertThat(eventually(1)).containsExactly(first);
  }

  @Test
  void keepsTheFirstOfTwoEventsWithOneIdInABatch() {
    LogEvent first = LogEvents.event(1).build();
    LogEvent second = LogEvents.event(1).message("changed").build();

    AppendResult result =
        get(store.append(new EventBatch(OTHER_PARTITION, 1, 2, true, List.of(first, second))));

    assertThat(result).isEqualTo(new AppendResult(1, 1, List.of()));
    assertThat(eventually(1)).containsExactly(first);
  }

  @Test
  void keepsWhatWasFlushedBeforeACrash() {
    append(LogEvents.event(1).build());
    append(LogEvents.event(2).build());
    run(store.flush());

    store = reopen(store);

    assertThat(ids(eventually(2))).containsExactly(id(2), id(1));
  }

  @Test
  void knowsItsEventsAfterACrash() {
    EventBatch batch = LogEvents.batch(LogEvents.burst(1, 3));
    get(store.append(batch));
    run(store.flush());

    store = reopen(store);
    AppendResult again = get(store.append(batch));

    assertThat(again).isEqualTo(new AppendResult(0, 3, List.of()));
    assertThat(eventually(3)).hasSize(3);
  }

  @Test
  void takesAgainWhatACrashMayHaveLost() {
    append(LogEvents.event(1).build());
    run(store.flush());
    EventBatch unsafe = LogEvents.batch(LogEvents.burst(2, 3));
    get(store.append(unsafe));

    store = reopen(store);
    AppendResult again = get(store.append(unsafe));

    assertThat(again.stored() + again.duplicates()).isEqualTo(3);
    assertThat(ids(eventually(4))).containsExactly(id(4), id(3), id(2), id(1));
  }

  @Test
  void rejectsWhatItCanNeverTakeAndStoresTheRest() {
    LogEvent tooLong =
        LogEvent.builder("x".repeat(600))
            .origin(Origin.ofProducer(LogEvents.PRODUCER, 1, 2))
            .timestampNanos(LogEvents.NOON)
            .observedNanos(LogEvents.NOON)
            .build();

    AppendResult result = append(LogEvents.event(1).build(), tooLong, LogEvents.event(3).build());

    assertThat(result.stored()).isEqualTo(2);
    assertThat(result.rejected()).hasSize(1);
    assertThat(result.rejected().get(0).index()).isEqualTo(1);
    assertThat(result.rejected().get(0).reason()).isNotBlank();
    assertThat(ids(eventually(2))).containsExactly(id(3), id(1));
  }

  @Test
  void dropsDaysThatEndedLongerAgoThanTheAge() {
    append(onDay(1, 10), onDay(2, 6), onDay(3, 5), onDay(4, 0));

    List<String> dropped = get(store.retain(new Retention(Duration.ofDays(5), Long.MAX_VALUE, 0)));

    assertThat(dropped).containsExactly("logdash-default-2026.11.13", "logdash-default-2026.11.17");
    assertThat(ids(eventually(2))).containsExactly(id(4), id(3));
  }

  @Test
  void dropsTheOldestDaysFirstUntilTheBytesFit() {
    append(onDay(1, 0), onDay(2, 2), onDay(3, 1));

    List<String> dropped = get(store.retain(new Retention(Duration.ofDays(9), 1, 0)));

    assertThat(dropped).startsWith("logdash-default-2026.11.21", "logdash-default-2026.11.22");
  }

  @Test
  void neverDropsTheDayThatIsBeingWritten() {
    append(onDay(1, 0), onDay(2, 2));

    get(store.retain(new Retention(Duration.ofSeconds(1), 1, 0)));

    assertThat(ids(eventually(1))).containsExactly(id(1));
  }

  @Test
  void removesTheEventsOfAQueryForEver() {
    get(store.append(LogEvents.batch(LogEvents.burst(1, 5))));
    eventually(5);

    long removed =
        get(store.delete(filtered(new Filter.Phrase(Filter.ANY_TEXT, "order 3")).build()));
    store = reopen(store);

    assertThat(removed).isEqualTo(1);
    assertThat(ids(eventually(4))).containsExactly(id(5), id(4), id(2), id(1));
  }

  @Test
  void removesNothingOutsideTheScope() {
    append(LogEvents.event(1).service("cart").build(), LogEvents.event(2).build());
    eventually(2);

    long removed =
        get(
            store.delete(
                filtered(Filter.ALL).scope(new Filter.Equal("service.name", "cart")).build()));

    assertThat(removed).isEqualTo(1);
    assertThat(ids(eventually(1))).containsExactly(id(2));
  }

  @Test
  void canBeClosedTwiceAndThenFailsClearly() {
    append(LogEvents.event(1).build());

    store.close();

    assertThatCode(store::close).doesNotThrowAnyException();
    assertThatThrownBy(() -> get(store.append(LogEvents.batch(LogEvents.event(2).build()))))
        .isInstanceOf(BackendException.class);
  }

  @Test
  void takesBatchesOfSeveralPartitionsAtTheSameTime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int partition = 0; partition < 4; partition++) {
        PartitionId id = new PartitionId("incarnation", partition);
        long firstSeq = 1_000L * partition;
        writers.add(threads.submit(() -> appendTenBatches(id, firstSeq)));
      }
      for (Future<?> writer : writers) {
        writer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(ids(eventually(400))).doesNotHaveDuplicates().hasSize(400);
  }

  @Test
  void keepsALongMessageAndAThousandAttributes() {
    Attributes.Builder attributes = Attributes.builder();
    for (int i = 0; i < 1_000; i++) {
      attributes.put("field." + i, i % 2 == 0 ? "value " + i : Integer.toString(i));
    }
    LogEvent event =
        LogEvents.event(1).message("é".repeat(40_000)).attributes(attributes.build()).build();

    append(event);

    assertThat(eventually(1)).containsExactly(event);
  }

  @Test
  void keepsHostileStrings() {
    LogEvent event =
        LogEvents.event(1)
            .message("\u0000 ' OR 1=1 -- ${jndi:x} \\\" {}[]\r\n\t\u202e \ud83d\ude80")
            .service("../../etc/passwd")
            .source("<script>alert(1)</script>")
            .attributes(Attributes.builder().put("__proto__", "*").put("a.b..c ", "\u0000").build())
            .build();

    append(event);

    assertThat(eventually(1)).containsExactly(event);
  }

  @Test
  void keepsDatasetsApart() {
    append(LogEvents.event(1).build(), LogEvents.event(2).dataset("audit").build());

    assertThat(ids(eventually(1))).containsExactly(id(1));
    assertThat(ids(eventually(EVERYTHING.toBuilder().dataset("audit").build(), 1)))
        .containsExactly(id(2));
    assertThat(get(store.count(LogQuery.builder().dataset("none").build()))).isZero();
  }

  private void appendTenBatches(PartitionId partition, long firstSeq) {
    for (int i = 0; i < 10; i++) {
      List<LogEvent> events = LogEvents.burst(firstSeq + 10 * i, 10);
      get(store.append(new EventBatch(partition, 10 * i, 10 * i + 9, false, events)));
    }
  }

  private static LogEvent onDay(long seq, int daysAgo) {
    return LogEvents.event(seq).observedNanos(LogEvents.NOON - daysAgo * LogEvents.DAY).build();
  }

  private AppendResult append(LogEvent... events) {
    return get(store.append(LogEvents.batch(events)));
  }

  /** All events, newest first, as soon as there are so many. */
  private List<LogEvent> eventually(int count) {
    return eventually(EVERYTHING, count);
  }

  private List<LogEvent> eventually(LogQuery query, int count) {
    long deadline = System.nanoTime() + patience().toNanos();
    List<LogEvent> events = Collections.emptyList();
    do {
      events = get(store.search(query)).events();
    } while (events.size() != count && System.nanoTime() - deadline < 0);
    return events;
  }

  private static LogQuery.Builder filtered(Filter filter) {
    return LogQuery.builder().filter(filter);
  }

  private static List<String> ids(List<LogEvent> events) {
    return events.stream().map(LogEvent::id).toList();
  }

  private static String id(long seq) {
    return LogEvents.event(seq).build().id();
  }

  private static void run(Mono<Void> mono) {
    mono.block(TIMEOUT);
  }

  private static <T> T get(Mono<T> mono) {
    return mono.blockOptional(TIMEOUT).orElseThrow();
  }
}
