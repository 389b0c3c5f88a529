package dev.logdash.core.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.event.Headers;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import dev.logdash.core.config.ConfigException;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.parse.Parsers;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceRulesTest {

  private static final String SUMMER = "2024-07-01T12:00:00Z";

  /** In Berlin clocks were changed on 2024-03-31 at 01:00Z and on 2024-10-27 at 01:00Z. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2024-07-01 13:00:00 INFO x        | 2024-07-01T12:00:00Z | 2024-07-01T11:00:00Z",
        "2024-01-15 13:00:00 INFO x        | 2024-07-01T12:00:00Z | 2024-01-15T12:00:00Z",
        "2024-07-01 13:00:00+00:00 INFO x  | 2024-07-01T14:00:00Z | 2024-07-01T13:00:00Z",
        "2024-07-01T13:00:00Z INFO x       | 2024-07-01T14:00:00Z | 2024-07-01T13:00:00Z",
        // Twice in autumn: the one that is nearer to the reception.
        "2024-10-27 02:30:00 INFO x        | 2024-10-27T00:30:01Z | 2024-10-27T00:30:00Z",
        "2024-10-27 02:30:00 INFO x        | 2024-10-27T01:30:01Z | 2024-10-27T01:30:00Z",
        // Never in spring.
        "2024-03-31 02:30:00 INFO x        | 2024-03-31T01:31:00Z | 2024-03-31T01:30:00Z",
        // Without a year, and without a date, on both sides of midnight.
        "Jul  1 13:00:00 host sshd[1]: x   | 2024-07-01T12:00:00Z | 2024-07-01T11:00:00Z",
        "Jan  1 00:30:00 host sshd[1]: x   | 2023-12-31T23:30:05Z | 2023-12-31T23:30:00Z",
        "00:30:00.000 [main] INFO a.B - x  | 2024-07-01T22:30:05Z | 2024-07-01T22:30:00Z",
        "23:59:59.000 [main] INFO a.B - x  | 2024-07-01T22:00:05Z | 2024-07-01T21:59:59Z",
      })
  void takesTimesWithoutAZoneForThoseOfTheSource(String line, String received, String expected) {
    EventDecoder decoder =
        new EventDecoder(Parsers.detecting(), SourceRules.ofZone(ZoneId.of("Europe/Berlin")));

    assertThat(time(decoder.decode(record("a", line, received, Map.of())))).isEqualTo(expected);
  }

  @Test
  void goesByTheNameOfTheSource() {
    EventDecoder decoder =
        decoder(
            Map.of(
                "logdash.parse.zone", "America/New_York",
                "logdash.parse.source.legacy.match", "legacy-*, /var/log/old/?.log",
                "logdash.parse.source.legacy.zone", "Asia/Tokyo"));
    String line = "2024-07-01 08:00:00 INFO x";

    assertThat(time(decoder.decode(record("legacy-1", line, SUMMER, Map.of()))))
        .isEqualTo("2024-06-30T23:00:00Z");
    assertThat(time(decoder.decode(record("/var/log/old/a.log", line, SUMMER, Map.of()))))
        .isEqualTo("2024-06-30T23:00:00Z");
    assertThat(time(decoder.decode(record("/var/log/old/ab.log", line, SUMMER, Map.of()))))
        .isEqualTo("2024-07-01T12:00:00Z");
  }

  @Test
  void readsTheLinesOfASourceByItsPatternOrFormat() {
    EventDecoder decoder =
        decoder(
            Map.of(
                "logdash.parse.source.till.match", "till-*",
                "logdash.parse.source.till.pattern", "dissect:%{user.name}|%{level}|%{message}",
                "logdash.parse.source.raw.match", "raw",
                "logdash.parse.source.raw.format", "text"));

    LogEvent till = decoder.decode(record("till-7", "ada|warn|no paper", SUMMER, Map.of()));
    assertThat(till.attributes().get("user.name")).isEqualTo("ada");
    assertThat(till.message()).isEqualTo("no paper");
    LogEvent unfit = decoder.decode(record("till-7", "{\"message\":\"hi\"}", SUMMER, Map.of()));
    assertThat(unfit.message()).isEqualTo("hi");
    LogEvent told =
        decoder.decode(record("till-7", "a|b|c", SUMMER, Map.of(Headers.FORMAT, "text")));
    assertThat(told.message()).isEqualTo("a|b|c");
    assertThat(decoder.decode(record("raw", "{\"message\":\"hi\"}", SUMMER, Map.of())).message())
        .isEqualTo("{\"message\":\"hi\"}");
    assertThat(decoder.decode(record("else", "a|b|c", SUMMER, Map.of())).message())
        .isEqualTo("a|b|c");
  }

  @Test
  void namesEverySettingThatCannotBeUsed() {
    LogdashConfig config =
        config(
            Map.of(
                "logdash.parse.source.a.match", "a*",
                "logdash.parse.source.a.zone", "Mars/Olympus",
                "logdash.parse.source.a.format", "no-such-format",
                "logdash.parse.source.b.zone", "UTC",
                "logdash.parse.source.c.match", "c",
                "logdash.parse.source.d.match", "d",
                "logdash.parse.source.d.pattern", "grok:%{NOPE}",
                "logdash.parse.source.e.colour", "red"));

    assertThatThrownBy(() -> SourceRules.of(config))
        .isInstanceOfSatisfying(
            ConfigException.class,
            failure ->
                assertThat(failure.problems())
                    .anyMatch(problem -> problem.contains("source.a.zone = Mars/Olympus"))
                    .anyMatch(problem -> problem.contains("source.a.format = no-such-format"))
                    .anyMatch(problem -> problem.contains("source.b.match is missing"))
                    .anyMatch(problem -> problem.contains("source.c says neither"))
                    .anyMatch(problem -> problem.contains("source.d.pattern = grok:%{NOPE}"))
                    .anyMatch(problem -> problem.contains("source.e.colour"))
                    .hasSize(6));
  }

  private static EventDecoder decoder(Map<String, String> settings) {
    return new EventDecoder(Parsers.detecting(), SourceRules.of(config(settings)));
  }

  private static LogdashConfig config(Map<String, String> settings) {
    return LogdashConfig.of(List.of(ConfigSource.properties("test", settings)));
  }

  private static String time(LogEvent event) {
    return Instant.ofEpochSecond(0, event.timestampNanos()).toString();
  }

  private static RawRecord record(
      String source, String line, String received, Map<String, String> headers) {
    byte[] bytes = line.getBytes(UTF_8);
    long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.parse(received));
    return new RawRecord(
        Origin.ofProducer(7, 1, 3), 5, nanos, "web", source, headers, bytes, 0, bytes.length);
  }
}
