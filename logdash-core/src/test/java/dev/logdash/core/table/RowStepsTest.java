package dev.logdash.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.memory.InMemoryLogStore;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.query.PipedQuery;
import dev.logdash.core.query.QueryParser;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What pipes do to the rows of a table, cell by cell. */
class RowStepsTest {

  @Test
  void wholeNumbersStayWholeAsLongAsALongHoldsThem() {
    computes("a + 1", 7L, 8L);
    computes("a * 3 - a", 7L, 14L);
    computes("-a % 4", 7L, -3L);
    computes("a + 1", Long.MAX_VALUE, 0x1p63);
    computes("a * 2", Long.MIN_VALUE, -0x1p64);
    computes("a / 2", 7L, 3.5);
    computes("a / 7", 7L, 1.0);
    computes("a + 0.5", 7L, 7.5);
    computes("a % 2.5", 7L, 2.0);
    computes("2 + a * (3 - 1)", 7L, 16L);
    computes("a / 1s", 1_500_000_000L, 1.5);
  }

  @Test
  void aTextThatReadsAsANumberIsOne() {
    computes("a + 1", "7", 8L);
    computes("a + 1", "7.5", 8.5);
    computes("a + 1", "1e3", 1001L);
    computes("a + 0", "007", 7L);
    computes("a + 0", "9223372036854775808", 0x1p63);
  }

  @Test
  void whatCannotBeComputedIsNothing() {
    for (Object cell : List.of("", "x", true, Double.NaN, List.of(1L, 2L), "1e999")) {
      computes("a + 1", cell, Double.NaN);
    }
    computes("a / 0", 7L, Double.NaN);
    computes("a % 0", 7L, Double.NaN);
    computes("0 / a", 0L, Double.NaN);
    computes("a * a", 1e200, Double.NaN);
  }

  @Test
  void comparesRowsAsEventsAreCompared() {
    keeps("a > 5", List.of(6L, "7", 5.5), List.of(5L, "x", "", true, Double.NaN));
    keeps("a:5", List.of(5L, 5.0, "5", "5.0"), List.of("x", 6L));
    keeps("not a:5", List.of(4L, "", Double.NaN), List.of(5L));
    keeps("a:*", List.of(0L, "x", false), List.of("", Double.NaN));
    keeps("a:B*", List.of("b", "Bc"), List.of("ab", ""));
    keeps("a:(x or \"y z\")", List.of("X", "y z", List.of("w", "x")), List.of("y", List.of("w")));
    keeps("a : IN [1 x]", List.of(1L, "x"), List.of(2L));
    keeps("a:[b TO d}", List.of("c", "B"), List.of("d"));
  }

  @Test
  void comparesAColumnOfAFieldAsThatField() {
    PipedQuery query =
        parse("| stats count() by message, level, @timestamp | where message:b and level:error");
    PipedQuery.Where where = (PipedQuery.Where) query.steps().get(0);
    assertThat(where.columns()).containsOnlyKeys("message", "event.severity");
    List<Object> row = List.of("a b c", "17", 1L, 1.0);
    assertThat(RowSteps.apply(where, table(List.of(row))).rows()).containsExactly(row);
    assertThat(RowSteps.apply(where, table(List.of(List.of("ab", "17", 1L, 1.0)))).rows())
        .isEmpty();
  }

  @Test
  void comparesWhatIsComputedWithSpansOfTime() {
    PipedQuery query = parse("| stats max(n) as a | where a < 2s");
    assertThat(
            RowSteps.apply(
                    query.steps().get(0),
                    table(List.of(List.of(1.9e9), List.of(2e9), List.of("1s"))))
                .rows())
        .containsExactly(List.of(1.9e9));
  }

  @Test
  void tellsTwoSpansOfTimeApart() {
    PipedQuery query =
        parse("| stats count() by bin(1m) as a, bin(1h) as b | where a > 1970-01-01T00:00 b < 5");
    PipedQuery.Where where = (PipedQuery.Where) query.steps().get(0);
    List<Object> row = List.of(60_000_000_000L, 0L, 1.0);
    assertThat(RowSteps.apply(where, table(List.of(row))).rows()).containsExactly(row);
  }

  @Test
  void groupsByFunctionsAndLists() {
    PipedQuery query = parse("| fields a, b | stats count() as n, sum(b), distinct(b) by a");
    ResultTable table =
        RowSteps.apply(
            query.steps().get(0),
            table(
                List.of(
                    List.of(List.of("x", "y", "x"), 1L),
                    List.of("y", "2.5"),
                    List.of("", List.of(3L, "z")))));
    assertThat(table.rows())
        .containsExactly(
            List.of("", 1.0, 3.0, 2.0), List.of("x", 1.0, 1.0, 1.0), List.of("y", 2.0, 3.5, 2.0));
  }

  @Test
  void refusesListsThatMakeTooManyGroups() {
    PipedQuery query = parse("| fields a, b, c | stats count() by a, b, c");
    List<Object> list = new ArrayList<>();
    for (long i = 0; i < 100; i++) {
      list.add(i);
    }
    ResultTable rows = table(List.of(List.of(list, list, list)));
    assertThatExceptionOfType(BackendException.Rejected.class)
        .isThrownBy(() -> RowSteps.apply(query.steps().get(0), rows))
        .withMessageContaining("too many groups");
  }

