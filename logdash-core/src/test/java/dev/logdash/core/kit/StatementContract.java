package dev.logdash.core.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import dev.logdash.api.ingest.Enricher;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.LogStore;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.enrich.Enrichers;
import dev.logdash.core.query.QueryParser;
import dev.logdash.core.statement.StatementSearch;
import dev.logdash.core.statement.StatementTable;
import dev.logdash.core.statement.StatementTable.Kind;
import dev.logdash.core.statement.StatementTable.Statement;
import dev.logdash.core.template.TemplateMiner;
import dev.logdash.core.template.TemplateSummary;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What the statements of a query promise, over each store. */
public abstract class StatementContract<S extends LogStore & LogSearch> {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final LogQuery ALL = LogQuery.builder().build();

  private final Enricher forms = Enrichers.last(LogdashConfig.defaults()).get(0).enricher();
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
  void hasNothingWhenEmpty() {
    StatementTable table = statements(ALL, 10);

    assertThat(table.total()).isZero();
    assertThat(table.rows()).isEmpty();
    assertThat(table.without()).isEqualTo(new StatementTable.Unstated(0, ""));
  }

  @Test
  void tellsWhatIsBehindTheLines() {
    give(
        StatementEvents.message(1, "user ada logged in from 10.0.0.1"),
        StatementEvents.message(2, "user grace logged in from 10.0.0.2"),
        StatementEvents.message(3, "cache warmed in 12 ms"),
        LogEvents.error(4, "user edsger logged in from 10.0.0.3"));

    StatementTable table = statements(ALL, 10);

    assertThat(table.rows())
        .extracting(Statement::text, Statement::count, Statement::worst)
        .containsExactly(
            tuple("user <*> logged in from <ip>", 3L, Severity.ERROR),
            tuple("cache warmed in <num> ms", 1L, Severity.INFO));
    Statement logins = table.rows().get(0);
    assertThat(logins.forms()).isEqualTo(3);
    assertThat(logins.example()).startsWith("user ").contains(" logged in from 10.0.0.");
    assertThat(logins.lastNanos()).isEqualTo(LogEvents.NOON + 4 * LogEvents.SECOND);
  }

  @Test
  void keepsTheTemplatesThatEventsBring() {
    give(
        StatementEvents.template(1, "order 7 of ada", "order {} of {}"),
        StatementEvents.template(2, "order 8 of ken", "order {} of {}"),
        StatementEvents.message(3, "order {} of {}"));

    assertThat(statements(ALL, 10).rows())
        .extracting(Statement::kind, Statement::text, Statement::count)
        .containsExactly(
            tuple(Kind.TEMPLATE, "order {} of {}", 2L), tuple(Kind.MESSAGE, "order {} of {}", 1L));
  }

  @Test
  void knowsRequestsByTheirRoutes() {
    give(
        StatementEvents.request(1, "GET", "/users/5", "/users/{id}"),
        StatementEvents.request(2, "GET", "/users/6", "/users/{id}"),
        StatementEvents.request(3, "POST", "/users", "/users"));

    StatementTable table = statements(ALL, 10);

    assertThat(table.rows())
        .extracting(Statement::kind, Statement::text, Statement::count)
        .containsExactly(
            tuple(Kind.REQUEST, "GET /users/{id}", 2L), tuple(Kind.REQUEST, "POST /users", 1L));
    assertThat(table.without().count()).isZero();
  }

  @Test
  void countsEachEventOnceAndSelectsWhatItCounts() {
    List<LogEvent> events = StatementEvents.mixture(4_000);
    give(events.toArray(LogEvent[]::new));
    LogQuery some = parsed("NOT service:billing");

    for (LogQuery query : List.of(ALL, some)) {
      StatementTable table = statements(query, 1_000);

      assertThat(table.total()).isEqualTo(store.count(query).block(TIMEOUT));
      assertAddsUp(table);
      assertThat(table.other()).isZero();
      assertThat(table.rows()).hasSize(8);
      for (Statement row : table.rows()) {
        assertSelects(query, row.filter(), row.count(), table.total());
      }
      assertThat(table.without().count()).isPositive();
      assertSelects(query, table.without().filter(), table.without().count(), table.total());
    }
  }

