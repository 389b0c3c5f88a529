package dev.logdash.core.auth;

import static dev.logdash.core.auth.Access.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.auth.Grant;
import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.auth.Role;
import dev.logdash.api.error.AccessDeniedException;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.EventBatch;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Page;
import dev.logdash.api.store.Table;
import dev.logdash.core.kit.EventGenerator;
import dev.logdash.core.memory.InMemoryLogStore;
import dev.logdash.core.memory.InMemoryRollupStore;
import dev.logdash.core.query.FilterMatcher;
import dev.logdash.core.query.QueryParser;
import dev.logdash.core.rollup.RollupAggregator;
import dev.logdash.core.rollup.RollupDefinitions;
import dev.logdash.core.rollup.RollupSettings;
import dev.logdash.core.rollup.SeriesPoint;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class ScopedReaderTest {

  private static final PartitionId PARTITION = new PartitionId("generated", 0);
  private static final long NOON_SECOND = LogEvents.NOON / LogEvents.SECOND;

  private final Access access = new Access();
  private final InMemoryLogStore store = new InMemoryLogStore(MutableClock.atNoon());
  private final InMemoryRollupStore cells = new InMemoryRollupStore();
  private final List<LogEvent> events =
      new EventGenerator(3).events(2_000).stream().map(ScopedReaderTest::asRequest).toList();

  @AfterEach
  void close() {
    access.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "*:*",
        "service:cart",
        "service:cart OR *",
        "NOT service:checkout",
        "-service:checkout OR service:checkout",
        "service:*",
        "event.id:*",
        "(service:cart) OR (service:auth*)",
        "NOT nowhere:x",
        "message:* OR NOT message:*"
      })
  void showsNothingOutsideTheScopeWhateverIsAsked(String text) {
    storeEvents();
    Principal viewer = viewer("service:checkout");
    LogQuery query =
        LogQuery.builder()
            .filter(new QueryParser(access.clock).parse(text))
            .limit(LogQuery.MAX_LIMIT)
            .build();

    Page page = get(reader(store).search(viewer, query));

    assertThat(page.events()).allMatch(event -> event.service().equalsIgnoreCase("checkout"));
    assertThat(get(reader(store).count(viewer, query))).isEqualTo((long) page.events().size());
    Aggregation services =
        new Aggregation(
            query,
            List.of(new Aggregation.ByField("service.name")),
            List.of(new Aggregation.Count()),
            100);
    assertThat(get(reader(store).aggregate(viewer, services)).rows())
        .allMatch(row -> row.key().get(0).equalsIgnoreCase("checkout"));
  }

  @Test
  void deniesEachReadWithoutItsPermission() {
    Principal nobody = access.principal("ada");
    LogQuery query = LogQuery.builder().build();
    ScopedReader reader = reader(store);

    List<Mono<?>> reads =
        List.of(
            reader.search(nobody, query),
            reader.count(nobody, query),
            reader.aggregate(
                nobody, new Aggregation(query, List.of(), List.of(new Aggregation.Count()), 1)),
            reader.event(nobody, "x", query),
            reader.context(nobody, "x", query, 1, 1),
            reader.tail(nobody, Filter.ALL),
            reader.rollups(nobody, requests(60), "default"));

    for (Mono<?> read : reads) {
      assertThatThrownBy(() -> read.block(Access.PATIENCE))
          .isInstanceOf(AccessDeniedException.class);
    }
    assertThatThrownBy(() -> reader.cacheKey(nobody, Permission.SEARCH))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void usesTheScopeOfThePermissionThatTheReadNeeds() {
    storeEvents();
    access
        .control
        .authorization()
        .putRole(access.root, new Role("follower", Set.of(Permission.TAIL)))
        .block(Access.PATIENCE);
    Principal ada =
        access.principal("ada", new Grant("viewer", "service:checkout"), Grant.of("follower"));
    ScopedReader reader = reader(store);

    assertThat(get(reader.tail(ada, Filter.ALL))).isEqualTo(Filter.ALL);
    assertThat(get(reader.search(ada, LogQuery.builder().build())).events())
        .isNotEmpty()
        .allMatch(event -> event.service().equalsIgnoreCase("checkout"));
  }

  @Test
  void takesNoOtherSourceForANeighbourThoughItsNameDiffersInCaseAlone() {
    List<LogEvent> lines = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      lines.add(
          LogEvent.builder("line" + i)
              .timestampNanos(LogEvents.NOON + i)
              .observedNanos(LogEvents.NOON)
              .source(i % 400 == 0 ? "app.log" : "App.log")
              .build());
    }
    get(store.append(new EventBatch(PARTITION, 0, lines.size(), true, lines)));

    ScopedReader.Context context =
        get(reader(store).context(viewer("*"), "line400", LogQuery.builder().build(), 3, 3));

    assertThat(context.events()).containsExactly(lines.get(0), lines.get(400), lines.get(800));
    assertThat(context.index()).isEqualTo(1);
  }

  @Test
  void keysCachedAnswersByWhatMayBeSeen() {
    ScopedReader reader = reader(store);
    String checkout = reader.cacheKey(viewer("service:checkout"), Permission.SEARCH);

    assertThat(reader.cacheKey(viewer("service:checkout "), Permission.SEARCH)).isEqualTo(checkout);
    assertThat(
            List.of(
                checkout,
                reader.cacheKey(viewer("service:cart"), Permission.SEARCH),
                reader.cacheKey(viewer("service:(checkout OR cart)"), Permission.SEARCH),
                reader.cacheKey(viewer("service:\"checkout, cart\""), Permission.SEARCH),
                reader.cacheKey(viewer(""), Permission.SEARCH),
                reader.cacheKey(viewer("NOT *"), Permission.SEARCH)))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "service:checkout",
        "service:(checkout OR cart)",
        "NOT service:cart",
        "service:c*",
        "NOT service:*",
        "service:checkout AND severity:>=error",
        "severity:>=error",
        "timeout",
        "NOT timeout",
        "service:checkout OR connection",
        "http.request.method:POST",
        "log.level:ERROR",
        "NOT *"
      })
  void limitsStatisticsToTheScopeWhetherOrNotTheServiceDecidesIt(String scope) {
    storeEvents();
    fold(cells, events, RollupSettings.DEFAULTS);

    assertSubset(scope);
  }

  @ParameterizedTest
  @ValueSource(strings = {"service:checkout", "NOT service:cart", "service:other", "timeout"})
  void showsNothingOfOthersInTheSeriesThatMixesThem(String scope) {
    storeEvents();
    fold(cells, events, RollupSettings.DEFAULTS.withMaxSeries(2));

    assertSubset(scope);
  }

  @Test
  void readsTheCellsAloneWhereTheServiceDecides() {
    fold(cells, events, RollupSettings.DEFAULTS);

    // The store of events is empty, so what is there comes from the cells.
    List<SeriesPoint> points =
        get(reader(store).rollups(viewer("service:checkout"), requests(60), "default"));

    assertThat(points)
        .isNotEmpty()
        .allMatch(point -> point.dimensions().get(0).equalsIgnoreCase("checkout"));
  }

  @Test
  void refusesToCountMoreEventsThanItCan() {
    fold(cells, events, RollupSettings.DEFAULTS);
    LogSearch many =
        new LogSearch() {
          @Override
          public Mono<Page> search(LogQuery query) {
            throw new AssertionError("not to be asked");
          }

          @Override
          public Mono<Long> count(LogQuery query) {
            return Mono.just(ScopedRollups.MAX_EVENTS + 1L);
          }

          @Override
          public Mono<Table> aggregate(Aggregation aggregation) {
            throw new AssertionError("not to be asked");
          }
        };

    assertThatThrownBy(() -> get(reader(many).rollups(viewer("timeout"), requests(60), "default")))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("200001")
        .hasMessageContaining("shorter time");
  }

  @Test
  void refusesStatisticsThatItDoesNotKnow() {
    RollupQuery unknown = new RollupQuery("secret", 60, 0, NOON_SECOND);

    assertThatThrownBy(
            () -> get(reader(store).rollups(viewer("service:checkout"), unknown, "default")))
        .isInstanceOf(AccessDeniedException.class);
  }

  private void assertSubset(String scope) {
    FilterMatcher matcher = FilterMatcher.of(new QueryParser(access.clock).parse(scope));
    InMemoryRollupStore oracle = new InMemoryRollupStore();
    fold(oracle, events.stream().filter(matcher).toList(), RollupSettings.DEFAULTS);
    ScopedReader reader = reader(store);
    for (String definition : List.of(RollupDefinitions.EVENTS, RollupDefinitions.REQUESTS)) {
      for (int tier : new int[] {10, 60}) {
        RollupQuery query = new RollupQuery(definition, tier, NOON_SECOND - 37, NOON_SECOND + tier);
        List<SeriesPoint> expected = SeriesPoint.merge(get(oracle.read(query).collectList()));

        assertThat(texts(get(reader.rollups(viewer(scope), query, "default"))))
            .as(definition)
            .isEqualTo(texts(expected));
      }
    }
  }

  private static List<String> texts(List<SeriesPoint> points) {
    List<String> texts = new ArrayList<>();
    for (SeriesPoint point : points) {
      texts.add(
          point.windowStart()
              + " "
              + point.dimensions()
              + " "
              + point.count()
              + " "
              + point.errors()
              + " "
              + point.sum()
              + " "
              + HexFormat.of().formatHex(point.sketch().encode()));
    }
    return texts;
  }

  /** An event of a dataset that is looked at, as often as not a request. */
  private static LogEvent asRequest(LogEvent event) {
    LogEvent.Builder request = event.toBuilder().dataset("default");
    return event.seq() % 2 == 0
        ? request.build()
        : request
            .attributes(
                event.attributes().toBuilder()
                    .put(EcsFields.HTTP_METHOD, event.seq() % 3 == 0 ? "POST" : "GET")
                    .put(EcsFields.HTTP_STATUS, 200)
                    .put(EcsFields.HTTP_ROUTE, "/r" + event.seq() % 5)
                    .put(EcsFields.DURATION, event.seq() * 1_000)
                    .build())
            .build();
  }

  private void storeEvents() {
    get(store.append(new EventBatch(PARTITION, 0, events.size(), true, events)));
  }

  private static void fold(
      InMemoryRollupStore into, List<LogEvent> events, RollupSettings settings) {
    RollupAggregator aggregator = new RollupAggregator(PARTITION, into, settings, "", 0);
    aggregator.fold(events, LongStream.range(0, events.size()).toArray()).block(Access.PATIENCE);
    assertThat(get(aggregator.write())).isTrue();
  }

  private static RollupQuery requests(int tier) {
    return new RollupQuery(RollupDefinitions.REQUESTS, tier, NOON_SECOND - 120, NOON_SECOND + 60);
  }

  private Principal viewer(String scope) {
    return access.principal("ada", new Grant("viewer", scope));
  }

  private ScopedReader reader(LogSearch search) {
    return new ScopedReader(search, cells, RollupSettings.DEFAULTS.definitions());
  }
}
