package dev.logdash.core.kit;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.EventBatch;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.LogStore;
import dev.logdash.api.store.Page;
import dev.logdash.api.store.Table;
import dev.logdash.core.memory.InMemoryLogStore;
import dev.logdash.core.query.PipedQuery;
import dev.logdash.core.query.QueryParser;
import dev.logdash.core.query.QueryPrinter;
import dev.logdash.core.table.PipedSearch;
import dev.logdash.core.table.ResultTable;
import dev.logdash.tck.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Holds a store against {@link InMemoryLogStore}: the same generated events, the same generated
 * queries, the same answers. Ends at the first difference.
 */
public final class DifferentialCheck {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int QUERIES_PER_ROUND = 250;
  private static final int EVENTS_PER_ROUND = 120;

  private static final Aggregation.Function ANY_PERCENTILE = new Aggregation.Percentile("", 0);
  private static final Aggregation.Function ANY_SUM = new Aggregation.Sum("");

  private DifferentialCheck() {}

  /**
   * What was found.
   *
   * @param pairs how many queries were answered by both
   * @param withHits how many of them had events
   * @param difference what to look at, with seed, query and event; empty if there was none
   */
  public record Report(int pairs, int withHits, String difference) {}

  /**
   * Runs queries against events of a seed.
   *
   * @param pairs how many queries; each round of 250 has new events and a new store
   * @param stores makes an empty store; it is closed afterwards
   */
  public static <S extends LogStore & LogSearch> Report run(
      long seed, int pairs, Supplier<S> stores) {
    int done = 0;
    int withHits = 0;
    for (int round = 0; done < pairs; round++) {
      long roundSeed = seed + round;
      List<LogEvent> events = new EventGenerator(roundSeed).events(EVENTS_PER_ROUND);
      QueryGenerator queries = new QueryGenerator(roundSeed, events);
      try (InMemoryLogStore oracle = new InMemoryLogStore(MutableClock.atNoon());
          S subject = stores.get()) {
        append(oracle, events);
        append(subject, events);
        awaitVisible(subject, events);
        for (int i = 0; i < QUERIES_PER_ROUND && done < pairs; i++, done++) {
          LogQuery query = queries.query();
          Page expected = get(oracle.search(query));
          String difference = compare(query, expected, oracle, subject);
          if (difference == null && i % 5 == 0) {
            difference = compare(queries.aggregation(), oracle, subject);
          }
          if (difference == null && i % 5 == 1) {
            difference = comparePiped(queries.piped(), query, oracle, subject);
          }
          if (difference != null) {
            return new Report(
                done, withHits, "seed " + roundSeed + ", query " + i + ": " + difference);
          }
          withHits += expected.events().isEmpty() ? 0 : 1;
        }
      }
    }
    return new Report(done, withHits, "");
  }

  private static void append(LogStore store, List<LogEvent> events) {
    PartitionId partition = new PartitionId("generated", 0);
    int half = events.size() / 2;
    get(store.append(new EventBatch(partition, 0, half - 1, true, events.subList(0, half))));
    get(
        store.append(
            new EventBatch(
                partition, half, events.size() - 1, true, events.subList(half, events.size()))));
  }

  private static void awaitVisible(LogSearch search, List<LogEvent> events) {
    // Indices become visible one by one.
    Map<String, Long> wanted =
        events.stream().collect(Collectors.groupingBy(LogEvent::dataset, Collectors.counting()));
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    wanted.forEach(
        (dataset, count) -> {
          LogQuery all = LogQuery.builder().dataset(dataset).build();
          while (get(search.count(all)) < count) {
            if (System.nanoTime() - deadline > 0) {
              throw new AssertionError("not all of " + wanted + " events became visible");
            }
            Thread.onSpinWait();
          }
        });
  }

  private static @Nullable String compare(
      LogQuery query, Page expected, LogSearch oracle, LogSearch subject) {
    Page actual = get(subject.search(query));
    long expectedCount = get(oracle.count(query));
    long actualCount = get(subject.count(query));
    if (actual.equals(expected) && actualCount == expectedCount) {
      return null;
    }
    return "filter "
        + query.filter()
        + "\n as text "
        + QueryPrinter.print(query.filter())
        + "\n scope "
        + query.scope()
        + "\n from "
        + query.fromNanos()
        + " to "
        + query.toNanos()
        + ' '
        + query.order()
        + " limit "
        + query.limit()
        + " after "
        + query.after()
        + "\n counts "
        + expectedCount
        + " expected, "
        + actualCount
        + " found"
        + firstDifference(expected, actual);
  }

