package dev.logdash.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.OrderKey;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.LogStore;
import dev.logdash.api.store.Page;
import dev.logdash.api.store.Table;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** The promises of {@link LogSearch}. */
public abstract class LogSearchContract<S extends LogStore & LogSearch> {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Aggregation.Function COUNT = new Aggregation.Count();

  private S store;

  /** An empty store; called once for each test. */
  protected abstract S newStore(Clock clock);

  @BeforeEach
  void open() {
    store = newStore(MutableClock.atNoon());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void answersWithNothingWhenEmpty() {
    LogQuery all = LogQuery.builder().build();

    assertThat(get(store.search(all))).isEqualTo(new Page(List.of(), false));
    assertThat(get(store.count(all))).isZero();
    assertThat(table(all, "service.name").rows()).isEmpty();
    assertThat(get(store.aggregate(new Aggregation(all, List.of(), List.of(COUNT), 1))).rows())
        .containsExactly(new Table.Row(List.of(), List.of(0.0)));
  }

  @Test
  void looksWhenSubscribedNotWhenCalled() {
    Mono<Page> search = store.search(LogQuery.builder().build());

    give(LogEvents.event(1).build());

    assertThat(get(search).events()).hasSize(1);
  }

  @Test
  void showsTheNewestFirst() {
    give(LogEvents.event(2).build(), LogEvents.event(3).build(), LogEvents.event(1).build());

    assertThat(seqs(LogQuery.builder())).containsExactly(3L, 2L, 1L);
  }

  @Test
  void showsTheOldestFirstWhenAsked() {
    give(LogEvents.event(2).build(), LogEvents.event(3).build(), LogEvents.event(1).build());

    assertThat(seqs(LogQuery.builder().order(LogQuery.Order.OLDEST_FIRST)))
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void ordersEventsOfOneTimeByProducerThenSequence() {
    give(tied(9, "b"), tied(10, "b"), tied(11, "a"));

    assertThat(seqs(LogQuery.builder().order(LogQuery.Order.OLDEST_FIRST)))
        .containsExactly(11L, 9L, 10L);
    assertThat(seqs(LogQuery.builder())).containsExactly(10L, 9L, 11L);
  }

  @Test
  void includesTheFirstTimeAndExcludesTheLast() {
    give(LogEvents.burst(1, 4));
    long second = LogEvents.NOON + 2 * LogEvents.SECOND;

    assertThat(seqs(LogQuery.builder().between(second, second + LogEvents.SECOND)))
        .containsExactly(2L);
  }

  @Test
  void limitsAPageAndSaysWhetherThereIsMore() {
    give(LogEvents.burst(1, 3));

    Page two = get(store.search(LogQuery.builder().limit(2).build()));
    Page three = get(store.search(LogQuery.builder().limit(3).build()));

    assertThat(two.events()).hasSize(2);
    assertThat(two.more()).isTrue();
    assertThat(three.events()).hasSize(3);
    assertThat(three.more()).isFalse();
  }

  @Test
  void coversEverythingOncePageByPageInBothOrders() {
    List<LogEvent> events = new ArrayList<>();
    for (int seq = 100; seq < 130; seq++) {
      events.add(LogEvents.event(seq).timestampNanos(LogEvents.NOON + seq / 10).build());
    }
    give(events);

    for (LogQuery.Order order : LogQuery.Order.values()) {
      List<Long> seen = new ArrayList<>();
      OrderKey after = null;
      Page page;
      do {
        page = get(store.search(LogQuery.builder().order(order).limit(7).after(after).build()));
        page.events().forEach(event -> seen.add(event.seq()));
        after = page.events().get(page.events().size() - 1).orderKey();
      } while (page.more() && seen.size() <= 30);

      assertThat(seen).hasSize(30).doesNotHaveDuplicates();
    }
  }

  @Test
  void findsWordsWithoutRegardToCase() {
    give(LogEvents.event(1).message("Connection REFUSED").build(), LogEvents.event(2).build());

    assertThat(seqs(phrase("refused"))).containsExactly(1L);
    assertThat(seqs(phrase("CONNECTION"))).containsExactly(1L);
  }

  @Test
  void findsPhrasesInOrderWithinOneText() {
    give(
        LogEvents.event(1).message("user_id=42 logged in").build(),
        LogEvents.event(2).message("42 user_id").build(),
        LogEvents.event(3)
            .message("none")
            .attributes(Attributes.builder().put("tags", List.of("x user_id", "42 y")).build())
            .build());

    assertThat(seqs(phrase("user_id=42"))).containsExactly(1L);
    assertThat(seqs(phrase("x user_id"))).containsExactly(3L);
  }

  @Test
  void looksForWordsInEveryAttributeButTheIdOfTheForm() {
    give(
        with(1, Attributes.builder().put("log.form", "abacus")),
        with(2, Attributes.builder().put("log.format", "abacus")),
        with(3, Attributes.builder().put("log.form", List.of("abacus"))),
        LogEvents.event(4).message("abacus").build());

    assertThat(seqs(phrase("abacus"))).containsExactlyInAnyOrder(2L, 4L);
    assertThat(seqs(filter(new Filter.TokenPattern(Filter.ANY_TEXT, "abac*"))))
        .containsExactlyInAnyOrder(2L, 4L);
    assertThat(seqs(filter(new Filter.Equal("log.form", "abacus"))))
        .containsExactlyInAnyOrder(1L, 3L);
  }

  @Test
  void findsWordsOfAnyScript() {
    give(
        LogEvents.event(1).message("東京で障害").build(),
        LogEvents.event(2).message("cafe\u0301 Σίσυφος").build(),
        LogEvents.event(3).message("plain").build());

    assertThat(seqs(phrase("障害"))).containsExactly(1L);
    assertThat(seqs(phrase("caf\u00e9"))).containsExactly(2L);
    assertThat(seqs(phrase("σίσυφοσ"))).containsExactly(2L);
  }

  @Test
  void comparesNumbersByTheirValue() {
    give(
        with(1, Attributes.builder().put("n", 500)),
        with(2, Attributes.builder().put("n", 500.5)),
        with(3, Attributes.builder().put("n", (1L << 53) + 1)),
        with(4, Attributes.builder().put("n", "500")));

    assertThat(seqs(filter(new Filter.Equal("n", "500.0")))).containsExactly(1L);
    assertThat(seqs(filter(range("n", "500", "9007199254740992"))))
        .containsExactlyInAnyOrder(2L, 1L);
    assertThat(seqs(filter(new Filter.Equal("n", "9007199254740993")))).containsExactly(3L);
  }

  @Test
  void comparesWholeValuesWithoutRegardToCase() {
    give(
        with(1, Attributes.builder().put("url.path", "/API/Orders")),
        with(2, Attributes.builder().put("url.path", "/api/orders/17")));

    assertThat(seqs(filter(new Filter.Equal("url.path", "/api/ORDERS")))).containsExactly(1L);
  }

  @Test
  void matchesPatternsOfWordsAndOfValues() {
    give(
        with(1, Attributes.builder().put("url.path", "/api/orders")),
        with(2, Attributes.builder().put("url.path", "/api/carts")));

    assertThat(seqs(filter(new Filter.ValuePattern("url.path", "/api/?arts")))).containsExactly(2L);
    assertThat(seqs(filter(new Filter.TokenPattern(Filter.ANY_TEXT, "car?s")))).containsExactly(2L);
  }

  @Test
  void asksEveryFieldWhoseNameMatchesAPattern() {
    give(
        with(1, Attributes.builder().put("user.a.name", "Guest")),
        with(2, Attributes.builder().put("user.b.c.name", List.of("root", "guest"))),
        with(3, Attributes.builder().put("user.name", "guest").put("User.a.name", "guest")),
        with(4, Attributes.builder().put("user.a.size", 17).put("user.\0.name", "guest")),
        LogEvents.event(5).message("a guest").build());

    assertThat(seqs(any("user.*.name", new Filter.Equal("*", "GUEST"))))
        .containsExactlyInAnyOrder(1L, 2L);
    assertThat(seqs(any("user.?.name", new Filter.ValuePattern("*", "gu?st")))).containsExactly(1L);
    assertThat(seqs(any("user.*", range("*", "16.5", "17")))).containsExactly(4L);
    assertThat(seqs(any("*.name", range("*", "g", "gv")))).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(seqs(any("user.a.*", new Filter.Exists("*")))).containsExactlyInAnyOrder(1L, 4L);
    assertThat(seqs(any("*", new Filter.Equal("*", "guest"))))
        .containsExactlyInAnyOrder(1L, 2L, 3L, 5L);
    assertThat(seqs(any("*e*.id", new Filter.Exists("*")))).isEmpty();
  }

  @Test
  void findsWordsBetweenTwo() {
    give(
        LogEvents.event(1).message("an Apple").build(),
        LogEvents.event(2).message("the MELON").build(),
        with(3, Attributes.builder().put("tags", List.of("a zebra", "one mango"))));

    assertThat(seqs(filter(range(Filter.ANY_TEXT, "Mango", "melon"))))
        .containsExactlyInAnyOrder(2L, 3L);
    assertThat(
            seqs(
                filter(
                    new Filter.Range(
                        "message", new Filter.Bound("apple", false), Filter.Bound.NONE))))
        .containsExactlyInAnyOrder(2L, 3L);
  }

  @Test
  void findsWordsNearEachOtherInAnyOrder() {
    give(
        LogEvents.event(1).message("connection to db was refused").build(),
        LogEvents.event(2).message("refused the connection").build(),
        LogEvents.event(3).message("connection to the old db was refused").build(),
        with(4, Attributes.builder().put("tags", List.of("the connection", "refused"))),
        with(5, Attributes.builder().put("error.message", "Connection was just REFUSED")));

    assertThat(seqs(filter(new Filter.Near(Filter.ANY_TEXT, "connection refused", 3))))
        .containsExactlyInAnyOrder(1L, 2L, 5L);
    assertThat(seqs(filter(new Filter.Near("error.message", "connection refused", 2))))
        .containsExactly(5L);
  }

  @Test
  void findsWordsThatBecomeAnotherByAFewEdits() {
    give(
        LogEvents.event(1).message("Recieve failed").build(),
        LogEvents.event(2).message("receives").build(),
        LogEvents.event(3).message("retrieve").build(),
        with(4, Attributes.builder().put("user.name", "Johann").put("n", 1200)));

    assertThat(seqs(filter(new Filter.Alike(Filter.ANY_TEXT, "receive", 1))))
        .containsExactlyInAnyOrder(1L, 2L);
    assertThat(seqs(filter(new Filter.Alike("user.name", "jonan", 2)))).containsExactly(4L);
    assertThat(seqs(filter(new Filter.Alike("n", "120", 1)))).containsExactly(4L);
  }

  @Test
  void countsAnEventWithoutTheFieldAsNotEqual() {
    give(
        with(1, Attributes.builder().put("status", 200)),
        with(2, Attributes.builder().put("status", 404)),
        LogEvents.event(3).build());

    assertThat(seqs(filter(new Filter.Not(new Filter.Equal("status", "200")))))
        .containsExactlyInAnyOrder(3L, 2L);
  }

  @Test
  void findsEventsThatHaveAField() {
    give(with(1, Attributes.builder().put("status", 200)), LogEvents.event(2).build());

    assertThat(seqs(filter(new Filter.Exists("status")))).containsExactly(1L);
  }

  @Test
  void neverShowsWhatIsOutsideTheScope() {
    give(LogEvents.event(1).service("cart").build(), LogEvents.event(2).build());
    Filter foreign = new Filter.Equal("service.name", "checkout");
    LogQuery query =
        LogQuery.builder()
            .scope(new Filter.Equal("service.name", "cart"))
            .filter(new Filter.Or(List.of(new Filter.Not(foreign), foreign)))
            .build();

    assertThat(seqs(query.toBuilder())).containsExactly(1L);
    assertThat(get(store.count(query))).isEqualTo(1);
    assertThat(table(query, "service.name").rows())
        .containsExactly(new Table.Row(List.of("cart"), List.of(1.0)));
  }

  @Test
  void countsAllEventsWhateverThePage() {
    give(LogEvents.burst(1, 5));

    LogQuery query =
        LogQuery.builder().limit(1).after(LogEvents.event(2).build().orderKey()).build();

    assertThat(get(store.count(query))).isEqualTo(5);
  }

  @Test
  void groupsByFieldAndTimeSoThatSumsEqualCounts() {
    give(LogEvents.burst(1, 4));
    give(LogEvents.event(62).service("cart").build(), LogEvents.event(63).service("").build());
    long minute = 60 * LogEvents.SECOND;
    List<Aggregation.Group> groups =
        List.of(new Aggregation.ByTime(minute), new Aggregation.ByField("service.name"));

    Table table =
        get(
            store.aggregate(
                new Aggregation(LogQuery.builder().build(), groups, List.of(COUNT), 100)));

    String noon = Long.toString(LogEvents.NOON);
    String later = Long.toString(LogEvents.NOON + minute);
    assertThat(table.truncated()).isFalse();
    assertThat(table.rows())
        .containsExactly(
            new Table.Row(List.of(noon, "checkout"), List.of(4.0)),
            new Table.Row(List.of(later, ""), List.of(1.0)),
            new Table.Row(List.of(later, "cart"), List.of(1.0)));
  }

  @Test
  void keepsTheLargestGroupsWhenThereAreTooMany() {
    give(
        LogEvents.event(1).service("a").build(),
        LogEvents.event(2).service("c").build(),
        LogEvents.event(3).service("c").build(),
        LogEvents.event(4).service("b").build());

    Table table =
        get(
            store.aggregate(
                new Aggregation(
                    LogQuery.builder().build(),
                    List.of(new Aggregation.ByField("service.name")),
                    List.of(COUNT),
                    2)));

    assertThat(table.truncated()).isTrue();
    assertThat(table.rows())
        .containsExactly(
            new Table.Row(List.of("a"), List.of(1.0)), new Table.Row(List.of("c"), List.of(2.0)));
  }

  @Test
  void tellsLongGroupsWithOneBeginningApart() {
    String start = "/" + "é".repeat(2_046);
    give(
        with(1, Attributes.builder().put("url.path", start + "a").put("own", start + "a")),
        with(2, Attributes.builder().put("url.path", start + "b").put("own", start + "b")),
        with(3, Attributes.builder().put("url.path", start + "bc").put("own", start + "bc")),
        with(4, Attributes.builder().put("url.path", List.of("/", start)).put("own", "/")));

    assertThat(groups("url.path"))
        .containsExactly(
            new Table.Row(List.of("/"), List.of(1.0)),
            new Table.Row(List.of(start), List.of(1.0)),
            new Table.Row(List.of(start + "a"), List.of(1.0)),
            new Table.Row(List.of(start + "b"), List.of(2.0)));
    assertThat(groups("own"))
        .containsExactly(
            new Table.Row(List.of("/"), List.of(1.0)),
            new Table.Row(List.of(start + "a"), List.of(1.0)),
            new Table.Row(List.of(start + "b"), List.of(2.0)));
  }

  private List<Table.Row> groups(String field) {
    return get(store.aggregate(
            new Aggregation(
                LogQuery.builder().build(),
                List.of(new Aggregation.ByField(field)),
                List.of(COUNT),
                100)))
        .rows();
  }

  @Test
  void computesOverTheNumbersOfAField() {
    give(
        with(1, Attributes.builder().put("n", 5)),
        with(2, Attributes.builder().put("n", -1.5)),
        with(3, Attributes.builder().put("n", "7")));
    List<Aggregation.Function> functions =
        List.of(
            new Aggregation.Sum("n"),
            new Aggregation.Min("n"),
            new Aggregation.Max("n"),
            new Aggregation.Sum("none"),
            new Aggregation.Min("none"),
            new Aggregation.Mean("n"),
            new Aggregation.Mean("none"),
            new Aggregation.Percentile("none", 0.5));

    assertThat(values(functions))
        .containsExactly(3.5, -1.5, 5.0, 0.0, Double.NaN, 1.75, Double.NaN, Double.NaN);
  }

  @Test
  void computesPercentilesWithinOnePercentOfTheNumberAtTheirPlace() {
    List<LogEvent> events = new ArrayList<>();
    List<Double> numbers = new ArrayList<>();
    for (int seq = 1; seq <= 80; seq++) {
      double number = seq % 9 == 0 ? -seq / 8.0 : seq % 10 == 0 ? 0 : Math.pow(1.4, seq);
      boolean whole = number == Math.rint(number);
      Attributes.Builder attributes = Attributes.builder();
      events.add(
          with(seq, whole ? attributes.put("n", (long) number) : attributes.put("n", number)));
      numbers.add(number);
    }
    events.add(with(81, Attributes.builder().put("n", "7")));
    events.add(LogEvents.event(82).build());
    give(events);
    Collections.sort(numbers);

    List<Aggregation.Function> functions = new ArrayList<>();
    List<Double> shares = List.of(0.0, 0.04, 0.1, 0.17, 0.5, 0.9, 0.95, 0.999, 1.0);
    shares.forEach(share -> functions.add(new Aggregation.Percentile("n", share)));
    List<Double> values = values(functions);

    for (int i = 0; i < shares.size(); i++) {
      double exact = numbers.get((int) (shares.get(i) * (numbers.size() - 1)));
      assertThat(values.get(i))
          .as("share %s", shares.get(i))
          .isCloseTo(exact, within(Math.abs(exact) * 0.01 * (1 + 1e-9)));
    }
  }

  @Test
  void countsDifferentValuesAsGroupsTellThemApart() {
    give(
        with(1, Attributes.builder().put("n", 500).put("tags", List.of("a", "b"))),
        with(2, Attributes.builder().put("n", 500.0).put("tags", List.of("b", "c"))),
        with(3, Attributes.builder().put("n", "500").put("tags", "a")),
        with(4, Attributes.builder().put("n", "Five").put("message.id", 0.1)),
        with(5, Attributes.builder().put("n", "five").put("message.id", true)));
    give(LogEvents.event(6).service("").build());

    List<Aggregation.Function> functions =
        List.of(
            new Aggregation.Distinct("n"),
            new Aggregation.Distinct("tags"),
            new Aggregation.Distinct("message.id"),
            new Aggregation.Distinct("service"),
            new Aggregation.Distinct("@timestamp"),
            new Aggregation.Distinct("event.id"),
            new Aggregation.Distinct("message"),
            new Aggregation.Distinct("none"));

    assertThat(values(functions)).containsExactly(3.0, 3.0, 2.0, 1.0, 6.0, 6.0, 6.0, 0.0);
  }

  @Test
  void estimatesManyDifferentValuesWithinFivePercent() {
    List<LogEvent> events = new ArrayList<>();
    for (int seq = 0; seq < 60; seq++) {
      List<String> many = new ArrayList<>();
      List<String> exact = new ArrayList<>();
      for (int i = seq * 100; i < (seq + 1) * 100; i++) {
        many.add("u" + i);
        exact.add("u" + i % Aggregation.Distinct.EXACT);
      }
      events.add(with(seq, Attributes.builder().put("many", many).put("exact", exact)));
    }
    give(events);

    List<Double> values =
        values(List.of(new Aggregation.Distinct("many"), new Aggregation.Distinct("exact")));

    assertThat(values.get(0)).isCloseTo(6_000, within(300.0));
    assertThat(values.get(1)).isEqualTo(Aggregation.Distinct.EXACT);
  }

  @Test
  void staysUsableHoweverManySearchesAreCancelled() {
    give(LogEvents.event(1).build());

    for (int i = 0; i < 200; i++) {
      Neglectful subscriber = new Neglectful();
      store.search(LogQuery.builder().build()).subscribe(subscriber);
      subscriber.cancel();
    }

    assertThat(seqs(LogQuery.builder())).containsExactly(1L);
  }

  /** Subscribes and asks for nothing. */
  private static final class Neglectful extends BaseSubscriber<Page> {
    @Override
    protected void hookOnSubscribe(Subscription subscription) {}

    @Override
    protected void hookOnError(Throwable error) {}
  }

  private void give(LogEvent... events) {
    give(List.of(events));
  }

  /** Appends events and waits until they are visible; they have the promised second. */
  private void give(List<LogEvent> events) {
    LogQuery all = LogQuery.builder().build();
    long before = get(store.count(all));
    get(store.append(LogEvents.batch(events)));
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (get(store.count(all)) < before + events.size() && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
  }

  private static LogEvent tied(long seq, String producer) {
    return LogEvents.event(seq).timestampNanos(LogEvents.NOON).producer(producer).build();
  }

  private static LogEvent with(long seq, Attributes.Builder attributes) {
    return LogEvents.event(seq).attributes(attributes.build()).build();
  }

  private static LogQuery.Builder filter(Filter filter) {
    return LogQuery.builder().filter(filter);
  }

  private static LogQuery.Builder phrase(String text) {
    return filter(new Filter.Phrase(Filter.ANY_TEXT, text));
  }

  private static LogQuery.Builder any(String names, Filter clause) {
    return filter(new Filter.AnyField(names, clause));
  }

  private static Filter range(String field, String from, String to) {
    return new Filter.Range(field, new Filter.Bound(from, true), new Filter.Bound(to, true));
  }

  private List<Long> seqs(LogQuery.Builder query) {
    return get(store.search(query.build())).events().stream().map(LogEvent::seq).toList();
  }

  private Table table(LogQuery query, String field) {
    return get(
        store.aggregate(
            new Aggregation(query, List.of(new Aggregation.ByField(field)), List.of(COUNT), 100)));
  }

  /** Of all events. */
  private List<Double> values(List<Aggregation.Function> functions) {
    LogQuery all = LogQuery.builder().build();
    return get(store.aggregate(new Aggregation(all, List.of(), functions, 1)))
        .rows()
        .get(0)
        .values();
  }

  private static <T> T get(Mono<T> mono) {
    return mono.blockOptional(TIMEOUT).orElseThrow();
  }
}
