package dev.logdash.core.table;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.memory.InMemoryLogStore;
import dev.logdash.core.query.PipedQuery;
import dev.logdash.core.query.QueryParser;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people ask of logs, each question held against plain streams over the same requests. */
class PipedSearchTest {

  private static final long MINUTE = 60 * LogEvents.SECOND;
  private static final List<Request> REQUESTS = requests();
  private static InMemoryLogStore store;

  /** A request as the test knows it; the store has it as an event. */
  private record Request(
      long seq,
      long time,
      String service,
      String level,
      long status,
      String path,
      String user,
      double duration,
      List<String> tags) {

    LogEvent event() {
      Attributes.Builder attributes =
          Attributes.builder()
              .put("http.response.status_code", status)
              .put("url.path", path)
              .put("event.duration", duration)
              .put("tags", tags);
      if (!user.isEmpty()) {
        attributes.put("user.name", user);
      }
      return LogEvents.event(seq)
          .timestampNanos(time)
          .service(service)
          .severityText(level)
          .message("GET " + path)
          .attributes(attributes.build())
          .build();
    }
  }

  private static List<Request> requests() {
    Random random = new Random(5);
    List<Request> requests = new ArrayList<>();
    for (int seq = 0; seq < 2_000; seq++) {
      boolean fails = random.nextInt(10) == 0;
      requests.add(
          new Request(
              seq,
              LogEvents.NOON + seq * LogEvents.SECOND,
              List.of("cart", "checkout", "search").get(random.nextInt(3)),
              fails ? "error" : "info",
              fails ? 500 + random.nextInt(4) : 200,
              "/p/" + (int) Math.abs(random.nextGaussian() * 8),
              random.nextInt(4) == 0 ? "" : "u" + random.nextInt(300),
              Math.exp(10 + 3 * random.nextGaussian()),
              List.of("blue", "green").subList(0, random.nextInt(3))));
    }
    return requests;
  }