  @Test
  void refusesLongKeysThatTakeTooMuchMemory() {
    PipedQuery query = parse("| fields a | stats count() by a");
    String longest = "x".repeat(EventFields.MAX_GROUP_KEY - 5);
    int fitting = (int) (TableBudget.BYTES / (2 * EventFields.MAX_GROUP_KEY));
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < fitting; i++) {
      rows.add(List.of(String.format("%05d", i) + longest));
    }
    rows.addAll(rows.subList(0, 100));
    assertThat(RowSteps.apply(query.steps().get(0), table(rows)).truncated()).isTrue();

    rows.add(List.of("other" + longest));
    assertThatExceptionOfType(BackendException.Rejected.class)
        .isThrownBy(() -> RowSteps.apply(query.steps().get(0), table(rows)))
        .withMessageContaining("long keys");
  }

  @Test
  void saysWhereNotAllEventsWereRead() {
    try (InMemoryLogStore store = new InMemoryLogStore(MutableClock.atNoon())) {
      List<LogEvent> events = new ArrayList<>();
      for (int seq = 0; seq <= PipedSearch.MAX_ROWS; seq++) {
        events.add(
            LogEvents.event(seq)
                .attributes(Attributes.builder().put("n", (long) seq % 3).build())
                .build());
      }
      store.append(LogEvents.batch(events)).block();

      ResultTable cut = run(store, "| extract \"order %{id} \" | stats count()");
      assertThat(cut.rows()).containsExactly(List.of((double) PipedSearch.MAX_ROWS));
      assertThat(cut.truncated()).isTrue();
      ResultTable few = run(store, "| extract \"order %{id} \" | limit 5 | stats max(id)");
      assertThat(few.rows()).containsExactly(List.of((double) PipedSearch.MAX_ROWS));
      assertThat(few.truncated()).isFalse();
      ResultTable all = run(store, "| where n > 0 | uniq n");
      assertThat(all.rows()).containsExactly(List.of("1"), List.of("2"));
      assertThat(all.truncated()).isFalse();
    }
  }

  @Test
  void saysWhichFieldAColumnHasTheValuesOf() {
    try (InMemoryLogStore store = new InMemoryLogStore(MutableClock.atNoon())) {
      store.append(LogEvents.batch(LogEvents.burst(0, 3))).block();
      fields(store, "| stats count() as n by service as s, bin(1h)", "service.name", "", "");
      fields(store, "| top service, status", "service.name", "http.response.status_code", "");
      fields(store, "| extract \"order %{id} \" | fields id, level", "", "event.severity");
      fields(store, "| limit 2 | stats count() by level as l, bin(1h)", "event.severity", "", "");
      fields(store, "| limit 2 | eval x = 1 | fields @timestamp, x", "@timestamp", "");

      ResultTable times = run(store, "| limit 2 | stats count() by @timestamp");
      assertThat(times.columns().get(0).type()).isEqualTo(ResultTable.Type.TIME);
      assertThat(times.rows().get(0).get(0)).isEqualTo(LogEvents.NOON + LogEvents.SECOND);
    }
  }

  private static void fields(InMemoryLogStore store, String text, String... fields) {
    assertThat(run(store, text).columns())
        .as(text)
        .extracting(ResultTable.Column::field)
        .containsExactly(fields);
  }

  private static ResultTable run(InMemoryLogStore store, String text) {
    return PipedSearch.run(parse(text), LogQuery.builder().build(), store)
        .blockOptional(Duration.ofSeconds(20))
        .orElseThrow();
  }

  private static void computes(String expression, Object a, Object expected) {
    PipedQuery query = parse("| fields a | eval x = " + expression);
    ResultTable table = RowSteps.apply(query.steps().get(0), table(List.of(List.of(a))));
    assertThat(table.rows()).as(expression).containsExactly(List.of(a, expected));
  }

  private static void keeps(String condition, List<Object> kept, List<Object> others) {
    PipedQuery query = parse("| fields a | where " + condition);
    List<List<Object>> rows = new ArrayList<>();
    kept.forEach(cell -> rows.add(List.of(cell)));
    List<List<Object>> expected = List.copyOf(rows);
    others.forEach(cell -> rows.add(List.of(cell)));
    assertThat(RowSteps.apply(query.steps().get(0), table(rows)).rows())
        .as(condition)
        .isEqualTo(expected);
  }

  private static ResultTable table(List<List<Object>> rows) {
    List<ResultTable.Column> columns = new ArrayList<>();
    for (int i = 0; i < rows.get(0).size(); i++) {
      columns.add(new ResultTable.Column("c" + i, ResultTable.Type.ANY, false, ""));
    }
    return new ResultTable(columns, rows, false);
  }

  private static PipedQuery parse(String text) {
    return new QueryParser(MutableClock.atNoon()).parsePiped(text);
  }
}