  @Test
  void minesWhatTheCommandMines() {
    List<LogEvent> events = StatementEvents.mixture(3_000);
    give(events.toArray(LogEvent[]::new));
    TemplateMiner miner = new TemplateMiner();
    events.stream()
        .filter(event -> event.attributes().get("log.template") == null)
        .filter(event -> event.attributes().get(EcsFields.HTTP_ROUTE) == null)
        .filter(event -> !event.message().isBlank())
        .forEach(event -> miner.mine(event.message()));

    assertThat(statements(ALL, 1_000).rows())
        .filteredOn(row -> row.kind() == Kind.MESSAGE)
        .extracting(row -> row.count() + " " + row.text())
        .containsExactlyInAnyOrderElementsOf(
            miner.summaries().stream().map(StatementContract::line).toList());
  }

  @Test
  void staysWithinTheScope() {
    give(
        StatementEvents.message(1, "user ada logged in").toBuilder().service("shop").build(),
        StatementEvents.message(2, "user ken logged in").toBuilder().service("billing").build(),
        StatementEvents.message(3, "invoice 7 sent").toBuilder().service("billing").build());
    LogQuery shop =
        LogQuery.builder().scope(new Filter.Equal(EcsFields.SERVICE_NAME, "shop")).build();

    StatementTable table = statements(shop, 10);

    assertThat(table.total()).isEqualTo(1);
    assertThat(table.rows())
        .extracting(Statement::text, Statement::example)
        .containsExactly(tuple("user ada logged in", "user ada logged in"));
  }

  @Test
  void countsWhatIsBehindTheLastRow() {
    give(StatementEvents.mixture(1_000).toArray(LogEvent[]::new));

    StatementTable all = statements(ALL, 1_000);
    StatementTable two = statements(ALL, 2);

    assertThat(two.rows()).isEqualTo(all.rows().subList(0, 2));
    assertThat(two.more().statements()).isEqualTo(all.rows().size() - 2);
    assertAddsUp(two);
  }

  @Test
  void countsTheFormsThatAreTooManyTogether() {
    List<LogEvent> events = new ArrayList<>();
    for (int i = 0; i < StatementSearch.MAX_FORMS + 100; i++) {
      events.add(
          StatementEvents.message(2 * i, "looked up " + StatementEvents.word(i) + " for somebody"));
    }
    for (int i = 0; i < 700; i++) {
      events.add(StatementEvents.message(2 * i + 1, "cache warmed in 12 ms"));
    }
    give(events.toArray(LogEvent[]::new));

    StatementTable table = statements(ALL, 10);

    assertThat(table.total()).isEqualTo(events.size());
    assertThat(table.other()).isEqualTo(101);
    assertAddsUp(table);
    assertThat(table.rows())
        .extracting(Statement::text, Statement::count, Statement::filter)
        .contains(tuple("looked up <*> for somebody", 1_999L, ""));
  }

  private static String line(TemplateSummary summary) {
    return summary.count() + " " + summary.template().text();
  }

  private static void assertAddsUp(StatementTable table) {
    long rows = table.rows().stream().mapToLong(Statement::count).sum();
    assertThat(rows + table.more().count() + table.without().count() + table.other())
        .isEqualTo(table.total());
  }

  private void assertSelects(LogQuery query, String filter, long count, long total) {
    assertThat(filter).isNotEmpty();
    assertThat(counted(query, filter)).as(filter).isEqualTo(count);
    assertThat(counted(query, "NOT " + filter)).as(filter).isEqualTo(total - count);
  }

  private long counted(LogQuery query, String filter) {
    Filter both = new Filter.And(List.of(query.filter(), parsed(filter).filter()));
    return get(store.count(query.toBuilder().filter(both).build()));
  }

  private static LogQuery parsed(String query) {
    return LogQuery.builder().filter(new QueryParser(MutableClock.atNoon()).parse(query)).build();
  }

  private StatementTable statements(LogQuery query, int limit) {
    return get(StatementSearch.run(query, limit, store));
  }

  private static <T> T get(Mono<T> mono) {
    T value = mono.block(TIMEOUT);
    assertThat(value).isNotNull();
    return value;
  }

  /** Appends events as the road would, and waits until they are visible. */
  private void give(LogEvent... events) {
    List<LogEvent> formed = new ArrayList<>();
    for (LogEvent event : events) {
      formed.add(forms.enrich(event));
    }
    for (int i = 0; i < formed.size(); i += 1_000) {
      get(store.append(LogEvents.batch(formed.subList(i, Math.min(formed.size(), i + 1_000)))));
    }
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (get(store.count(ALL)) < events.length && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
  }
}
