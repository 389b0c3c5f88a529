package dev.logdash.core.kit;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.LogStore;
import dev.logdash.core.query.QueryParser;
import dev.logdash.core.table.PipedSearch;
import dev.logdash.core.table.ResultTable;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What people ask with several pipes, over any store, each question held against plain streams over
 * the same requests.
 *
 * @param <S> the store
 */
public abstract class PipeRecipesContract<S extends LogStore & LogSearch> {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String EXTRACT = "| extract \"user=%{who} took %{ms} ms\" ";
  private static final List<Request> REQUESTS = requests();

  private S store;

  /** An empty store; it is closed afterwards. */
  protected abstract S newStore();

  /** Waits until as many events can be found as were put in. */
  protected void awaitVisible(S filled, int events) {}

  /** A request as the test knows it; the store has it as an event. */
  private record Request(
      long seq, String service, long status, String path, String who, long ms, List<String> tags) {

    boolean says() {
      return !who.isEmpty();
    }

    boolean fails() {
      return status >= 500;
    }

    LogEvent event() {
      return LogEvents.event(seq)
          .service(service)
          .severityText(fails() ? "error" : "info")
          .message(says() ? "user=" + who + " took " + ms + " ms for " + path : "miss of " + path)
          .attributes(
              Attributes.builder()
                  .put("http.response.status_code", status)
                  .put("url.path", path)
                  .put("event.duration", ms * 1_000_000)
                  .put("failed", fails() ? 1L : 0L)
                  .put("tags", tags)
                  .build())
          .build();
    }
  }

  private static List<Request> requests() {
    Random random = new Random(11);
    List<Request> requests = new ArrayList<>();
    for (int seq = 0; seq < 3_000; seq++) {
      requests.add(
          new Request(
              seq,
              List.of("cart", "checkout", "search", "mail")
                  .get((int) Math.sqrt(random.nextInt(16))),
              random.nextInt(8) == 0 ? 500 + random.nextInt(4) : 200,
              "/p/" + (int) Math.abs(random.nextGaussian() * 8),
              random.nextInt(4) == 0 ? "" : "u" + random.nextInt(40),
              random.nextInt(900),
              List.of("blue", "green").subList(0, random.nextInt(3))));
    }
    return requests;
  }