  private static String firstDifference(Page expected, Page actual) {
    for (int i = 0; i < Math.max(expected.events().size(), actual.events().size()); i++) {
      String wanted = i < expected.events().size() ? expected.events().get(i).toString() : "none";
      String found = i < actual.events().size() ? actual.events().get(i).toString() : "none";
      boolean same =
          i < expected.events().size()
              && i < actual.events().size()
              && expected.events().get(i).equals(actual.events().get(i));
      if (!same) {
        return "\n at " + i + " expected " + wanted + "\n but found " + found;
      }
    }
    return "\n more: " + expected.more() + " expected, " + actual.more() + " found";
  }

  private static @Nullable String compare(
      Aggregation aggregation, LogSearch oracle, LogSearch subject) {
    Table expected = get(oracle.aggregate(aggregation));
    Table actual = get(subject.aggregate(aggregation));
    boolean same =
        expected.truncated() == actual.truncated()
            && expected.rows().size() == actual.rows().size();
    for (int i = 0; same && i < expected.rows().size(); i++) {
      same =
          expected.rows().get(i).key().equals(actual.rows().get(i).key())
              && areClose(
                  aggregation.functions(),
                  expected.rows().get(i).values(),
                  actual.rows().get(i).values());
    }
    return same
        ? null
        : aggregation.groups()
            + " "
            + aggregation.functions()
            + " at most "
            + aggregation.maxRows()
            + " rows of "
            + QueryPrinter.print(aggregation.query().filter())
            + "\n expected "
            + expected
            + "\n but found "
            + actual;
  }

  private static @Nullable String comparePiped(
      String text, LogQuery where, LogSearch oracle, LogSearch subject) {
    PipedQuery query = new QueryParser(MutableClock.atNoon()).parsePiped(text);
    ResultTable expected = get(PipedSearch.run(query, where, oracle));
    ResultTable actual = get(PipedSearch.run(query, where, subject));
    boolean same =
        expected.columns().equals(actual.columns())
            && expected.truncated() == actual.truncated()
            && expected.rows().size() == actual.rows().size();
    for (int i = 0; same && i < expected.rows().size(); i++) {
      for (int column = 0; same && column < expected.columns().size(); column++) {
        Object wanted = expected.rows().get(i).get(column);
        Object found = actual.rows().get(i).get(column);
        boolean sketched = expected.columns().get(column).approximate();
        same =
            wanted instanceof Double a && found instanceof Double b
                ? areClose(sketched ? ANY_PERCENTILE : ANY_SUM, a, b)
                : wanted.equals(found);
      }
    }
    return same ? null : text + "\n expected " + expected + "\n but found " + actual;
  }

  private static boolean areClose(
      List<Aggregation.Function> functions, List<Double> expected, List<Double> actual) {
    boolean close = expected.size() == actual.size();
    for (int i = 0; close && i < expected.size(); i++) {
      close = areClose(functions.get(i), expected.get(i), actual.get(i));
    }
    return close;
  }

  private static boolean areClose(Aggregation.Function function, double expected, double actual) {
    boolean sketched = function instanceof Aggregation.Percentile;
    double a = sketched ? counted(expected) : expected;
    double b = sketched ? counted(actual) : actual;
    // Doubles of very different size add up differently in another order.
    double error = sketched ? 0.01 * (1 + 1e-9) * Math.abs(a) : 1e-9 * Math.max(Math.abs(a), 1);
    return Double.compare(a, b) == 0 || Math.abs(a - b) <= error;
  }

  /** What a number counts as where percentiles are taken. */
  private static double counted(double number) {
    return Math.abs(number) < 1e-307 ? 0 : Math.max(-1e307, Math.min(1e307, number));
  }

  private static <T> T get(Mono<T> mono) {
    T value = mono.block(TIMEOUT);
    if (value == null) {
      throw new AssertionError("no answer");
    }
    return value;
  }
}
