package dev.logdash.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.AppendResult;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Retention;
import dev.logdash.api.store.Table;
import dev.logdash.core.text.Tokenizer;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import dev.logdash.testing.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What the indices hold, whatever events hold, and whose they are. */
class ElasticsearchIndexTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String DAY = "logdash-default-2026.11.23";

  private final String prefix = TestServer.prefix();
  private final ElasticsearchLogStore store =
      TestServer.store(TestServer.url(), prefix, MutableClock.atNoon()).build();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void growsNoFieldHoweverManyNamesEventsHave() {
    List<LogEvent> events = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Attributes.Builder attributes = Attributes.builder();
      for (int j = 0; j < 1_000; j++) {
        attributes.put("name." + i + "." + j, j);
      }
      events.add(LogEvents.event(i).attributes(attributes.build()).build());
    }
    append(events.subList(0, 1));
    String before = TestServer.send("GET", "/" + prefix + DAY + "/_mapping", "");

    assertThat(append(events.subList(1, 100)).stored()).isEqualTo(99);

    assertThat(TestServer.send("GET", "/" + prefix + DAY + "/_mapping", "")).isEqualTo(before);
    assertThat(eventually(new Filter.Range("name.99.500", bound("499.5"), bound("500")), 1))
        .containsExactly(events.get(99));
  }

  @Test
  void takesNamesAndValuesThatNoMappingWouldTake() {
    List<LogEvent> events = new ArrayList<>();
    events.add(with(1, Attributes.builder().put("a", "text").put("a.b", 1).put("a.b.c", true)));
    events.add(with(2, Attributes.builder().put("a", 5).put("a.b", "text").put("a.b.c", 0.5)));
    events.add(with(3, Attributes.builder().put("a", List.of("x", "y")).put("..", ".")));
    events.add(with(4, Attributes.builder().put(" ", "blank").put("a..b.", "dots")));
    events.add(with(5, Attributes.builder().put("long", "x".repeat(40_000))));
    events.add(with(6, Attributes.builder().put("date", "0000-99-99").put("_id", "none")));
    events.add(with(7, Attributes.builder().put("half \ud83d", "half \ud83d")));

    assertThat(append(events)).isEqualTo(new AppendResult(7, 0, List.of()));

    assertThat(eventually(Filter.ALL, 7)).containsExactlyInAnyOrderElementsOf(events);
    assertThat(eventually(new Filter.Equal("a", "5"), 1)).containsExactly(events.get(1));
    assertThat(eventually(new Filter.Equal("a.b", "TEXT"), 1)).containsExactly(events.get(1));
    assertThat(eventually(new Filter.Equal("a..b.", "dots"), 1)).containsExactly(events.get(3));
    assertThat(eventually(new Filter.Exists(" "), 1)).containsExactly(events.get(3));
  }

  @Test
  void answersFromTheEventsWhatAServerMightRefuse() {
    List<LogEvent> events =
        List.of(
            with(1, Attributes.builder().put("path", "/aaaaaaaaaaaaaaaab/end")),
            with(2, Attributes.builder().put("path", "/other")));
    append(events);
    Filter costly = new Filter.ValuePattern("path", "*a????????????*");
    Filter winding = new Filter.ValuePattern("path", "*" + "rahj*".repeat(50));
    Filter many = new Filter.Or(Collections.nCopies(2_000, new Filter.Equal("path", "/other")));
    Filter deep = new Filter.Equal("path", "/other");
    for (int i = 0; i < 60; i++) {
      deep = new Filter.Not(new Filter.Not(deep));
    }

    assertThat(eventually(costly, 1)).containsExactly(events.get(0));
    assertThat(eventually(many, 1)).containsExactly(events.get(1));
    assertThat(eventually(deep, 1)).containsExactly(events.get(1));
    assertThat(count(costly)).isEqualTo(1);
    assertThat(store.statistics().scanned()).isEqualTo(2);
    assertThat(count(winding)).isZero();
    assertThat(
            count(
                new Filter.AnyField(
                    "p*", new Filter.ValuePattern(Filter.EACH_FIELD, "*" + "rahj*".repeat(50)))))
        .isZero();
    assertThat(count(new Filter.Equal("event.id", ""))).isZero();
    assertThat(count(new Filter.Not(new Filter.Equal("event.id", "")))).isEqualTo(2);
  }

  @Test
  void givesAnIndexOfAnEarlierVersionTheColumnsOfThisOne() {
    append(List.of(LogEvents.event(1).build()));
    String index = "/" + prefix + DAY;
    String column = "\"log.form\":{\"type\":\"keyword\",\"index\":false,\"ignore_above\":2048},";
    String mapping = TestServer.send("GET", index + "/_mapping", "");
    String name = "{\"" + prefix + DAY + "\":";
    assertThat(mapping).startsWith(name).contains(column, "\"version\":\"3.1-");
    TestServer.send("DELETE", index, "");
    TestServer.send(
        "PUT",
        index,
        mapping
            .substring(name.length(), mapping.length() - 1)
            .replace(column, "")
            .replace("\"version\":\"3.1-", "\"version\":\"2.0-"));
    LogEvent event = with(2, Attributes.builder().put("log.form", "abc"));

    try (ElasticsearchLogStore next =
        TestServer.store(TestServer.url(), prefix, MutableClock.atNoon()).build()) {
      next.append(LogEvents.batch(List.of(event))).block(SOON);

      assertThat(TestServer.send("GET", index + "/_mapping", "")).isEqualTo(mapping);
      assertThat(eventually(new Filter.Equal("log.form", "abc"), 1)).containsExactly(event);
      assertThat(
              next.aggregate(
                      new Aggregation(
                          LogQuery.builder().build(),
                          List.of(new Aggregation.ByField("log.form")),
                          List.of(new Aggregation.Count()),
                          10))
                  .map(Table::rows)
                  .block(SOON))
          .containsExactly(new Table.Row(List.of("abc"), List.of(1.0)));
      assertThat(next.statistics().scanned()).isZero();
    }
  }

  @Test
  void makesIndicesOfItsOwnVersionWhateverTemplateIsThere() {
    append(List.of(LogEvents.event(1).build()));
    TestServer.send(
        "PUT",
        "/_index_template/" + prefix + "logdash",
        "{\"index_patterns\":[\""
            + prefix
            + "logdash-*\"],\"priority\":450,\"template\":{\"mappings\":{\"_meta\":{\"logdash\":"
            + "{\"layout\":9,\"tokenizer\":1,\"version\":\"9\"}}}}}");
    LogEvent event = LogEvents.event(2).observedNanos(LogEvents.NOON - LogEvents.DAY).build();

    append(List.of(event));

    assertThat(TestServer.send("GET", "/" + prefix + "logdash-default-2026.11.22/_mapping", ""))
        .contains("\"version\":\"3.1-");
    assertThat(eventually(Filter.ALL, 2)).contains(event);
  }

  @Test
  void refusesToWriteToAnIndexOfAnEarlierLayout() {
    TestServer.send(
        "PUT",
        "/" + prefix + DAY,
        "{\"mappings\":{\"_meta\":{\"logdash\":{\"layout\":2,\"tokenizer\":1,\"version\":\"2.1-\"}}}}");

    assertThatThrownBy(() -> append(List.of(LogEvents.event(1).build())))
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("earlier version");
  }

  @Test
  void findsNothingInAnIndexOfAnEarlierLayout() {
    String index = "/" + prefix + "logdash-default-2026.11.20";
    TestServer.send(
        "PUT",
        index,
        "{\"mappings\":{\"_meta\":{\"logdash\":{\"layout\":2,\"tokenizer\":1,\"version\":\"2.1-\"}},"
            + "\"dynamic\":\"false\",\"properties\":{\"t\":{\"type\":\"long\"},"
            + "\"ds\":{\"type\":\"keyword\"}}}}");
    TestServer.send(
        "PUT", index + "/_doc/1?refresh=true", "{\"t\":" + LogEvents.NOON + ",\"ds\":\"default\"}");
    LogEvent event = LogEvents.event(1).build();
    append(List.of(event));

    assertThat(eventually(Filter.ALL, 1)).containsExactly(event);
    assertThat(count(new Filter.Not(new Filter.Equal("service.name", "secret")))).isEqualTo(1);
  }

  @Test
  void neverDropsOrWritesWhatItDidNotMake() {
    append(List.of(LogEvents.event(1).build()));
    String foreign = prefix + "logdash-default-2026.11.01";
    TestServer.send("DELETE", "/_index_template/" + prefix + "logdash", "");
    TestServer.send("PUT", "/" + foreign, "{}");

    assertThat(store.retain(new Retention(Duration.ofDays(1), 1, 0)).block(SOON)).isEmpty();
    assertThat(TestServer.send("GET", "/_cat/indices/" + foreign, "")).contains(foreign);
    LogEvent event = LogEvents.event(2).observedNanos(LogEvents.NOON - 22 * LogEvents.DAY).build();
    assertThatThrownBy(() -> append(List.of(event)))
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("not made by logdash");
  }

  @Test
  void refusesWhatANewerVersionMade() {
    TestServer.send(
        "PUT",
        "/_index_template/" + prefix + "logdash",
        "{\"index_patterns\":[\""
            + prefix
            + "logdash-*\"],\"priority\":450,"
            + "\"_meta\":{\"logdash\":{\"layout\":4,\"tokenizer\":1}}}");

    assertThatThrownBy(() -> append(List.of(LogEvents.event(1).build())))
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("newer version");
  }

  @Test
  void replacesTheTemplateOfAVersionWithOtherColumns() {
    TestServer.send(
        "PUT",
        "/_index_template/" + prefix + "logdash",
        "{\"index_patterns\":[\""
            + prefix
            + "logdash-*\"],\"priority\":450,\"_meta\":{\"logdash\":{\"layout\":3,\"tokenizer\":"
            + Tokenizer.VERSION
            + ",\"version\":\"3-"
            + Tokenizer.VERSION
            + "-1-0-100\"}}}");

    append(List.of(LogEvents.event(1).build()));

    assertThat(TestServer.send("GET", "/" + prefix + DAY + "/_mapping", ""))
        .contains(IndexFields.numbers("event.duration"), IndexFields.buckets("event.duration"));
  }

  @Test
  void opensNothingBeforeItIsAsked() {
    String nowhere = "http://127.0.0.1:" + ServerProcess.freePort();

    try (ElasticsearchLogStore absent =
        TestServer.store(nowhere, "", MutableClock.atNoon()).build()) {
      Mono<Void> check = absent.check();

      assertThatThrownBy(() -> check.block(SOON))
          .isInstanceOf(BackendException.Unavailable.class)
          .hasMessageContaining(nowhere);
    }
  }

  private static Filter.Bound bound(String value) {
    return new Filter.Bound(value, true);
  }

  private static LogEvent with(long seq, Attributes.Builder attributes) {
    return LogEvents.event(seq).attributes(attributes.build()).build();
  }

  private AppendResult append(List<LogEvent> events) {
    return store.append(LogEvents.batch(events)).blockOptional(SOON).orElseThrow();
  }

  private long count(Filter filter) {
    return store.count(LogQuery.builder().filter(filter).build()).blockOptional(SOON).orElseThrow();
  }

  /** The events of a filter, as soon as there are so many. */
  private List<LogEvent> eventually(Filter filter, int count) {
    long end = System.nanoTime() + SOON.toNanos();
    List<LogEvent> found;
    do {
      found =
          store
              .search(LogQuery.builder().filter(filter).build())
              .blockOptional(SOON)
              .orElseThrow()
              .events();
    } while (found.size() != count && System.nanoTime() - end < 0);
    return found;
  }
}
