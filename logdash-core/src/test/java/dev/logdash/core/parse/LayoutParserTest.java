package dev.logdash.core.parse;

import static dev.logdash.core.parse.Parsed.parsesExactly;

import org.junit.jupiter.api.Test;

class LayoutParserTest {

  private static final String TIME = "2024-05-01T10:00:00.123Z";

  @Test
  void readsThePermutationsOfJavaLayouts() {
    full("2024-05-01 10:00:00,123 INFO  [main] a.b.Shop: it works");
    full("2024-05-01 10:00:00.123 [main] INFO  a.b.Shop - it works");
    full("2024-05-01 10:00:00,123 [main] INFO a.b.Shop  - it works");
    full("2024-05-01T10:00:00.123Z [main] INFO a.b.Shop: it works");
    full("INFO  [2024-05-01 10:00:00,123] [main] a.b.Shop: it works");
    full("2024-05-01 10:00:00,123 INFO  [a.b.Shop] (main) it works");
    full("2024-05-01 12:00:00.123+0200 INFO [main] a.b.Shop: it works");
    full("2024-05-01 10:00:00,123 | INFO | [main] a.b.Shop: it works");
  }

  @Test
  void readsSpringBootWithItsProcess() {
    parsesExactly(
        "2024-05-01T10:00:00.123Z  WARN 4711 --- [nio-8080-exec-1] a.b.Shop     : it works",
        "@timestamp",
        TIME,
        "severity",
        13L,
        "level",
        "WARN",
        "process.thread.name",
        "nio-8080-exec-1",
        "log.logger",
        "a.b.Shop",
        "process.pid",
        4711L,
        "message",
        "it works");
  }

  @Test
  void readsItsRelatives() {
    parsesExactly(
        "240501 100000 148 INFO dfs.Node$Part: block done",
        "@timestamp",
        "2024-05-01T10:00:00Z",
        "severity",
        9L,
        "level",
        "INFO",
        "log.logger",
        "dfs.Node$Part",
        "process.pid",
        148L,
        "message",
        "block done");
    parsesExactly(
        "05-01 10:00:00.123  1702  2395 D Window: hidden",
        "@timestamp",
        "-05-01T10:00:00.123Z",
        "severity",
        5L,
        "level",
        "D",
        "log.logger",
        "Window",
        "process.pid",
        1702L,
        "process.thread.id",
        2395L,
        "message",
        "hidden");
    parsesExactly(
        "2024-05-01 10:00:00,123 - shop.cart - ERROR - no stock",
        "@timestamp",
        TIME,
        "severity",
        17L,
        "level",
        "ERROR",
        "log.logger",
        "shop.cart",
        "message",
        "no stock");
    parsesExactly(
        "24/05/01 10:00:00 INFO a.Shop: open",
        "@timestamp",
        "2024-05-01T10:00:00Z",
        "severity",
        9L,
        "level",
        "INFO",
        "log.logger",
        "a.Shop",
        "message",
        "open");
  }

  @Test
  void readsLevelAndTimeAlone() {
    parsesExactly(
        "2024-05-01 10:00:00,123 [warning] low on disk: /var",
        "@timestamp",
        TIME,
        "severity",
        13L,
        "level",
        "warning",
        "message",
        "low on disk: /var");
    parsesExactly(
        "[2024-05-01 10:00:00,123] ERROR: gone",
        "@timestamp",
        TIME,
        "severity",
        17L,
        "level",
        "ERROR",
        "message",
        "gone");
  }

  @Test
  void findsNoLevelInASentence() {
    parsesExactly(
        "2024-05-01 10:00:00,123 I will note an error in the cart",
        "@timestamp",
        TIME,
        "severity",
        9L,
        "level",
        "I",
        "message",
        "will note an error in the cart");
    parsesExactly(
        "2024-05-01 10:00:00,123 the error was found",
        "@timestamp",
        TIME,
        "message",
        "the error was found");
  }

  private static void full(String line) {
    parsesExactly(
        line,
        "@timestamp",
        TIME,
        "severity",
        9L,
        "level",
        "INFO",
        "process.thread.name",
        "main",
        "log.logger",
        "a.b.Shop",
        "message",
        "it works");
  }
}
