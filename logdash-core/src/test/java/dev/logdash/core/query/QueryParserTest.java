package dev.logdash.core.query;

import static dev.logdash.api.store.Filter.ANY_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.api.store.Filter;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryParserTest {

  private final QueryParser parser = new QueryParser(MutableClock.atNoon());

  @Test
  void readsNothingAsEverything() {
    parses("", Filter.ALL);
    parses(" \t\n\u00a0", Filter.ALL);
    parses("*", Filter.ALL);
    parses("*:*", Filter.ALL);
    parses("**", Filter.ALL);
  }

  @Test
  void readsWordsAndPhrases() {
    parses("refused", any("refused"));
    parses("\"connection refused\"", any("connection refused"));
    parses("\"a \\\"b\\\" \\\\ C:\\temp\"", any("a \"b\" \\ C:\\temp"));
    parses("connection refused", and(any("connection"), any("refused")));
    parses("user=\"bob smith\"", and(any("user="), any("bob smith")));
    parses("東京 é", and(any("東京"), any("é")));
  }

  @Test
  void leavesWhatLogsAreFullOfUnquoted() {
    parses("/api/v1/x", any("/api/v1/x"));
    parses("12:30:00", any("12:30:00"));
    parses("a.b.C", any("a.b.C"));
    parses("user_id=42", any("user_id=42"));
    parses("http://host:80/x", any("http://host:80/x"));
    parses("std::string", any("std::string"));
    parses("fe80::1", any("fe80::1"));
    parses("10.0.0.1:8080", any("10.0.0.1:8080"));
    parses("--verbose", any("--verbose"));
    parses("[main]", any("[main]"));
    parses("url.path:/api/v1/x", new Filter.Equal("url.path", "/api/v1/x"));
    parses("mail:bob@example.com", new Filter.Equal("mail", "bob@example.com"));
    parses("t:12:30:00", new Filter.Equal("t", "12:30:00"));
    parses("n:-5", new Filter.Equal("n", "-5"));
    parses("a:b:c", new Filter.Equal("a", "b:c"));
  }

  @Test
  void readsFields() {
    parses("service:cart", new Filter.Equal("service.name", "cart"));
    parses("message:word", new Filter.Phrase("message", "word"));
    parses("error.message:\"a b\"", new Filter.Phrase("error.message", "a b"));
    parses("url.path:\"/x y\"", new Filter.Equal("url.path", "/x y"));
    parses("field:\"\"", new Filter.Equal("field", ""));
    parses("my\\ field\\::x", new Filter.Equal("my field:", "x"));
    parses("error.type:*", new Filter.Exists("error.type"));
    parses("log.level:AND", new Filter.Equal("log.level", "AND"));
    parses("f: \"x\" f: (x)", and(new Filter.Equal("f", "x"), new Filter.Equal("f", "x")));
    parses("n: >= 5", range("n", "5", true, "", false));
    parses("x:\\*", new Filter.Equal("x", "*"));
  }

  @Test
  void readsShortNames() {
    parses("level:error", range("event.severity", "17", true, "20", true));
    parses("trace_id:a", new Filter.Equal("trace.id", "a"));
    parses("span_id:a", new Filter.Equal("span.id", "a"));
    parses(
        "status:500",
        or(
            new Filter.Equal("http.response.status_code", "500"),
            new Filter.Equal("status", "500")));
    parses(
        "status:(>=500 NOT x)",
        and(
            or(
                range("http.response.status_code", "500", true, "", false),
                range("status", "500", true, "", false)),
            new Filter.Not(
                or(
                    new Filter.Equal("http.response.status_code", "x"),
                    new Filter.Equal("status", "x")))));
    parses("\\status:shipped", new Filter.Equal("status", "shipped"));
    refuses("level:loud", 6, "log.level: compares the word");
  }

  @Test
  void readsPatterns() {
    parses("time*out", new Filter.TokenPattern(ANY_TEXT, "time*out"));
    parses("message:?x*", new Filter.TokenPattern("message", "?x*"));
    parses("url.path:/api/*/x\\*", new Filter.ValuePattern("url.path", "/api/*/x\\*"));
    parses("日*", new Filter.TokenPattern(ANY_TEXT, "日*"));
    refuses("java.io.*", 0, "is not part of one word");
    refuses("x 日本*", 2, "is not part of one word");
    refuses("url.path:" + "a".repeat(255) + "*", 9, "more than 255");
  }

  @Test
  void readsComparisonsAndRanges() {
    parses("n:>5", range("n", "5", false, "", false));
    parses("n:>= 5", range("n", "5", true, "", false));
    parses("n:<5", range("n", "", false, "5", false));
    parses("n:<=\"a b\"", range("n", "", false, "a b", true));
    parses("n:[1 TO 2]", range("n", "1", true, "2", true));
    parses("n:{1 TO 2]", range("n", "1", false, "2", true));
    parses("n:[ \"a b\" TO * }", range("n", "a b", true, "", false));
    parses("n:[* TO *]", new Filter.Exists("n"));
    parses(
        "n:(>1 AND <5 OR [7 TO 9])",
        new Filter.Or(
            List.of(
                and(range("n", "1", false, "", false), range("n", "", false, "5", false)),
                range("n", "7", true, "9", true))));
  }

  @Test
  void takesSpaceAroundAColonWhereOnlyAFieldCanBeMeant() {
    for (String written : List.of("a.b: x", "a.b : x", "a.b :x", "a.b:\n  x", "a.b:\u00a0x")) {
      parses(written, new Filter.Equal("a.b", "x"));
    }
    parses("user_id: x", new Filter.Equal("user_id", "x"));
    parses("k8s/name: x", new Filter.Equal("k8s/name", "x"));
    parses("service: cart", new Filter.Equal("service.name", "cart"));
    parses("message: refused", new Filter.Phrase("message", "refused"));
    parses("f : a", new Filter.Equal("f", "a"));
    parses("f :\"a\"", new Filter.Equal("f", "a"));
    parses("f :(a)", new Filter.Equal("f", "a"));
    parses("f: [1 TO 2]", range("f", "1", true, "2", true));
    parses("a.b: *x*y*", new Filter.ValuePattern("a.b", "*x*y*"));
    parses(
        "a.b : x and not c.d: (y or \"z\")",
        and(
            new Filter.Equal("a.b", "x"),
            not(or(new Filter.Equal("c.d", "y"), new Filter.Equal("c.d", "z")))));
    parses("smile :D", and(any("smile"), any(":D")));
    refuses("a OR : b", 5, "no letter or digit");
  }

  @Test
  void takesComparisonsWithoutAColon() {
    Filter less = range("bytes", "", false, "200", false);
    for (String written : List.of("bytes<200", "bytes < 200", "bytes <200", "bytes< 200")) {
      parses(written, less);
    }
    parses("(bytes<200)", less);
    parses("-bytes<200 bytes<200", and(not(less), less));
    parses("level >= warn", range("event.severity", "13", true, "", false));
    parses("level>=warn", range("event.severity", "13", true, "", false));
    parses("day>2026-01-01", range("day", "2026-01-01", false, "", false));
    parses("event.duration > 1.5s", range("event.duration", "1500000000", false, "", false));
    parses("event.duration:<250ms", range("event.duration", "", false, "250000000", false));
    parses("took:<250ms", range("took", "", false, "250ms", false));
    parses("a.b > c", range("a.b", "c", false, "", false));
    parses("user_id>\"a b\"", range("user_id", "a b", false, "", false));
    parses("java.util.List<String>", any("java.util.List<String>"));
    parses("a<b", any("a<b"));
    parses("my_host> ls", and(any("my_host>"), any("ls")));
    parses("a->5", any("a->5"));
    parses("<14>1", any("<14>1"));
    refuses("a < b", 2, "no letter or digit");
    refuses(">= a", 0, "no letter or digit");
    refuses("message > 5", 8, "searched by its words");
  }

  @Test
  void takesTheSignsOfLucene() {
    parses("a || b", or(any("a"), any("b")));
    parses("a||b", or(any("a"), any("b")));
    parses("a && b", and(any("a"), any("b")));
    parses("a || b && c", or(any("a"), and(any("b"), any("c"))));
    parses("f:(a || b)", or(new Filter.Equal("f", "a"), new Filter.Equal("f", "b")));
    parses("f:(a && !b)", and(new Filter.Equal("f", "a"), not(new Filter.Equal("f", "b"))));
    parses("!a !\"b\" !(c)", and(not(any("a")), not(any("b")), not(any("c"))));
    parses("!f:a", not(new Filter.Equal("f", "a")));
    parses("f:!a", new Filter.Equal("f", "!a"));
    parses("+a +f:b +(c)", and(any("a"), new Filter.Equal("f", "b"), any("c")));
    parses("a&&b x=!y", and(any("a&&b"), any("x=!y")));
    refuses("a ||", 4, "expected a clause");
    refuses("|| a", 0, "expected a clause in front of '||'");
    refuses("f:||a", 2, "directly behind");
    refuses("a ! b", 2, "no letter or digit");
    refuses("a ||| b", 4, "begins a pipe");
  }

  @Test
  void readsBoostsWithoutEffect() {
    parses("a^2", any("a"));
    parses("time*^2.5", new Filter.TokenPattern(ANY_TEXT, "time*"));
    parses("\"a b\"^2 c", and(any("a b"), any("c")));
    parses("(a b)^0.5", and(any("a"), any("b")));
    parses("f:a^3", new Filter.Equal("f", "a"));
    parses("f:(a^3 b)^2", and(new Filter.Equal("f", "a"), new Filter.Equal("f", "b")));
    parses("n:[1 TO 2]^2", range("n", "1", true, "2", true));
    parses("n:>5^2", range("n", "5", false, "", false));
    parses("f: IN [a b]^2", or(new Filter.Equal("f", "a"), new Filter.Equal("f", "b")));
    parses("a\\^2", any("a^2"));
    parses("\"a^2\" ^foo a^b", and(any("a^2"), any("^foo"), any("a^b")));
    refuses("x a^2^", 3, "expected a number behind '^'");
    refuses("a^", 1, "expected a number behind '^'");
    refuses("\"a\"^x", 3, "expected a number behind '^'");
    refuses("(a)^", 3, "expected a number behind '^'");
  }

  @Test
  void readsWordsThatAreAlikeOrNearEachOther() {
    parses("failed~", new Filter.Alike(ANY_TEXT, "failed", 2));
    parses("term~^3", new Filter.Alike(ANY_TEXT, "term", 1));
    parses("ab~", any("ab"));
    parses("x term~2", and(any("x"), new Filter.Alike(ANY_TEXT, "term", 2)));
    parses("user:jo-hn~1", new Filter.Alike("user", "jo-hn", 1));
    parses("\"a b\"~3^2 c", and(new Filter.Near(ANY_TEXT, "a b", 3), any("c")));
    parses("message:\"a b\"~4", new Filter.Near("message", "a b", 4));
    parses("\"a b\"~0 \"a\"~9", and(any("a b"), any("a")));
    parses("and~1", new Filter.Alike(ANY_TEXT, "and", 1));
    parses("~Document a~b", and(any("~Document"), any("a~b")));
    refuses("term~1.1", 4, "expected a whole number behind '~'");
    refuses("term~3", 0, "a number from 0 to 2");
    refuses("a-b~1", 0, "what is like one word");
    refuses("t*rm~", 0, "without wildcards");
    refuses("severity:warn~", 9, "what is like one word");
    refuses("x".repeat(33) + "~1", 0, "at most 32 characters");
    refuses("ab~1 ".repeat(11), 50, "more than 10 words with '~'");
    refuses("\"a b\"~1 ".repeat(11), 80, "more than 10 phrases with '~'");
    refuses("a.*:b ".repeat(17), 100, "more than 16 clauses with a pattern of names");
    refuses("f:>5~1", 3, "a comparison has no '~'");
    refuses("f*:abc~1", 3, "not asked of a pattern of names");
    refuses("\"a b\"~51", 0, "a number up to 50");
    refuses("\"a b\"~", 0, "a number up to 50");
    refuses("\"a b a\"~3", 0, "different words");
    refuses("f:\"a b\"~3", 2, "f is compared as a whole");
    refuses("\"a b\"~a", 5, "expected a whole number behind '~'");
    refuses("(a b)~3", 5, "'~' stands behind a word");
  }

  @Test
  void readsSets() {
    Filter set = or(new Filter.Equal("f", "a"), new Filter.Equal("f", "b c"));
    parses("f: IN [a \"b c\"]", set);
    parses("f:IN[ a b\\ c ]", set);
    parses("f : IN [a]", new Filter.Equal("f", "a"));
    parses("f:IN [* AND]", or(new Filter.Equal("f", "*"), new Filter.Equal("f", "AND")));
    parses("IN [1 2] x", and(or(any("1"), any("2")), any("x")));
    parses("f:IN IN", and(new Filter.Equal("f", "IN"), any("IN")));
    refuses("f: IN []", 6, "a set is written IN [a b c]");
    refuses("IN [1 2", 3, "not closed");
    refuses("IN {1 2}", 3, "a set is written IN [a b c]");
    refuses("f:IN [a (b)]", 8, "a set is written IN [a b c]");
  }

  @Test
  void readsRangesOfWords() {
    parses("x [ a TO z]", and(any("x"), range(Filter.ANY_TEXT, "a", true, "z", true)));
    parses("{* TO \"z z\"}^2", range(Filter.ANY_TEXT, "", false, "z z", false));
    parses("[* TO *]", Filter.ALL);
    parses("message:[a TO *]", range("message", "a", true, "", false));
    parses("[main] to [b", and(any("[main]"), any("to"), any("[b")));
    parses("[a(1) TO b]", and(any("[a"), any("1"), any("TO"), any("b]")));
    refuses("message:>a", 8, "'>' does not apply to message");
  }

  @Test
  void readsPatternsOfNames() {
    Filter.Equal y = new Filter.Equal(Filter.EACH_FIELD, "y");
    parses("azure.*.name: y", new Filter.AnyField("azure.*.name", y));
    parses("azure.*.name : \"y\"", new Filter.AnyField("azure.*.name", y));
    parses("na?e*:y", new Filter.AnyField("na?e*", y));
    parses("*:y", new Filter.AnyField("*", y));
    parses("-\\*a*:y", new Filter.Not(new Filter.AnyField("\\*a*", y)));
    parses("*:*", Filter.ALL);
    parses("a.*:*", new Filter.AnyField("a.*", new Filter.Exists(Filter.EACH_FIELD)));
    parses("a.*>=5", new Filter.AnyField("a.*", range(Filter.EACH_FIELD, "5", true, "", false)));
    parses(
        "a.*:(y or x*y)",
        or(
            new Filter.AnyField("a.*", y),
            new Filter.AnyField("a.*", new Filter.ValuePattern(Filter.EACH_FIELD, "x*y"))));
    parses("a\\*b:y", new Filter.Equal("a*b", "y"));
    parses("na* bad", and(new Filter.TokenPattern(Filter.ANY_TEXT, "na*"), any("bad")));
    refuses("what?: x", 6, "expected a value directly behind");
    refuses("x*y>5", 0, "not part of one word");
    refuses("https?://x", 0, "not part of one word");
    refuses("a".repeat(255) + "*:y", 0, "more than 255 characters");
  }

  @Test
  void readsTimes() {
    long noon = LogEvents.NOON;
    String dayStart = Long.toString(noon - 12 * LogEvents.HOUR);
    String dayEnd = Long.toString(noon + 12 * LogEvents.HOUR - 1);
    parses("@timestamp:2026-11-23", range("@timestamp", dayStart, true, dayEnd, true));
    parses("@timestamp:<2026-11-23", range("@timestamp", "", false, dayStart, false));
    parses("@timestamp:>2026-11-23", range("@timestamp", dayEnd, false, "", false));
    parses(
        "@timestamp:[15m TO now]",
        range(
            "@timestamp",
            Long.toString(noon - 900 * LogEvents.SECOND),
            true,
            Long.toString(noon),
            true));
    refuses("x @timestamp:>yesterday", 14, "is no time");
  }

  @Test
  void readsSeverities() {
    parses("severity:>=warn", range("event.severity", "13", true, "", false));
    parses("severity:>WARNING", range("event.severity", "16", false, "", false));
    parses("event.severity:error", range("event.severity", "17", true, "20", true));
    parses("severity:error2", new Filter.Equal("event.severity", "18"));
    parses("severity:9", new Filter.Equal("event.severity", "9"));
    parses("log.level:error", new Filter.Equal("log.level", "error"));
    refuses("severity:loud", 9, "is no severity");
    refuses("severity:e*", 9, "does not apply");
  }

  @Test
  void bindsNotThenAndThenOr() {
    parses(
        "a OR b AND NOT c",
        new Filter.Or(List.of(any("a"), and(any("b"), new Filter.Not(any("c"))))));
    parses("(a OR b) c", and(new Filter.Or(List.of(any("a"), any("b"))), any("c")));
    parses("-a -\"b c\" -(d)", and(not(any("a")), not(any("b c")), not(any("d"))));
    parses("-n:200", not(new Filter.Equal("n", "200")));
    parses("NOT(a)", not(any("a")));
    parses("NOT -a", not(not(any("a"))));
  }

  @Test
  void appliesAFieldToEachValueInItsParentheses() {
    Filter a = new Filter.Equal("f", "a");
    Filter b = new Filter.Equal("f", "b:c");
    parses("f:(a OR b:c)", new Filter.Or(List.of(a, b)));
    parses("f:(a or b:c)", new Filter.Or(List.of(a, b)));
    parses("f:((a) and not b:c)", and(a, not(b)));
    parses("f:(-5)", new Filter.Equal("f", "-5"));
    parses("f:(a) b", and(a, any("b")));
    parses(
        "message:(not found)",
        and(new Filter.Phrase("message", "not"), new Filter.Phrase("message", "found")));
  }

  @Test
  void takesLowerCaseOperatorsOnlyBesideConditions() {
    Filter field = new Filter.Equal("f", "x");
    parses("file not found", and(any("file"), any("not"), any("found")));
    parses("terms and conditions", and(any("terms"), any("and"), any("conditions")));
    parses("this or that", and(any("this"), any("or"), any("that")));
    parses("f:x and f:x", and(field, field));
    parses("f:x or timeout", new Filter.Or(List.of(field, any("timeout"))));
    parses("timeout or f:x", new Filter.Or(List.of(any("timeout"), field)));
    parses("timeout and not f:x", and(any("timeout"), not(field)));
    parses("f:x not found", and(field, any("not"), any("found")));
    parses("(a) or b", new Filter.Or(List.of(any("a"), any("b"))));
    parses("n:[1 TO 2] or b", new Filter.Or(List.of(range("n", "1", true, "2", true), any("b"))));
    parses("and f:x", and(any("and"), field));
    parses("f:x and", and(field, any("and")));
    parses("f:x And f:x", and(field, any("And"), field));
  }

  @Test
  void namesThePlaceAndWhatWasExpected() {
    refuses("a \"b", 2, "the quote that opens here is not closed");
    refuses("a (b (c)", 2, "the parenthesis that opens here is not closed");
    refuses("a) b", 1, "closes none");
    refuses("a AND", 5, "expected a clause");
    refuses("OR a", 0, "expected a clause in front of 'OR'");
    refuses("a AND OR b", 6, "expected a clause in front of 'OR'");
    refuses("()", 1, "expected a clause");
    refuses("NOT", 3, "expected a clause");
    refuses("failed: x", 7, "directly behind");
    refuses("Connection failed: timeout", 18, "directly behind");
    refuses("java.io.IOException: Broken pipe", 20, "directly behind");
    refuses("e.g.: x", 5, "directly behind");
    refuses("log.level: and x", 10, "directly behind");
    refuses("f : ", 3, "directly behind");
    refuses("f:", 2, "directly behind");
    refuses("version>=1.2.3", 0, "field:>=value");
    refuses("n:>", 3, "expected a value");
    refuses("n:>(5)", 3, "expected a value");
    refuses("n:>a*", 3, "expected a value to compare");
    refuses("n:[1 TO 2", 2, "not closed");
    refuses("n:[1]", 4, "expected TO");
    refuses("n:[1 TO]", 7, "expected an upper bound");
    refuses("message:>a", 8, "searched by its words");
    refuses("a - b", 2, "no letter or digit");
    refuses("a | stats", 2, "begins a pipe");
    refuses("f:/x.*/", 2, "reserved");
    refuses("f:x\\", 3, "backslash");
  }

  @Test
  void keepsToItsLimits() {
    assertThat(parser.parse("a".repeat(4_096))).isNotEqualTo(Filter.ALL);
    refuses("a".repeat(4_097), 4_096, "more than 4096");

    assertThat(parser.parse("a ".repeat(256))).isNotEqualTo(Filter.ALL);
    refuses("a ".repeat(257), 512, "more than 256 clauses");

    assertThat(parser.parse("(".repeat(20) + 'a' + ")".repeat(20))).isEqualTo(any("a"));
    refuses("(".repeat(21) + 'a' + ")".repeat(21), 20, "more than 20 deep");
    refuses("(".repeat(4_000), 20, "more than 20 deep");
    refuses("NOT ".repeat(21) + 'a', 80, "more than 20 deep");
  }

  private void parses(String query, Filter expected) {
    assertThat(parser.parse(query)).as(query).isEqualTo(expected);
  }

  private void refuses(String query, int position, String message) {
    QuerySyntaxException error =
        catchThrowableOfType(QuerySyntaxException.class, () -> parser.parse(query));
    assertThat(error).as(query).isNotNull().hasMessageContaining(message);
    assertThat(error.position()).as(query).isEqualTo(position);
  }

  private static Filter any(String text) {
    return new Filter.Phrase(ANY_TEXT, text);
  }

  private static Filter or(Filter... filters) {
    return new Filter.Or(List.of(filters));
  }

  private static Filter and(Filter... filters) {
    return new Filter.And(List.of(filters));
  }

  private static Filter not(Filter filter) {
    return new Filter.Not(filter);
  }

  private static Filter range(String field, String from, boolean in, String to, boolean toIn) {
    return new Filter.Range(field, bound(from, in), bound(to, toIn));
  }

  private static Filter.Bound bound(String value, boolean inclusive) {
    return value.isEmpty() ? Filter.Bound.NONE : new Filter.Bound(value, inclusive);
  }
}
