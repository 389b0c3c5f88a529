package dev.logdash.core.parse;

import static dev.logdash.core.parse.Parsed.parses;
import static dev.logdash.core.parse.Parsed.parsesExactly;

import org.junit.jupiter.api.Test;

class LogfmtParserTest {

  @Test
  void readsPairsWithKnownAndOtherKeys() {
    parsesExactly(
        "ts=2024-05-01T10:00:00Z level=warn msg=\"slow \\\"cart\\\"\" method=GET path=/a?b=1"
            + " status=200 bytes=77 ip=10.0.0.1 dur=0.1ms cold order=0042 free=true",
        "@timestamp",
        "2024-05-01T10:00:00Z",
        "severity",
        13L,
        "level",
        "warn",
        "message",
        "slow \"cart\"",
        "http.request.method",
        "GET",
        "url.original",
        "/a?b=1",
        "url.path",
        "/a",
        "url.query",
        "b=1",
        "http.response.status_code",
        200L,
        "http.response.body.bytes",
        77L,
        "source.ip",
        "10.0.0.1",
        "event.duration",
        100_000L,
        "cold",
        true,
        "order",
        "0042",
        "free",
        true);
  }

  @Test
  void takesTheWholeLineAsMessageWhereNoneIsNamed() {
    parses("a=1 b=\"c d\"", "message", "a=1 b=\"c d\"", "a", 1L, "b", "c d");
  }

  @Test
  void readsDurationsWithUnits() {
    duration("1.5s", 1_500_000_000L);
    duration("1m2s", 62_000_000_000L);
    duration("20\u00b5s", 20_000L);
    duration("20us", 20_000L);
    duration("3ns", 3L);
    duration("7", 7_000_000L);
    duration("0.5", 500_000_000L);
    parses("a=1 duration=long", "duration", "long");
  }

  @Test
  void refusesSentencesWithPairs() {
    for (String line :
        new String[] {
          "cart=7 has been opened and left again", "a=\"unclosed", "=1 a=2", "the a=1 b=2", "a==b c"
        }) {
      parsesExactly(line, "message", line);
    }
  }

  private static void duration(String text, long nanos) {
    parses("a=1 duration=" + text, "event.duration", nanos);
  }
}
