package dev.logdash.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.tck.MutableClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeGrammarTest {

  // 2026-11-23 is a Monday.
  private final TimeGrammar times = new TimeGrammar(MutableClock.atNoon());

  @Test
  void readsIsoTimesWithTheUnitTheyName() {
    reads("2026-11-23", "2026-11-23T00:00:00Z", "2026-11-23T23:59:59.999999999Z");
    reads("2026-11-23T12:30", "2026-11-23T12:30:00Z", "2026-11-23T12:30:59.999999999Z");
    reads("2026-11-23 12:30:05", "2026-11-23T12:30:05Z", "2026-11-23T12:30:05.999999999Z");
    reads("2026-11-23T12:30:05.12Z", "2026-11-23T12:30:05.12Z", "2026-11-23T12:30:05.129999999Z");
    reads("2026-11-23T12:30:05.123456789+01:00", "2026-11-23T11:30:05.123456789Z");
    reads("2024-02-29", "2024-02-29T00:00:00Z", "2024-02-29T23:59:59.999999999Z");
  }

  @Test
  void readsMilliseconds() {
    reads("1795435200000", "2026-11-23T12:00:00Z", "2026-11-23T12:00:00.000999999Z");
    reads("0", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000999999Z");
  }

  @Test
  void readsTimesRelativeToTheClock() {
    reads("now", "2026-11-23T12:00:00Z");
    reads("15m", "2026-11-23T11:45:00Z");
    reads("250ms", "2026-11-23T11:59:59.750Z");
    reads("1M", "2026-10-23T12:00:00Z");
    reads("now-1d-12h", "2026-11-22T00:00:00Z");
    reads("now+1w", "2026-11-30T12:00:00Z");
    reads("now-999999999y", "1970-01-01T00:00:00Z");
  }

  @Test
  void roundsToTheWholeUnit() {
    reads("now-30m/h", "2026-11-23T11:00:00Z", "2026-11-23T11:59:59.999999999Z");
    reads("now/d", "2026-11-23T00:00:00Z", "2026-11-23T23:59:59.999999999Z");
    reads("now-1d/w", "2026-11-16T00:00:00Z", "2026-11-22T23:59:59.999999999Z");
    reads("now/w", "2026-11-23T00:00:00Z", "2026-11-29T23:59:59.999999999Z");
    reads("now/M", "2026-11-01T00:00:00Z", "2026-11-30T23:59:59.999999999Z");
    reads("now/y", "2026-01-01T00:00:00Z", "2026-12-31T23:59:59.999999999Z");
  }

  @Test
  void refusesWhatIsNoTimeOrOutsideTheTimesOfEvents() {
    refuses("", "is no time");
    refuses("yesterday", "is no time");
    refuses("now-", "is no time");
    refuses("now-1x", "is no time");
    refuses("2026-13-01", "does not exist");
    refuses("2026-02-30", "does not exist");
    refuses("2026-11-23T25:00", "does not exist");
    refuses("2026-11-23T12:00+99:00", "does not exist");
    refuses("1969-12-31", "outside");
    refuses("2263-01-01", "outside");
    refuses("9999999999999999", "outside");
    refuses("1795435200", "too short");
    refuses("now+999999999y", "does not exist");
  }

  private void reads(String text, String first) {
    reads(text, first, first);
  }

  private void reads(String text, String first, String last) {
    TimeGrammar.Span span = times.parse(text);
    assertThat(instant(span.firstNanos())).as(text).isEqualTo(Instant.parse(first));
    assertThat(instant(span.lastNanos())).as(text).isEqualTo(Instant.parse(last));
  }

  private void refuses(String text, String message) {
    assertThatThrownBy(() -> times.parse(text))
        .as(text)
        .isInstanceOf(QuerySyntaxException.class)
        .hasMessageContaining(message);
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }
}
