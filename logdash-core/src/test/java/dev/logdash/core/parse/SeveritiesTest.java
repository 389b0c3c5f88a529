package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeveritiesTest {

  @Test
  void knowsTheWordsInAnyCase() {
    words(1, "trace", "TRC", "Verbose", "finest", "finer");
    words(5, "debug", "DBG", "fine", "DEBUG2");
    words(9, "info", "INF", "Information", "informational", "config", "log");
    words(10, "notice", "NOTE");
    words(13, "warn", "WARNING", "wrn");
    words(17, "error", "ERR", "severe");
    words(21, "fatal", "critical", "CRIT", "ftl");
    words(22, "alert");
    words(24, "emerg", "emergency", "panic");
    words(0, "in", "err0r", "informationally", "warm", "a", "");
  }

  @Test
  void knowsTheNumbersOfSyslogAndLoggers() {
    assertThat(Severities.ofNumber(0)).isEqualTo(24);
    assertThat(Severities.ofNumber(3)).isEqualTo(17);
    assertThat(Severities.ofNumber(7)).isEqualTo(5);
    assertThat(Severities.ofNumber(10)).isEqualTo(1);
    assertThat(Severities.ofNumber(30)).isEqualTo(9);
    assertThat(Severities.ofNumber(50)).isEqualTo(17);
    assertThat(Severities.ofNumber(60)).isEqualTo(21);
    assertThat(Severities.ofNumber(20_000)).isEqualTo(9);
    assertThat(Severities.ofNumber(40_000)).isEqualTo(17);
    assertThat(Severities.ofNumber(250)).isEqualTo(10);
    assertThat(Severities.ofNumber(-1)).isZero();
    assertThat(Severities.ofNumber(8)).isZero();
    assertThat(Severities.ofNumber(Long.MAX_VALUE)).isZero();
  }

  private static void words(int number, String... words) {
    for (String word : words) {
      byte[] bytes = word.getBytes(UTF_8);
      assertThat(Severities.ofWord(bytes, 0, bytes.length)).as(word).isEqualTo(number);
    }
  }
}
