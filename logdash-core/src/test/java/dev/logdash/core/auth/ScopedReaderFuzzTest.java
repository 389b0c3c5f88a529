package dev.logdash.core.auth;

import static dev.logdash.core.auth.Access.PATIENCE;
import static dev.logdash.core.auth.Access.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.auth.Grant;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.EventBatch;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.kit.EventGenerator;
import dev.logdash.core.kit.QueryGenerator;
import dev.logdash.core.memory.InMemoryLogStore;
import dev.logdash.core.memory.InMemoryRollupStore;
import dev.logdash.core.query.FilterMatcher;
import dev.logdash.core.query.QueryParser;
import dev.logdash.core.query.QueryPrinter;
import dev.logdash.core.rollup.RollupSettings;
import dev.logdash.tck.MutableClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever somebody asks, the answer is the one they would get if nothing but the events of their
 * scope were there.
 */
class ScopedReaderFuzzTest {

  private static final int ROUNDS = 100;
  private static final int SCOPES = 10;
  private static final int QUERIES = 10;
  private static final int EVENTS = 60;
  private static final long SEED = 20_260_101;

  private final Access access = new Access();
  private int pairs;
  private int partly;
  private int found;

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void answersAsIfNothingElseWereThere() {
    String difference = differences(ROUNDS, principal -> principal);

    assertThat(difference).isEmpty();
    assertThat(pairs).isEqualTo(10_000);
    // Most scopes hide some events and not all, and many queries have hits.
    assertThat(partly).isGreaterThan(5_000);
    assertThat(found).isGreaterThan(2_000);
  }

  @Test
  void noticesAScopeThatIsNotApplied() {
    Principal all = access.principal("root", Grant.of("admin"));

    assertThat(differences(2, principal -> all)).isNotEmpty();
  }

  private String differences(int rounds, UnaryOperator<Principal> change) {
    for (int round = 0; round < rounds; round++) {
      Random random = new Random(SEED + round);
      List<LogEvent> events = new EventGenerator(SEED + round).events(EVENTS);
      QueryGenerator queries = new QueryGenerator(SEED + round, events);
      try (InMemoryLogStore store = storeOf(events)) {
        ScopedReader reader = reader(store);
        for (int i = 0; i < SCOPES; i++) {
          List<Filter> scopes = random.nextInt(3) == 0 ? two(queries) : List.of(scope(queries));
          Principal principal = change.apply(principal(scopes));
          List<LogEvent> visible = visible(events, scopes);
          try (InMemoryLogStore oracle = storeOf(visible)) {
            for (int k = 0; k < QUERIES; k++) {
              pairs++;
              partly += visible.isEmpty() || visible.size() == events.size() ? 0 : 1;
              LogEvent event = events.get(random.nextInt(events.size()));
              String difference =
                  difference(reader, oracle, principal, queries, event, visible, random);
              if (!difference.isEmpty()) {
                return "seed " + (SEED + round) + ", scope " + scopes + ": " + difference;
              }
            }
          }
        }
      }
    }
    return "";
  }

  private String difference(
      ScopedReader reader,
      InMemoryLogStore oracle,
      Principal principal,
      QueryGenerator queries,
      LogEvent event,
      List<LogEvent> visible,
      Random random) {
    LogQuery query = queries.query();
    if (!get(reader.search(principal, query)).equals(get(oracle.search(query)))) {
      return "search " + query.filter();
    }
    long count = get(oracle.count(query));
    found += count > 0 ? 1 : 0;
    if (get(reader.count(principal, query)) != count) {
      return "count " + query.filter();
    }
    Aggregation aggregation = queries.aggregation();
    if (!get(reader.aggregate(principal, aggregation)).equals(get(oracle.aggregate(aggregation)))) {
      return "aggregate " + aggregation;
    }
    LogQuery span = LogQuery.builder().dataset(event.dataset()).build();
    Optional<LogEvent> seen = reader.event(principal, event.id(), span).blockOptional(PATIENCE);
    if (!seen.equals(visible.contains(event) ? Optional.of(event) : Optional.empty())) {
      return "event " + event;
    }
    int before = random.nextInt(4);
    int after = random.nextInt(4);
    Optional<ScopedReader.Context> context =
        reader.context(principal, event.id(), span, before, after).blockOptional(PATIENCE);
    if (!context.equals(context(visible, event, before, after))) {
      return "context " + event + " but was " + context;
    }
    FilterMatcher tail = FilterMatcher.of(get(reader.tail(principal, query.filter())));
    boolean follows = visible.contains(event) && FilterMatcher.of(query.filter()).test(event);
    return tail.test(event) == follows ? "" : "tail " + event;
  }

  private static Optional<ScopedReader.Context> context(
      List<LogEvent> visible, LogEvent event, int before, int after) {
    List<LogEvent> source =
        visible.stream()
            .filter(other -> other.source().equals(event.source()))
            .filter(other -> other.dataset().equals(event.dataset()))
            .sorted(Comparator.comparing(LogEvent::orderKey))
            .toList();
    int index = source.indexOf(event);
    if (index < 0) {
      return Optional.empty();
    }
    int first = Math.max(0, index - before);
    int end = Math.min(source.size(), index + after + 1);
    return Optional.of(new ScopedReader.Context(source.subList(first, end), index - first));
  }

  private Principal principal(List<Filter> scopes) {
    List<Grant> grants = new ArrayList<>();
    for (Filter scope : scopes) {
      grants.add(new Grant("viewer", QueryPrinter.print(scope)));
    }
    return get(access.control.authorization().principal("ada", grants));
  }

  private static List<Filter> two(QueryGenerator queries) {
    return List.of(scope(queries), scope(queries));
  }

  /** A filter that can be written down as a query. */
  private static Filter scope(QueryGenerator queries) {
    Filter filter = queries.filter();
    return QueryPrinter.print(filter).length() <= QueryParser.MAX_LENGTH ? filter : Filter.ALL;
  }

  private static List<LogEvent> visible(List<LogEvent> events, List<Filter> scopes) {
    Predicate<LogEvent> any = event -> false;
    for (Filter scope : scopes) {
      any = any.or(FilterMatcher.of(scope));
    }
    return events.stream().filter(any).toList();
  }

  private static ScopedReader reader(InMemoryLogStore store) {
    return new ScopedReader(
        store, new InMemoryRollupStore(), RollupSettings.DEFAULTS.definitions());
  }

  private static InMemoryLogStore storeOf(List<LogEvent> events) {
    InMemoryLogStore store = new InMemoryLogStore(MutableClock.atNoon());
    get(store.append(new EventBatch(new PartitionId("generated", 0), 0, EVENTS, true, events)));
    return store;
  }
}
