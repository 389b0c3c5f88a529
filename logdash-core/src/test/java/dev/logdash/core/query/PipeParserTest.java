package dev.logdash.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.core.parse.pattern.Extractor;
import dev.logdash.core.query.PipedQuery.Events;
import dev.logdash.core.query.PipedQuery.Field;
import dev.logdash.core.query.PipedQuery.Key;
import dev.logdash.core.query.PipedQuery.Limit;
import dev.logdash.core.query.PipedQuery.Measure;
import dev.logdash.core.query.PipedQuery.Sort;
import dev.logdash.core.query.PipedQuery.SortKey;
import dev.logdash.core.query.PipedQuery.Source;
import dev.logdash.core.query.PipedQuery.Stats;
import dev.logdash.core.query.PipedQuery.Step;
import dev.logdash.core.query.PipedQuery.Top;
import dev.logdash.tck.MutableClock;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PipeParserTest {

  private static final Measure COUNT = new Measure("count", new Aggregation.Count());

  private final QueryParser parser = new QueryParser(MutableClock.atNoon());

  @Test
  void readsStatsWithGroupsAndFunctions() {
    PipedQuery query =
        parser.parsePiped(
            "log.level:error | stats count(), p95(event.duration), distinct(user.name)"
                + " by service, bin(5m) | sort - count | limit 20");

    assertThat(query)
        .isEqualTo(
            new PipedQuery(
                new Filter.Equal("log.level", "error"),
                new Stats(
                    List.of(
                        new Key("service", new Aggregation.ByField("service.name")),
                        new Key("@timestamp", new Aggregation.ByTime(300_000_000_000L))),
                    List.of(
                        COUNT,
                        new Measure(
                            "p95(event.duration)",
                            new Aggregation.Percentile("event.duration", 0.95)),
                        new Measure("distinct(user.name)", new Aggregation.Distinct("user.name")))),
                List.of(new Sort(List.of(new SortKey(2, true))), new Limit(20)),
                List.of(0, 1, 2, 3, 4)));
  }

  @Test
  void readsEachFunction() {
    measures("sum(n)", new Measure("sum(n)", new Aggregation.Sum("n")));
    measures("AVG( n )", new Measure("avg(n)", new Aggregation.Mean("n")));
    measures("min(n)", new Measure("min(n)", new Aggregation.Min("n")));
    measures("max(n)", new Measure("max(n)", new Aggregation.Max("n")));
    measures("p0(n)", new Measure("p0(n)", new Aggregation.Percentile("n", 0)));
    measures("p99.9(n)", new Measure("p99.9(n)", new Aggregation.Percentile("n", 0.999)));
    measures("p100(n)", new Measure("p100(n)", new Aggregation.Percentile("n", 1)));
    measures("count() as events", new Measure("events", new Aggregation.Count()));
    measures(
        "sum(\"long field\") as \"all of it\"",
        new Measure("all of it", new Aggregation.Sum("long field")));
  }

  @Test
  void takesAShortNameForItsFieldAndABackslashForTheAttribute() {
    source(
        "* | top 3 status",
        new Top(3, List.of(new Field("status", "http.response.status_code")), "count"));
    source("| top \\status", new Top(10, List.of(new Field("status", "status")), "count"));
    source("| top \"status\"", new Top(10, List.of(new Field("status", "status")), "count"));
    source(
        "| top by level, \\path",
        new Top(
            10, List.of(new Field("level", "event.severity"), new Field("path", "path")), "count"));
  }

  @Test
  void showsFieldsOfEvents() {
    shows("a | fields message, x", List.of("message", "x"), List.of(0, 1));
    shows("a | sort -x | fields y", List.of("x", "y"), List.of(1));
    shows("a | fields a, b | fields b", List.of("a", "b"), List.of(1));
    shows(
        "a | sort x | limit 5",
        List.of("x", "@timestamp", "log.level", "service.name", "message"),
        List.of(1, 2, 3, 4, 0));
    shows("a", List.of("@timestamp", "log.level", "service.name", "message"), List.of(0, 1, 2, 3));
  }

  @Test
  void ordersByColumnsHoweverTheyAreNamed() {
    String stats = "| stats count(), sum(n), p95(n) as slow by service, bin(1h) | sort ";
    sorts(stats + "count", new SortKey(2, false));
    sorts(stats + "count()", new SortKey(2, false));
    sorts(stats + "-count", new SortKey(2, true));
    sorts(stats + "by sum desc", new SortKey(3, true));
    sorts(stats + "sum(n) asc, slow", new SortKey(3, false), new SortKey(4, false));
    sorts(stats + "service.name, -@timestamp", new SortKey(0, false), new SortKey(1, true));
  }

  @Test
  void endsTheFilterWhereThePipesBegin() {
    assertThat(parser.parsePiped("\"a | b\" x\\|c|limit 1").filter())
        .isEqualTo(parser.parse("\"a | b\" x\\|c"));
    assertThat(parser.parsePiped("  ").filter()).isEqualTo(Filter.ALL);
    assertThat(QueryParser.isPiped("\"a \\\" | b\"")).isFalse();
    assertThat(QueryParser.isPiped("\"a \\\\\" | b")).isTrue();
    assertThat(QueryParser.isPiped("a|b")).isTrue();
    assertThat(QueryParser.isPiped("a \\| b")).isFalse();
  }

  @Test
  void namesThePlaceAndWhatWasExpected() {
    refuses("(a | limit 1", 0, "parenthesis that opens here");
    refuses("a AND | limit 1", 6, "expected a clause");
    refuses("a |", 3, "expected a pipe");
    refuses("a | | limit 1", 4, "expected a pipe");
    refuses("a | count", 4, "there is no pipe 'count'");
    refuses("a | limit 1 2", 12, "expected the next pipe");
    refuses("a | limit", 9, "expected how many rows");
    refuses("a | limit 0", 10, "from 1 to 10000");
    refuses("a | limit 10001", 10, "from 1 to 10000");
    refuses("a | top 0 x", 8, "from 1 to 10000");
    refuses("a | top 10", 10, "expected a name");
    refuses("a | stats", 9, "expected a function");
    refuses("a | stats count", 15, "expected '(' behind 'count'");
    refuses("a | stats count(", 16, "expected a name");
    refuses("a | stats count(x)", 16, "count() takes no field");
    refuses("a | stats sum()", 14, "expected the field of 'sum'");
    refuses("a | stats sum(x", 15, "expected ')'");
    refuses("a | stats mode(x)", 10, "there is no function 'mode'");
    refuses("a | stats p101(x)", 10, "between p0 and p100");
    refuses("a | stats p9x(x)", 10, "there is no function 'p9x'");
    refuses("a | stats count() as", 20, "expected a name");
    refuses("a | stats count() by", 20, "expected a name");
    refuses("a | stats count() by bin(5)", 25, "how wide a span of time");
    refuses("a | stats count() by bin(0m)", 25, "how wide a span of time");
    refuses("a | stats count() by bin(1w)", 25, "how wide a span of time");
    refuses("a | stats count() by bin(999999999d)", 25, "longer than all time");
    refuses("a | stats count(), count()", 19, "two columns 'count'");
    refuses("a | stats count() by x, x", 24, "two columns 'x'");
    refuses("a | stats count() by x as count", 10, "two columns 'count'");
    refuses("a | stats count() | top 3 x", 26, "there is no column 'x'; the columns are count");
    refuses("a | stats count() | stats sum(y)", 30, "there is no column 'y'");
    refuses("a | stats count() | stats count() by bin(5m)", 37, "there is no column '@timestamp'");
    refuses("a | extract \"%{@timestamp}\" | stats count() by bin(5m)", 47, "holds no times");
    refuses("a | fields x | where y:1", 21, "there is no column 'y'; the columns are x");
    refuses("a | where", 9, "expected a condition");
    refuses("a | fields x | where", 20, "expected a condition");
    refuses("a | fields x | where word", 21, "names its column");
    refuses("a | fields x | where x*:word", 21, "no patterns of columns");
    refuses("a | where (b | limit 1", 10, "parenthesis that opens here");
    refuses("a | eval", 8, "expected a name and '='");
    refuses("a | eval x 1", 11, "expected a name and '='");
    refuses("a | eval x =", 12, "expected a number, a column or a parenthesis");
    refuses("a | eval x = (1 + 2", 13, "the parenthesis that opens here");
    refuses("a | eval x = 1 2", 15, "expected an operator");
    refuses("a | eval x = 1kg", 13, "'1kg' is no number");
    refuses("a | eval x = 1e999", 13, "'1e999' is no number");
    refuses("a | eval x = 1, x = 2", 16, "there is a column 'x' already");
    refuses("a | stats count() | eval x = y + 1", 29, "there is no column 'y'");
    refuses("a | eval x = " + "(".repeat(21) + "1", 33, "more than 20 deep");
    refuses("a | extract user", 12, "expected a pattern in quotes");
    refuses("a | extract \"user\"", 12, "there is no column");
    refuses("a | extract \"%{}\"", 12, "no named column");
    refuses("a | extract \"%{a}%{b}\"", 12, "nothing tells where this column ends");
    refuses("a | extract \"%{NUMBR:a}\"", 12, "NUMBR");
    refuses("a | extract \"%{+a} %{+a}\"", 12, "as it stands");
    refuses("a | fields x | extract \"%{a}\"", 23, "there is no column 'message'");
    refuses("a | extract \"%{a}\" | extract \"%{a}\"", 29, "there is a column 'a' already");
    refuses("a | stats count() | sort x", 25, "there is no column 'x'; the columns are count");
    refuses("a | stats count() | sort -x", 26, "there is no column 'x'");
    refuses("a | stats sum(a), sum(b) | sort sum", 32, "several columns could be 'sum'");
    refuses("a | stats count() | fields x", 27, "there is no column 'x'");
    refuses("a | fields x | sort y", 20, "there is no column 'y'; the columns are x");
    refuses("a | fields x, x", 14, "there already");
    refuses("a | fields x y", 13, "expected the next pipe");
    refuses("a | fields \"x", 11, "the quote that opens here");
    refuses("a | fields x\\", 12, "backslash");
    refuses("a | fields (x)", 11, "expected a name");
    refuses("a | fields \"\"", 11, "a name has 1 to 512 characters");
  }

  @Test
  void keepsToItsLimits() {
    assertThat(parser.parsePiped("| limit 1".repeat(16)).steps()).hasSize(16);
    refuses("| limit 1".repeat(17), 16 * 9 + 2, "more than 16 pipes");
    refuses("| stats count() by a, b, c, d, e", 31, "more than 4 groups");
    refuses("| top 3 a, b, c, d, e", 20, "more than 4 fields");
    refuses("| stats " + many("p%02d(n)", 17), 8 + 16 * 7, "more than 16 functions");
    refuses("| sort " + many("n%d", 9), 7 + 8 * 3, "more than 8 columns");
    refuses("| fields " + many("n%02d", 51), 9 + 50 * 4, "more than 50 fields");
    String many = "a ".repeat(200);
    refuses(many + "| where " + "b ".repeat(57), 408, "more than 256 clauses");
    assertThat(parser.parsePiped(many + "| where " + "b ".repeat(56)).steps()).isEmpty();
    refuses("| limit 1 | where " + "a:b ".repeat(257), 18 + 256 * 4 + 2, "more than 256 clauses");
    refuses("a".repeat(4_090) + "| limit 1", 4_096, "more than 4096");
  }

  @Test
  void readsConditionsExpressionsAndPatterns() {
    PipedQuery first = parser.parsePiped("a | where b or c:d | filter e | stats count()");
    assertThat(first.filter()).isEqualTo(parser.parse("a (b or c:d) e"));
    assertThat(first.steps()).isEmpty();
    assertThat(parser.parsePiped("| where a").filter()).isEqualTo(parser.parse("a"));

    PipedQuery.Eval eval =
        (PipedQuery.Eval)
            parser
                .parsePiped("| stats p95(t), count() | eval \"a b\" = -p95(t)*2 + (count-1.5)%1ms")
                .steps()
                .get(0);
    assertThat(eval)
        .isEqualTo(
            new PipedQuery.Eval(
                "a b",
                2,
                new Expression.Binary(
                    '+',
                    new Expression.Binary(
                        '*',
                        new Expression.Negative(new Expression.Column(0)),
                        new Expression.Constant(2L)),
                    new Expression.Binary(
                        '%',
                        new Expression.Binary(
                            '-', new Expression.Column(1), new Expression.Constant(1.5)),
                        new Expression.Constant(1_000_000L)))));

    PipedQuery several = parser.parsePiped("| eval x=a,y = x / \"long name\" | where y>1");
    assertThat(several.source().columns()).contains("a", "x", "long name", "y");
    assertThat(several.steps()).hasSize(3);

    PipedQuery extract = parser.parsePiped("| extract \"<a> <b>\" from url.path | fields b, a");
    assertThat(extract.steps())
        .containsExactly(new PipedQuery.Extract(0, Extractor.of("<a> <b>"), List.of(1, 2)));
    assertThat(extract.shown()).containsExactly(2, 1);
    assertThat(extract.source())
        .isEqualTo(
            new Events(
                List.of(
                    new Field("url.path", "url.path"), new Field("a", ""), new Field("b", ""))));
  }

  private static String many(String pattern, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      text.append(i == 1 ? "" : ",").append(String.format(Locale.ROOT, pattern, i));
    }
    return text.toString();
  }

  private void measures(String text, Measure measure) {
    source("| stats " + text, new Stats(List.of(), List.of(measure)));
  }

  private void source(String text, Source source) {
    assertThat(parser.parsePiped(text).source()).as(text).isEqualTo(source);
  }

  private void shows(String text, List<String> columns, List<Integer> shown) {
    PipedQuery query = parser.parsePiped(text);
    assertThat(query.source()).as(text).isInstanceOf(Events.class);
    assertThat(query.source().columns()).as(text).isEqualTo(columns);
    assertThat(query.shown()).as(text).isEqualTo(shown);
  }

  private void sorts(String text, SortKey... keys) {
    List<Step> steps = parser.parsePiped(text).steps();
    assertThat(steps).as(text).containsExactly(new Sort(List.of(keys)));
  }

  private void refuses(String query, int position, String message) {
    QuerySyntaxException error =
        catchThrowableOfType(QuerySyntaxException.class, () -> parser.parsePiped(query));
    assertThat(error).as(query).isNotNull().hasMessageContaining(message);
    assertThat(error.position()).as(query).isEqualTo(position);
  }
}
