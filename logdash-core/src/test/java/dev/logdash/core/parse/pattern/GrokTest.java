package dev.logdash.core.parse.pattern;

import static dev.logdash.core.parse.pattern.PatternLines.doesNotFit;
import static dev.logdash.core.parse.pattern.PatternLines.parses;
import static dev.logdash.core.parse.pattern.PatternLines.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GrokTest {

  @Test
  void knowsTheUsualPatternsWithTheirEcsNames() {
    String line =
        "203.0.113.9 - ada [17/May/2015:10:05:03 +0200] \"GET /a?b=1 HTTP/1.1\" 404 512 \"-\""
            + " \"Mozilla/5.0 (X)\"";
    parses(
        grok("%{COMBINEDAPACHELOG}"),
        line,
        "time",
        "2015-05-17T08:05:03Z",
        "message",
        line,
        "source.address",
        "203.0.113.9",
        "source.ip",
        "203.0.113.9",
        "user.name",
        "ada",
        "http.request.method",
        "GET",
        "url.original",
        "/a?b=1",
        "url.path",
        "/a",
        "url.query",
        "b=1",
        "http.version",
        "1.1",
        "http.response.status_code",
        404L,
        "http.response.body.bytes",
        512L,
        "user_agent.original",
        "Mozilla/5.0 (X)");
    parses(
        grok("%{SYSLOGLINE}"),
        "Mar  7 06:25:46 web-1 sshd[4711]: Accepted key for ada",
        "time",
        "-03-07T06:25:46Z",
        "message",
        "Accepted key for ada",
        "host.hostname",
        "web-1",
        "process.name",
        "sshd",
        "process.pid",
        4711L);
    parses(
        grok("%{HTTPD_ERRORLOG}"),
        "[Mon Dec 26 16:22:08 2016] [error] [client 192.168.33.1] File does not exist: /var/www",
        "time",
        "2016-12-26T16:22:08Z",
        "severity",
        17,
        "message",
        "File does not exist: /var/www",
        "source.address",
        "192.168.33.1",
        "source.ip",
        "192.168.33.1");
  }

  @Test
  void everyPatternOfTheLibraryCompilesAndHasALinearEngineBehindIt() {
    assertThat(GrokLibrary.DEFINITIONS).hasSizeGreaterThan(90);
    for (String name : GrokLibrary.DEFINITIONS.keySet()) {
      assertThat(grok("%{" + name + "}").hasLinear()).as(name).isTrue();
    }
  }

  @Test
  void fitsAnywhereAndConvertsTypes() {
    parses(
        grok("(?<what>\\w+) took %{NUMBER:took:float}ms, %{INT:delta:int} %{NUMBER:n:long}?"),
        "well: query took 1.5ms, -7 12?",
        "message",
        "well: query took 1.5ms, -7 12?",
        "what",
        "query",
        "event.duration",
        1_500_000L,
        "delta",
        -7L,
        "n",
        12L);
    doesNotFit(grok("^took"), "it took");
  }

  @Test
  void ownDefinitionsHideThoseOfTheLibrary() {
    parses(
        PatternParser.grok("%{WORD:a} %{ORDER:b}", Map.of("WORD", "[a-z]+", "ORDER", "#%{POSINT}")),
        "X9 abc #12",
        "message",
        "X9 abc #12",
        "a",
        "abc",
        "b",
        "#12");
  }

  @Test
  void knowsWhatRegularExpressionsHave() {
    fits("a{2,3}b|x", "aab", true);
    fits("^a{2,3}b$", "aaaab", false);
    fits("^[[:alpha:]_]+[^[:digit:]]$", "ab_c", true);
    fits("^(?i)hello (?-i:World)$", "HELLO World", true);
    fits("^(?i)hello (?-i:World)$", "HELLO world", false);
    fits("^\\Qa.b\\E\\x41\\u0042$", "a.bAB", true);
    fits("^(?<!x)a(?!b)", "ac", true);
    fits("a(?!b)", "xab", false);
    fits("(?<=x)a", "xa", true);
    fits("(?<=x)a", "ya", false);
    fits("^(?>a*)a", "aaa", false);
    fits("^a*+a", "aaa", false);
    fits("^[äö]+ü$", "äöü", true);
    fits("^.{3}$", "äöü", true);
    fits("^.{3}$", "äöüx", false);
    fits("\\bcat\\b", "a cat.", true);
    fits("\\bcat\\b", "concat", false);
  }

  @Test
  void refusesWhatTakesUnboundedTimeAndNamesTheColumn() {
    refuses("grok:(\\w+)\\1", 6, "reference back");
    refuses("grok:ab(?=cd)", 3, "one character");
    refuses("grok:(?<=ab)c", 1, "one character");
    refuses("grok:x%{NUMBR:n}", 2, "did you mean 'NUMBER'?");
    refuses("grok:%{NUMBER:n:itn}", 1, "'itn'");
    refuses("grok:%{NUMBER", 1, "not closed");
    refuses("grok:[a-", 1, "not closed");
    refuses("grok:(a", 1, "not closed");
    refuses("grok:a)", 2, "no bracket");
    refuses("grok:a|*", 3, "nothing that '*'");
    refuses("grok:a{2000}", 2, "1000");
    refuses("grok:[a&&b]", 3, "two classes");
    refuses("grok:a\\", 2, "backslash");
    refuses("grok:((ab){1000}){1000}", 1, "too large");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> PatternParser.grok("%{A}", Map.of("A", "x%{B}", "B", "%{A}"))))
        .hasMessageContaining("holds itself");
  }

  private static PatternParser grok(String pattern) {
    return PatternParser.grok(pattern, Map.of());
  }

  private static void fits(String pattern, String line, boolean expected) {
    if (expected) {
      assertThat(PatternLines.of(grok(pattern), line)).as(pattern).containsEntry("message", line);
    } else {
      doesNotFit(grok(pattern), line);
    }
  }
}
