package dev.logdash.core.parse;

import static dev.logdash.core.parse.Parsed.parses;
import static dev.logdash.core.parse.Parsed.parsesExactly;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class NestedFormatsTest {

  @Test
  void readsWhatDockerHolds() {
    parsesExactly(
        "{\"log\":\"{\\\"level\\\":\\\"warn\\\",\\\"msg\\\":\\\"slow \\\\\\\"cart\\\\\\\"\\\"}\\n\",\"stream\":\"stderr\","
            + "\"time\":\"2024-05-01T10:00:01.123456789Z\"}",
        "@timestamp",
        "2024-05-01T10:00:01.123456789Z",
        "severity",
        13L,
        "level",
        "warn",
        "log.iostream",
        "stderr",
        "message",
        "slow \"cart\"");
    parsesExactly(
        "{\"log\":\"it works\\n\",\"stream\":\"stdout\",\"attrs\":{\"tag\":\"x\"},"
            + "\"time\":\"2024-05-01T10:00:01.5Z\"}",
        "@timestamp",
        "2024-05-01T10:00:01.500Z",
        "log.iostream",
        "stdout",
        "message",
        "it works");
    parsesExactly("{\"log\":\"it works\",\"n\":7}", "message", "it works", "n", 7L);
  }

  @Test
  void takesOneTagHoweverManyThereAre() {
    String line = "[20240501T100000] ".repeat(58_000).strip();
    parses(line, "message", line.substring(18), "@timestamp", "2024-05-01T10:00:00Z");
    parses("[shop] [2024-05-01 10:00:00] ".repeat(30_000), "log.logger", "shop");
  }

  @Test
  void readsWhatContainersOfKubernetesPrint() {
    parsesExactly(
        "2024-05-01T10:00:01.123456789Z stdout F 2024-05-01 10:00:00,123 INFO [main] a.b.Shop - hi",
        "@timestamp",
        "2024-05-01T10:00:01.123456789Z",
        "severity",
        9L,
        "level",
        "INFO",
        "log.iostream",
        "stdout",
        "process.thread.name",
        "main",
        "log.logger",
        "a.b.Shop",
        "message",
        "hi");
    parses(
        "2024-05-01T10:00:01+02:00 stderr P ts=2024-05-01T08:00:00.5Z level=info msg=hi",
        "@timestamp",
        "2024-05-01T08:00:00.500Z",
        "message",
        "hi");
    parses("2024-05-01T10:00:01Z stdout F ", "message", "", "log.iostream", "stdout");
  }

  @Test
  void readsWhatSyslogCarries() {
    parsesExactly(
        "<13>Oct 11 22:14:15 web-1 shop[42]: {\"level\":\"error\",\"msg\":\"gone\",\"order\":7}",
        "@timestamp",
        "-10-11T22:14:15Z",
        "severity",
        17L,
        "level",
        "error",
        "log.syslog.priority",
        13L,
        "log.syslog.facility.code",
        1L,
        "log.syslog.severity.code",
        5L,
        "host.hostname",
        "web-1",
        "process.name",
        "shop",
        "process.pid",
        42L,
        "order",
        7L,
        "message",
        "gone");
    parses(
        "<165>1 2024-05-01T10:00:00.003Z web-1 shop 42 - - level=warn msg=\"slow cart\" order=7",
        "level",
        "warn",
        "order",
        7L,
        "message",
        "slow cart",
        "@timestamp",
        "2024-05-01T10:00:00.003Z");
    parses(
        "Oct 11 22:14:15 web-1 nginx: 203.0.113.9 - - [11/Oct/2024:22:14:14 +0000] \"GET /a HTTP/1.1\""
            + " 404 5",
        "@timestamp",
        "2024-10-11T22:14:14Z",
        "http.response.status_code",
        404L,
        "host.hostname",
        "web-1");
    parses(
        "<13>1 2024-05-01T10:00:00.003Z web-1 shop 42 - - 2024-05-01 12:00:00,003 ERROR [main] a.Shop:"
            + " gone",
        "@timestamp",
        "2024-05-01T10:00:00.003Z",
        "level",
        "ERROR",
        "log.logger",
        "a.Shop",
        "message",
        "gone");
    parses("Oct 11 22:14:15 h su: 2024-05-01 10:00:00 x", "message", "2024-05-01 10:00:00 x");
  }

  @Test
  void readsWhatTheServiceWrapperHolds() {
    parses(
        "INFO   | jvm 1    | 2015/04/28 18:34:18 | 2015-04-28 18:34:18,872 [main] DEBUG a.Shop - hi",
        "@timestamp",
        "2015-04-28T18:34:18.872Z",
        "level",
        "DEBUG",
        "process.name",
        "jvm 1",
        "message",
        "hi");
    parses(
        "STATUS | wrapper  | 2015/04/28 18:34:18 | Launching",
        "severity",
        9L,
        "message",
        "Launching");
  }

  @Test
  void containersInContainersTakeNoDepth() {
    byte[] line = "2024-05-01T10:00:01Z stdout F ".repeat(20_000).getBytes(UTF_8);
    Assertions.assertTimeout(
        Duration.ofSeconds(10), () -> Parsed.of(Parsers.detecting(), line), "a nested line");
  }
}
