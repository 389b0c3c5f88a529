package dev.logdash.core.parse;

import static dev.logdash.core.parse.Parsed.parses;
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

  @Test
  void readsWhatSpringBootAddsToItsDefault() {
    parsesExactly(
        "2025-01-14T10:00:00.123Z  INFO 7 --- [shop] [         task-1]"
            + " [6618a4de8f36bf71c60b2982181e6d36-c66827472589372a] a.b.Shop   : it works",
        "@timestamp",
        "2025-01-14T10:00:00.123Z",
        "severity",
        9L,
        "level",
        "INFO",
        "process.pid",
        7L,
        "service.name",
        "shop",
        "process.thread.name",
        "task-1",
        "trace.id",
        "6618a4de8f36bf71c60b2982181e6d36",
        "span.id",
        "c66827472589372a",
        "log.logger",
        "a.b.Shop",
        "message",
        "it works");
    parses(
        "2024-05-01 10:00:00.123  INFO [shop,6618a4de8f36bf71c60b2982181e6d36,c66827472589372a] 7"
            + " --- [main] a.b.Shop : it works",
        "service.name",
        "shop",
        "trace.id",
        "6618a4de8f36bf71c60b2982181e6d36",
        "process.thread.name",
        "main",
        "log.logger",
        "a.b.Shop",
        "process.pid",
        7L,
        "message",
        "it works");
  }

  @Test
  void readsTheLayoutsOfJavaServers() {
    parses(
        "[2025-04-24 19:51:57,226] INFO Starting (kafka.server.Kafka)",
        "log.logger",
        "kafka.server.Kafka",
        "message",
        "Starting");
    parses(
        "2015-07-29 17:41:44,747 - INFO  [QuorumPeer[myid=1]/0:0:2181:Election@774] - timed out: 3",
        "process.thread.name",
        "QuorumPeer[myid=1]/0:0:2181",
        "log.logger",
        "Election",
        "log.origin.file.line",
        774L,
        "message",
        "timed out: 3");
    parses(
        "[2025-04-24T19:51:50,262][INFO ][o.o.j.Plugin ] [node-1] Loaded: all",
        "log.logger",
        "o.o.j.Plugin",
        "host.hostname",
        "node-1",
        "message",
        "Loaded: all");
    parses(
        "31-Jul-2020 16:40:38.451 INFO [main] org.apache.core.Context.log attribute: a",
        "log.logger",
        "org.apache.core.Context",
        "log.origin.function",
        "log",
        "message",
        "attribute: a");
    parses(
        "2024-05-01 10:00:00,123 INFO (main|1) [Manager.initRole():282] created",
        "process.thread.name",
        "main|1",
        "log.origin.function",
        "initRole",
        "log.origin.file.line",
        282L,
        "message",
        "created");
    parses(
        "2024-05-01T10:00:00.123Z | INFO  | worker-1 | a.b.Shop | opened | for all",
        "process.thread.name",
        "worker-1",
        "log.logger",
        "a.b.Shop",
        "message",
        "opened | for all");
    parses(
        "2024-05-01T10:00:00.123Z | INFO | w-1 | Shop.java | 806 | opened",
        "log.origin.file.name",
        "Shop.java",
        "log.origin.file.line",
        806L,
        "message",
        "opened");
  }

  @Test
  void readsPlacesInTheCodeAndTheDiagnosticContext() {
    parses(
        "2024-05-01 10:00:00,123 INFO [main] a.b.Shop.buy(Shop.java:12) - sold",
        "log.logger",
        "a.b.Shop",
        "log.origin.function",
        "buy",
        "log.origin.file.name",
        "Shop.java",
        "log.origin.file.line",
        12L,
        "message",
        "sold");
    parses(
        "2024-05-01 10:00:00,123 INFO [main] [user=ada order=7] a.b.Shop - sold",
        "user.name",
        "ada",
        "order",
        "7",
        "log.logger",
        "a.b.Shop",
        "message",
        "sold");
    parses(
        "2024-05-01 10:00:00,123 ERROR java.io.IOException: gone",
        "message",
        "java.io.IOException: gone");
  }

  @Test
  void readsAHeaderInOneBracket() {
    parses(
        "[2017-11-09T02:12:24Z ERROR main] gone",
        "@timestamp",
        "2017-11-09T02:12:24Z",
        "level",
        "ERROR",
        "log.logger",
        "main",
        "message",
        "gone");
    parses(
        "[DEBUG 2015-05-20 12:22:19 main]  up",
        "level",
        "DEBUG",
        "log.logger",
        "main",
        "message",
        "up");
  }

  @Test
  void readsTimesWithoutADateAndTheAgeOfTheProcess() {
    parsesExactly(
        "10:00:00.123 [main] DEBUG a.b.Shop - it works",
        "time of day",
        "10:00:00.123",
        "severity",
        5L,
        "level",
        "DEBUG",
        "process.thread.name",
        "main",
        "log.logger",
        "a.b.Shop",
        "message",
        "it works");
    parsesExactly(
        "4711 [main] DEBUG a.b.Shop - it works",
        "severity",
        5L,
        "level",
        "DEBUG",
        "process.thread.name",
        "main",
        "log.logger",
        "a.b.Shop",
        "message",
        "it works");
  }

  @Test
  void readsLogcat() {
    parsesExactly(
        "05-26 14:57:03.870 V/Configuration( 1766): updating: all",
        "@timestamp",
        "-05-26T14:57:03.870Z",
        "severity",
        1L,
        "level",
        "V",
        "log.logger",
        "Configuration",
        "process.pid",
        1766L,
        "message",
        "updating: all");
    parses("D/Window( 17): hidden", "level", "D", "log.logger", "Window", "message", "hidden");
    parses(
        "05-21 20:54:20.971  root  1215  1216 W [18:54] full",
        "level",
        "W",
        "process.pid",
        1215L,
        "process.thread.id",
        1216L,
        "message",
        "[18:54] full");
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