  @BeforeEach
  void fill() {
    store = newStore();
    store.append(LogEvents.batch(REQUESTS.stream().map(Request::event).toList())).block(TIMEOUT);
    awaitVisible(store, REQUESTS.size());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whichPathsAreAskedForOften() {
    rows(
        "| stats count() by url.path | where count > 200",
        groups(Request::path, all -> all.size() > 200, all -> List.of((double) all.size())));
  }

  @Test
  void whichPathsAreOftenAndSlow() {
    ToLongFunction<Request> nanos = one -> one.ms() * 1_000_000;
    rows(
        "| stats count(), max(event.duration) as slowest by url.path"
            + " | where count:>=10 and slowest < 890ms",
        groups(
            Request::path,
            all -> all.size() >= 10 && of(all, nanos).getMax() < 890_000_000,
            all -> List.of((double) all.size(), (double) of(all, nanos).getMax())));
  }

  @Test
  void whichServiceFailsMost() {
    Map<String, List<Request>> services = by(all(), Request::service);
    rows(
        "| stats count() as n, sum(failed) as bad by service"
            + " | eval percent = 100 * bad / n | sort -percent | limit 2 | fields service, percent",
        services.entrySet().stream()
            .map(
                one ->
                    List.<Object>of(
                        one.getKey(),
                        100.0 * of(one.getValue(), this::failed).getSum() / one.getValue().size()))
            .sorted(Comparator.comparing(row -> -(Double) row.get(1)))
            .limit(2)
            .toList());
  }

  @Test
  void howLongWereTheNewestInMilliseconds() {
    rows(
        "service:cart | eval ms = event.duration / 1ms, twice = (ms + 1) * 2 - 2"
            + " | fields ms, twice | limit 20",
        newest()
            .filter(one -> one.service().equals("cart"))
            .limit(20)
            .map(one -> List.<Object>of((double) one.ms(), 2.0 * one.ms()))
            .toList());
  }

  @Test
  void howMuchDoesEachPersonAsk() {
    List<List<Object>> expected =
        groups(
            said(),
            Request::who,
            all -> true,
            all ->
                List.of(
                    (double) all.size(),
                    (double) of(all, Request::ms).getSum(),
                    (double) of(all, Request::ms).getMax()));

    rows(EXTRACT + "| where who:* | stats count(), sum(ms), max(ms) by who", expected);
    rows(
        "took | extract \"user=<who> took <ms> ms\" | stats count(), sum(ms), max(ms) by who",
        expected);
  }

  @Test
  void howSlowIsEachServiceByWhatItsMessagesSay() {
    List<List<Object>> found =
        table("| extract \"took %{NUMBER:ms} ms\" | stats avg(ms) by service").rows();

    Map<String, List<Request>> services = by(said(), Request::service);
    assertThat(found).hasSameSizeAs(services.keySet());
    for (List<Object> row : found) {
      double mean = of(services.get((String) row.get(0)), Request::ms).getAverage();
      assertThat((Double) row.get(1)).isCloseTo(mean, within(1e-9 * mean));
    }
  }

  @Test
  void whichRequestsTookLong() {
    rows(
        EXTRACT + "| where ms >= 890 | fields who, ms, service",
        newest()
            .filter(one -> one.says() && one.ms() >= 890)
            .map(one -> List.<Object>of(one.who(), "" + one.ms(), one.service()))
            .toList());
  }

  @Test
  void whoAsksMost() {
    rows(
        EXTRACT + "| top 5 who",
        said().collect(groupingBy(Request::who, counting())).entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<String, Long> one) -> -one.getValue())
                    .thenComparing(Map.Entry::getKey))
            .limit(5)
            .map(one -> List.<Object>of(one.getKey(), (double) one.getValue()))
            .toList());
  }

  @Test
  void whichLevelsHasEachService() {
    rows(
        "| uniq service, log.level",
        all()
            .map(one -> List.<Object>of(one.service(), one.fails() ? "error" : "info"))
            .distinct()
            .sorted(Comparator.comparing(Object::toString))
            .toList());
  }

  @Test
  void whoIsThere() {
    rows(
        EXTRACT + "| uniq by who",
        said().map(Request::who).distinct().sorted().map(List::<Object>of).toList());
  }

  @Test
  void howManyPeopleAreThere() {
    rows(
        EXTRACT + "| stats distinct(who), count() as n",
        List.of(
            List.of(
                (double) said().map(Request::who).distinct().count(), (double) REQUESTS.size())));
  }

  @Test
  void whichPagesAreAskedForByANumberInTheirPath() {
    Map<String, List<Request>> pages = by(all(), one -> one.path().substring(3));
    rows(
        "| extract \"/p/<page>\" from url.path | stats count() by page | where page < 5 | sort page",
        Stream.of("0", "1", "2", "3", "4")
            .map(page -> List.<Object>of(page, (double) pages.get(page).size()))
            .toList());
  }

  @Test
  void howManyErrorsHasEachServiceByAConditionInAPipe() {
    rows(
        "| where status:>=500 | where -service:mail | stats count() by service",
        groups(
            all().filter(one -> one.fails() && !one.service().equals("mail")),
            Request::service,
            all -> true,
            all -> List.of((double) all.size())));
  }

  @Test
  void howManyPathsHasEachServiceAndHowOftenIsTheMostFrequent() {
    rows(
        "| stats count() by service, url.path"
            + " | stats count() as paths, max(count) as most by service",
        groups(
            Request::service,
            all -> true,
            all -> {
              Map<String, Long> paths = all.stream().collect(groupingBy(Request::path, counting()));
              return List.of(
                  (double) paths.size(),
                  (double) paths.values().stream().mapToLong(Long::longValue).max().orElse(0));
            }));
  }

  @Test
  void howMuchTimeIsSpentInEachTenMinutes() {
    Map<Long, Long> spans =
        new TreeMap<>(said().collect(groupingBy(this::tenMinutes, summingLong(Request::ms))));
    rows(
        EXTRACT + "| stats sum(ms) by bin(10m)",
        spans.entrySet().stream()
            .map(one -> List.<Object>of(one.getKey(), (double) one.getValue()))
            .toList());
  }

  @Test
  void howManyRequestsHasEachClassOfStatus() {
    rows(
        "| eval class = (status - status % 100) / 100 | stats count() by class",
        groups(
            one -> Long.toString(one.status() / 100),
            all -> true,
            all -> List.of((double) all.size())));
  }

  @Test
  void dividesByZeroIntoNothing() {
    rows(
        "| eval x = status / failed, y = 5 % failed, z = -x | where x:* and y:0 | stats count(), min(z)",
        List.of(
            List.of(
                (double) all().filter(Request::fails).count(),
                -(double)
                    all().filter(Request::fails).mapToLong(Request::status).max().orElse(0))));
  }

  @Test
  void whichPathsBeginWithAOneOrHaveTwoDigits() {
    rows(
        "| stats count() by url.path | where url.path:/p/1* || !(url.path:/p/?)",
        groups(
            Request::path,
            all -> all.get(0).path().startsWith("/p/1") || all.get(0).path().length() > 4,
            all -> List.of((double) all.size())));
  }

  @Test
  void whichServicesAreAmongTheNewest() {
    rows(
        "| limit 100 | stats count() by service",
        groups(
            newest().limit(100),
            Request::service,
            all -> true,
            all -> List.of((double) all.size())));
  }

  @Test
  void howManyBlueRequestsSaidHowLongTheyTook() {
    rows(
        EXTRACT + "| where tags:blue and ms:* and message:took | stats count()",
        List.of(List.of((double) said().filter(one -> one.tags().contains("blue")).count())));
    rows(
        EXTRACT + "| stats count() by tags",
        List.of(
            List.of("", (double) all().filter(one -> one.tags().isEmpty()).count()),
            List.of("blue", (double) all().filter(one -> one.tags().contains("blue")).count()),
            List.of("green", (double) all().filter(one -> one.tags().contains("green")).count())));
  }

  @Test
  void howManyRequestsInTheTenMinutesFromHalfPastTwelveOn() {
    Map<Long, Long> spans = new TreeMap<>(all().collect(groupingBy(this::tenMinutes, counting())));
    rows(
        "| stats count() by bin(10m) as start | where start >= 2026-11-23T12:30",
        spans.entrySet().stream()
            .filter(one -> one.getKey() >= LogEvents.NOON + LogEvents.HOUR / 2)
            .map(one -> List.<Object>of(one.getKey(), (double) one.getValue()))
            .toList());
  }

  @Test
  void whatIsComputedFromAPercentileIsMarked() {
    ResultTable table =
        table("| stats p95(event.duration), count() | eval slow = p95 / 1ms, n = count * 1");

    assertThat(table.columns())
        .extracting(ResultTable.Column::approximate)
        .containsExactly(true, false, true, false);
    List<Long> sorted = all().map(Request::ms).sorted().toList();
    double exact = sorted.get((int) (0.95 * (sorted.size() - 1)));
    assertThat((Double) table.rows().get(0).get(2)).isCloseTo(exact, within(0.01 * exact));
  }

  private static Stream<Request> all() {
    return REQUESTS.stream();
  }

  private static Stream<Request> said() {
    return all().filter(Request::says);
  }

  private static Stream<Request> newest() {
    return all().sorted(Comparator.comparing(one -> -one.seq()));
  }

  private long failed(Request request) {
    return request.fails() ? 1 : 0;
  }

  private long tenMinutes(Request request) {
    long width = 600 * LogEvents.SECOND;
    return (LogEvents.NOON + request.seq() * LogEvents.SECOND) / width * width;
  }

  private static LongSummaryStatistics of(List<Request> requests, ToLongFunction<Request> number) {
    return requests.stream().mapToLong(number).summaryStatistics();
  }

  private static Map<String, List<Request>> by(
      Stream<Request> requests, Function<Request, String> key) {
    return requests.collect(groupingBy(key, TreeMap::new, Collectors.toList()));
  }

  private static List<List<Object>> groups(
      Function<Request, String> key,
      Function<List<Request>, Boolean> kept,
      Function<List<Request>, List<Object>> values) {
    return groups(all(), key, kept, values);
  }

  private static List<List<Object>> groups(
      Stream<Request> requests,
      Function<Request, String> key,
      Function<List<Request>, Boolean> kept,
      Function<List<Request>, List<Object>> values) {
    List<List<Object>> rows = new ArrayList<>();
    by(requests, key)
        .forEach(
            (name, group) -> {
              if (kept.apply(group)) {
                List<Object> row = new ArrayList<>(List.of(name));
                row.addAll(values.apply(group));
                rows.add(row);
              }
            });
    return rows;
  }

  private void rows(String text, List<List<Object>> expected) {
    assertThat(table(text).rows()).as(text).isNotEmpty().isEqualTo(expected);
  }

  private ResultTable table(String text) {
    ResultTable table =
        PipedSearch.run(
                new QueryParser(MutableClock.atNoon()).parsePiped(text),
                LogQuery.builder().build(),
                store)
            .blockOptional(TIMEOUT)
            .orElseThrow();
    assertThat(table.truncated()).isFalse();
    return table;
  }
}
