package dev.logdash.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Table;
import dev.logdash.core.memory.InMemoryLogStore;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which events a table costs, and that it is the same whatever it costs. */
class ElasticsearchTablesTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String DURATION = "event.duration";
  private static final List<Aggregation.Function> MEASURES =
      List.of(
          new Aggregation.Percentile(DURATION, 0.95),
          new Aggregation.Count(),
          new Aggregation.Sum(DURATION),
          new Aggregation.Min(DURATION),
          new Aggregation.Max(DURATION),
          new Aggregation.Mean(DURATION));
  private static final List<Aggregation.Group> BY_SERVICE =
      List.of(new Aggregation.ByField("service"));
  private static final long LARGEST = IndexFields.MAX_MEASURED;

  private final String prefix = TestServer.prefix();
  private final ElasticsearchLogStore store =
      TestServer.store(TestServer.url(), prefix, MutableClock.atNoon()).build();
  private final InMemoryLogStore oracle = new InMemoryLogStore(MutableClock.atNoon());
  private final List<LogEvent> events = new ArrayList<>();

  @AfterEach
  void close() {
    store.close();
    oracle.close();
  }

  @Test
  void readsNoEventForStatisticsOfDurations() {
    Random random = new Random(5);
    for (int i = 0; i < 400; i++) {
      long duration = (long) Math.exp(random.nextDouble() * Math.log(LARGEST));
      add(i, "s" + random.nextInt(3), i % 7 == 0 ? null : i % 50 == 0 ? 0 : duration);
    }
    append();

    assertSame(List.of(), MEASURES);
    assertSame(BY_SERVICE, MEASURES);
    assertSame(List.of(), List.of(new Aggregation.Mean(DURATION)));
    assertSame(BY_SERVICE, List.of(new Aggregation.Sum(DURATION)));
    assertSame(
        List.of(new Aggregation.ByTime(60 * LogEvents.SECOND), new Aggregation.ByField("service")),
        MEASURES);
    assertThat(store.statistics().scanned()).isZero();
  }

  @Test
  void readsNoEventForDifferentValuesOfFieldsWithAColumn() {
    for (int i = 0; i < 60; i++) {
      Attributes.Builder attributes = Attributes.builder().put(DURATION, i % 13);
      if (i % 3 > 0) {
        attributes.put("user.name", i % 3 == 1 ? List.of("u" + i % 11, "u" + i % 5) : List.of(""));
      }
      events.add(LogEvents.event(i).service("s" + i % 2).attributes(attributes.build()).build());
    }
    append();
    List<Aggregation.Function> functions =
        List.of(
            new Aggregation.Distinct("user.name"),
            new Aggregation.Distinct(DURATION),
            new Aggregation.Count());

    assertSame(BY_SERVICE, functions);
    assertSame(List.of(), functions);
    assertSame(List.of(new Aggregation.ByField("user.name")), functions);
    List<Aggregation.Function> all = new ArrayList<>(MEASURES);
    all.addAll(functions);
    assertSame(List.of(new Aggregation.ByField("user.name")), all);
    assertThat(store.statistics().scanned()).isZero();
  }

  @Test
  void readsTheEventsWhoseValuesHaveNoColumnAndNoOthers() {
    for (int i = 0; i < 30; i++) {
      add(i, "s" + i % 2, (long) i);
    }
    List<Object> odd =
        List.of("12", 0.5, -1L, LARGEST + 1, Long.MAX_VALUE, true, List.of("1", "2"), List.of("3"));
    odd.forEach(value -> add(events.size(), "s0", value));
    append();

    assertSame(BY_SERVICE, MEASURES);
    assertThat(store.statistics().scanned()).isEqualTo(odd.size());
    assertSame(BY_SERVICE, List.of(new Aggregation.Distinct(DURATION)));
    assertThat(store.statistics().scanned()).isEqualTo(2 * odd.size());
  }

  @Test
  void readsTheEventsOfIndicesThatWereMadeWithoutTheColumns() {
    add(0, "s0", 1L);
    store.append(LogEvents.batch(events)).block(SOON);
    String today = prefix + "logdash-default-2026.11.23";
    String mapping = TestServer.send("GET", "/" + today + "/_mapping", "");
    String former = mapping.replaceAll("\"(b1|n)_event_duration\":\\{[^}]*},", "");
    assertThat(former).doesNotContain("event_duration\":{").isNotEqualTo(mapping);
    TestServer.send("DELETE", "/_index_template/" + prefix + "logdash", "");
    TestServer.send(
        "PUT",
        "/" + prefix + "logdash-default-2026.11.22",
        former.substring(former.indexOf("{\"mappings\""), former.length() - 1));
    for (int i = 1; i < 20; i++) {
      add(i, "s" + i % 2, i % 3 == 0 ? null : (long) i);
      events.add(
          event(100 + i, "s" + i % 2, i % 4 == 0 ? null : 50L + i)
              .observedNanos(LogEvents.NOON - LogEvents.DAY)
              .build());
    }
    append();

    assertSame(BY_SERVICE, MEASURES);
    assertThat(store.statistics().scanned()).isEqualTo(15);
    LogQuery old =
        LogQuery.builder().between(LogEvents.NOON + 100 * LogEvents.SECOND, Long.MAX_VALUE).build();
    assertSame(old, BY_SERVICE, MEASURES);
    assertThat(store.statistics().scanned()).isEqualTo(30);
  }

  @Test
  void addsUpHourByHourWhereASumIsBeyondWhatADoubleHas() {
    for (int i = 0; i < 60; i++) {
      events.add(
          event(i, "s0", LARGEST - i).timestampNanos(LogEvents.NOON - i * LogEvents.HOUR).build());
    }
    append();

    assertSame(BY_SERVICE, MEASURES);
    assertSame(List.of(), List.of(new Aggregation.Mean(DURATION)));
    assertThat(store.statistics().scanned()).isZero();
  }

  @Test
  void readsTheEventsWhereASumOfAnHourIsBeyondWhatADoubleHas() {
    for (int i = 0; i < 60; i++) {
      add(i, "s0", LARGEST - i);
    }
    append();

    assertSame(BY_SERVICE, List.of(new Aggregation.Percentile(DURATION, 0.5)));
    assertThat(store.statistics().scanned()).isZero();
    assertSame(BY_SERVICE, MEASURES);
    assertThat(store.statistics().scanned()).isEqualTo(60);
  }

  private void add(long seq, String service, Object duration) {
    events.add(event(seq, service, duration).build());
  }

  private void append() {
    store.append(LogEvents.batch(events)).block(SOON);
    oracle.append(LogEvents.batch(events)).block(SOON);
    long end = System.nanoTime() + SOON.toNanos();
    while (count() < events.size() && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    assertThat(count()).isEqualTo(events.size());
  }

  private long count() {
    return store.count(LogQuery.builder().build()).blockOptional(SOON).orElseThrow();
  }

  private void assertSame(List<Aggregation.Group> groups, List<Aggregation.Function> functions) {
    assertSame(LogQuery.builder().build(), groups, functions);
  }

  private void assertSame(
      LogQuery query, List<Aggregation.Group> groups, List<Aggregation.Function> functions) {
    Aggregation aggregation = new Aggregation(query, groups, functions, Aggregation.MAX_ROWS);
    Table expected = oracle.aggregate(aggregation).blockOptional(SOON).orElseThrow();

    Table actual = store.aggregate(aggregation).blockOptional(SOON).orElseThrow();

    assertThat(actual.rows()).extracting(Table.Row::key).isEqualTo(keys(expected));
    for (int row = 0; row < expected.rows().size(); row++) {
      for (int i = 0; i < functions.size(); i++) {
        double wanted = expected.rows().get(row).values().get(i);
        double found = actual.rows().get(row).values().get(i);
        // The oracle has all numbers in order.
        if (functions.get(i) instanceof Aggregation.Percentile && !Double.isNaN(wanted)) {
          assertThat(found).isCloseTo(wanted, withinPercentage(1));
        } else {
          assertThat(found).isEqualTo(wanted);
        }
      }
    }
  }

  private static List<List<String>> keys(Table table) {
    return table.rows().stream().map(Table.Row::key).toList();
  }

  private static LogEvent.Builder event(long seq, String service, Object duration) {
    Attributes.Builder attributes = Attributes.builder();
    if (duration instanceof Long number) {
      attributes.put(DURATION, number);
    } else if (duration instanceof Double number) {
      attributes.put(DURATION, number);
    } else if (duration instanceof Boolean truth) {
      attributes.put(DURATION, truth);
    } else if (duration instanceof List<?> list) {
      attributes.put(DURATION, list.stream().map(String.class::cast).toList());
    } else if (duration instanceof String text) {
      attributes.put(DURATION, text);
    }
    return LogEvents.event(seq).service(service).attributes(attributes.build());
  }
}