  @BeforeAll
  static void fill() {
    store = new InMemoryLogStore(MutableClock.atNoon());
    store.append(LogEvents.batch(REQUESTS.stream().map(Request::event).toList())).block();
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void howManyErrorsAreThere() {
    rows("log.level:error | stats count()", List.of(List.of((double) errors().count())));
  }

  @Test
  void howManyEventsHasEachService() {
    rows(
        "| stats count() by service",
        each(by(Request::service), group -> List.of((double) group.size())));
  }

  @Test
  void whichServiceHasTheMostErrors() {
    Map.Entry<String, Long> worst =
        errors().collect(groupingBy(Request::service, counting())).entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .orElseThrow();

    rows(
        "log.level:error | stats count() by service | sort -count | limit 1",
        List.of(List.of(worst.getKey(), (double) worst.getValue())));
  }

  @Test
  void howManyErrorsInEachMinute() {
    Map<Long, Long> minutes = new TreeMap<>(errors().collect(groupingBy(this::minute, counting())));

    rows(
        "log.level:error | stats count() by bin(1m)",
        minutes.entrySet().stream()
            .map(entry -> List.<Object>of(entry.getKey(), (double) entry.getValue()))
            .toList());
  }

  @Test
  void howManyEventsOfEachServiceInEachTenMinutes() {
    Map<String, Map<Long, Long>> counts =
        new TreeMap<>(
            all()
                .collect(
                    groupingBy(
                        Request::service,
                        groupingBy(
                            one -> one.time() / (10 * MINUTE) * 10 * MINUTE,
                            TreeMap::new,
                            counting()))));
    List<List<Object>> expected = new ArrayList<>();
    counts.forEach(
        (service, times) ->
            times.forEach((time, count) -> expected.add(List.of(service, time, (double) count))));

    rows("| stats count() by service.name, bin(10m)", expected);
  }

  @Test
  void howSlowAreTheSlowestOfEachService() {
    ResultTable table = table("| stats p50(event.duration), p95(event.duration) by service");

    assertThat(table.columns().get(1).approximate()).isTrue();
    List<List<Object>> rows = table.rows();
    int row = 0;
    for (List<Request> group : by(Request::service).values()) {
      List<Double> sorted = group.stream().map(Request::duration).sorted().toList();
      isAbout(rows.get(row).get(1), sorted.get((int) (0.50 * (sorted.size() - 1))));
      isAbout(rows.get(row++).get(2), sorted.get((int) (0.95 * (sorted.size() - 1))));
    }
    assertThat(row).isEqualTo(rows.size());
  }

  @Test
  void howManyPeopleUsedEachService() {
    rows(
        "| stats distinct(user.name) as people by service",
        each(
            by(Request::service),
            group ->
                List.of(
                    (double)
                        group.stream()
                            .map(Request::user)
                            .filter(user -> !user.isEmpty())
                            .collect(toSet())
                            .size())));
  }

  @Test
  void whichPathsAreAskedForMost() {
    rows(
        "| top 5 url.path",
        all().collect(groupingBy(Request::path, counting())).entrySet().stream()
            .sorted(byCountThenName())
            .limit(5)
            .map(entry -> List.<Object>of(entry.getKey(), (double) entry.getValue()))
            .toList());
  }

  @Test
  void whichPeopleAreAskingMostLeavesOutThoseWithoutAName() {
    rows(
        "| top user.name",
        all()
            .filter(one -> !one.user().isEmpty())
            .collect(groupingBy(Request::user, counting()))
            .entrySet()
            .stream()
            .sorted(byCountThenName())
            .limit(10)
            .map(entry -> List.<Object>of(entry.getKey(), (double) entry.getValue()))
            .toList());
  }

  @Test
  void whichStatusHasWhichService() {
    rows(
        "| top 3 service, status | fields status, service",
        all()
            .collect(groupingBy(one -> List.of(one.service(), "" + one.status()), counting()))
            .entrySet()
            .stream()
            .sorted(
                Comparator.comparing((Map.Entry<List<String>, Long> entry) -> -entry.getValue())
                    .thenComparing(entry -> entry.getKey().get(0))
                    .thenComparing(entry -> entry.getKey().get(1)))
            .limit(3)
            .map(entry -> List.<Object>of(entry.getKey().get(1), entry.getKey().get(0)))
            .toList());
  }

  @Test
  void howLongDoesEachStatusTakeOnAverage() {
    Map<Long, Double> means =
        new TreeMap<>(
            all().collect(groupingBy(Request::status, averagingDouble(Request::duration))));
    List<List<Object>> rows = table("| stats avg(event.duration) by status | sort status").rows();

    assertThat(rows.stream().map(row -> Long.valueOf((String) row.get(0))).toList())
        .isEqualTo(List.copyOf(means.keySet()));
    for (List<Object> row : rows) {
      double mean = means.get(Long.valueOf((String) row.get(0)));
      assertThat((Double) row.get(1)).isCloseTo(mean, within(1e-9 * mean));
    }
  }

  @Test
  void whatIsTheLeastAndTheMostAndTheSumOfAStatus() {
    rows(
        "| stats min(status), max(status), sum(status) by service",
        each(
            by(Request::service),
            group ->
                List.of(
                    group.stream().mapToDouble(Request::status).min().orElseThrow(),
                    group.stream().mapToDouble(Request::status).max().orElseThrow(),
                    (double) group.stream().collect(summingLong(Request::status)))));
  }

  @Test
  void whichGroupsHaveNoValueAtAll() {
    rows(
        "| stats count() by user.name | sort user.name desc | limit 1",
        List.of(
            all().collect(groupingBy(Request::user, counting())).entrySet().stream()
                .filter(entry -> !entry.getKey().isEmpty())
                .max(Map.Entry.comparingByKey())
                .map(entry -> List.<Object>of(entry.getKey(), (double) entry.getValue()))
                .orElseThrow()));
    assertThat(table("| stats count() by user.name | sort user.name").rows())
        .last()
        .isEqualTo(List.of("", (double) all().filter(one -> one.user().isEmpty()).count()));
  }

  @Test
  void howManyEventsHasEachElementOfAList() {
    TreeMap<String, Long> tags =
        new TreeMap<>(
            all()
                .flatMap(one -> one.tags().isEmpty() ? Stream.of("") : one.tags().stream())
                .collect(groupingBy(tag -> tag, counting())));

    rows(
        "| stats count() by tags",
        tags.entrySet().stream()
            .map(entry -> List.<Object>of(entry.getKey(), (double) entry.getValue()))
            .toList());
  }

  @Test
  void whatHappenedLast() {
    rows(
        "log.level:error | fields @timestamp, user.name, tags | limit 7",
        errors()
            .sorted(Comparator.comparing((Request one) -> -one.seq()))
            .limit(7)
            .map(one -> List.<Object>of(one.time(), one.user(), String.join(", ", one.tags())))
            .toList());
  }

  @Test
  void whichRequestsWereTheSlowest() {
    rows(
        "status:200 | sort -event.duration | limit 4 | fields url.path, event.duration",
        all()
            .filter(one -> one.status() == 200)
            .sorted(Comparator.comparing((Request one) -> -one.duration()))
            .limit(4)
            .map(one -> List.<Object>of(one.path(), one.duration()))
            .toList());
  }

  @Test
  void whichOfTheLatestWereTheSlowest() {
    rows(
        "| limit 50 | sort -event.duration | limit 3 | fields event.duration",
        all()
            .skip(REQUESTS.size() - 50)
            .sorted(Comparator.comparing((Request one) -> -one.duration()))
            .limit(3)
            .map(one -> List.<Object>of(one.duration()))
            .toList());
  }

  @Test
  void inWhichOrderDoTwoColumnsPutEvents() {
    rows(
        "log.level:error | sort service, -@timestamp | fields service.name, @timestamp",
        errors()
            .sorted(Comparator.comparing(Request::service).thenComparing(one -> -one.time()))
            .map(one -> List.<Object>of(one.service(), one.time()))
            .toList());
  }

  @Test
  void whatIsShownOfEventsWithoutAPipeThatSaysIt() {
    ResultTable table = table("service:cart | limit 2");

    assertThat(names(table)).containsExactly("@timestamp", "log.level", "service.name", "message");
    assertThat(table.rows())
        .isEqualTo(
            all()
                .filter(one -> one.service().equals("cart"))
                .sorted(Comparator.comparing((Request one) -> -one.seq()))
                .limit(2)
                .map(
                    one ->
                        List.<Object>of(
                            one.time(), one.level(), one.service(), "GET " + one.path()))
                .toList());
  }

  @Test
  void whichUsersHaveTheMostErrorsAndHowManyPathsTheyTouched() {
    Map<String, List<Request>> users =
        errors().filter(one -> !one.user().isEmpty()).collect(groupingBy(Request::user));

    rows(
        "log.level:error user.name:* | stats count() as errors, distinct(url.path) as paths"
            + " by user.name | sort errors desc, user.name | limit 12",
        users.entrySet().stream()
            .sorted(
                Comparator.comparing(
                        (Map.Entry<String, List<Request>> entry) -> -entry.getValue().size())
                    .thenComparing(Map.Entry::getKey))
            .limit(12)
            .map(
                entry ->
                    List.<Object>of(
                        entry.getKey(),
                        (double) entry.getValue().size(),
                        (double) entry.getValue().stream().map(Request::path).distinct().count()))
            .toList());
  }

  @Test
  void keepsToTheScopeAndTheSpan() {
    LogQuery where =
        LogQuery.builder()
            .scope(new Filter.Equal("service.name", "cart"))
            .between(LogEvents.NOON, LogEvents.NOON + 10 * MINUTE)
            .build();
    List<Request> seen =
        all().filter(one -> one.service().equals("cart") && one.time() < where.toNanos()).toList();

    assertThat(table("| stats count() by service", where).rows())
        .containsExactly(List.of("cart", (double) seen.size()));
    assertThat(table("| top service", where).rows())
        .containsExactly(List.of("cart", (double) seen.size()));
    assertThat(table("service:* OR * | fields event.id", where).rows()).hasSize(seen.size());
  }

  @Test
  void saysWhetherThereWasMoreThanATableIsMadeOf() {
    try (InMemoryLogStore many = new InMemoryLogStore(MutableClock.atNoon())) {
      List<LogEvent> events = new ArrayList<>();
      for (int seq = 0; seq <= PipedSearch.MAX_ROWS; seq++) {
        Attributes attributes = Attributes.builder().put("n", seq).build();
        events.add(LogEvents.event(seq).attributes(attributes).build());
      }
      many.append(LogEvents.batch(events)).block();
      LogQuery all = LogQuery.builder().build();

      ResultTable groups = table("| stats count() by n", all, many);
      ResultTable rows = table("| fields n", all, many);
      ResultTable first = table("| fields n | limit 9999", all, many);
      ResultTable top = table("| top 3 n | sort -n", all, many);

      assertThat(groups.rows()).hasSize(PipedSearch.MAX_ROWS);
      assertThat(groups.truncated()).isTrue();
      assertThat(rows.rows()).hasSize(PipedSearch.MAX_ROWS);
      assertThat(rows.truncated()).isTrue();
      assertThat(first.rows()).hasSize(9_999);
      assertThat(first.truncated()).isFalse();
      assertThat(top.rows()).hasSize(3);
      assertThat(top.truncated()).isFalse();
      ResultTable distinct = table("| stats distinct(n), count()", all, many);
      assertThat(distinct.columns().get(0).approximate()).isTrue();
      assertThat(distinct.columns().get(1).approximate()).isFalse();
    }
  }

  @Test
  void ordersNumbersBeforeTextsAndWhatIsMissingLast() {
    List<List<Object>> rows =
        Stream.of("b", 2L, "10", "", 1.5, "a", true, Double.NaN, "-3")
            .map(List::<Object>of)
            .toList();

    assertThat(RowOrder.sorted(rows, sortKeys("| stats count() | sort count")))
        .extracting(row -> row.get(0))
        .containsExactly("-3", 1.5, 2L, "10", "a", "b", true, "", Double.NaN);
    assertThat(RowOrder.sorted(rows, sortKeys("| stats count() | sort -count")))
        .extracting(row -> row.get(0))
        .containsExactly(true, "b", "a", "10", 2L, 1.5, "-3", "", Double.NaN);
  }

  private static List<PipedQuery.SortKey> sortKeys(String text) {
    return ((PipedQuery.Sort) parse(text).steps().get(0)).keys();
  }

  private static PipedQuery parse(String text) {
    return new QueryParser(MutableClock.atNoon()).parsePiped(text);
  }

  private static Stream<Request> all() {
    return REQUESTS.stream();
  }

  private static Stream<Request> errors() {
    return all().filter(one -> one.level().equals("error"));
  }

  private long minute(Request request) {
    return request.time() / MINUTE * MINUTE;
  }

  private static Map<String, List<Request>> by(Function<Request, String> key) {
    return new TreeMap<>(all().collect(groupingBy(key, mapping(one -> one, toList()))));
  }

  private static List<List<Object>> each(
      Map<String, List<Request>> groups, Function<List<Request>, List<Object>> values) {
    List<List<Object>> rows = new ArrayList<>();
    groups.forEach(
        (key, group) -> {
          List<Object> row = new ArrayList<>(List.of(key));
          row.addAll(values.apply(group));
          rows.add(row);
        });
    return rows;
  }

  private static Comparator<Map.Entry<String, Long>> byCountThenName() {
    return Comparator.comparing((Map.Entry<String, Long> entry) -> -entry.getValue())
        .thenComparing(Map.Entry::getKey);
  }

  private static void isAbout(Object actual, double exact) {
    assertThat((Double) actual).isCloseTo(exact, within(0.01 * exact));
  }

  private static List<String> names(ResultTable table) {
    return table.columns().stream().map(ResultTable.Column::name).toList();
  }

  private static void rows(String text, List<List<Object>> expected) {
    assertThat(table(text).rows()).as(text).isNotEmpty().isEqualTo(expected);
  }

  private static ResultTable table(String text) {
    return table(text, LogQuery.builder().build());
  }

  private static ResultTable table(String text, LogQuery where) {
    return table(text, where, store);
  }

  private static ResultTable table(String text, LogQuery where, InMemoryLogStore events) {
    return PipedSearch.run(parse(text), where, events)
        .blockOptional(Duration.ofSeconds(20))
        .orElseThrow();
  }
}
