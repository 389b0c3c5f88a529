package dev.logdash.core.parse.pattern;

import static dev.logdash.core.parse.pattern.PatternLines.doesNotFit;
import static dev.logdash.core.parse.pattern.PatternLines.parses;
import static dev.logdash.core.parse.pattern.PatternLines.refuses;

import org.junit.jupiter.api.Test;

class LayoutPatternTest {

  private static final PatternParser USUAL =
      PatternParser.logback("%d{ISO8601} [%thread] %-5level %logger{36} - %msg%n");

  // The console pattern that Spring Boot's reference prints, with its defaults.
  private static final PatternParser SPRING =
      PatternParser.logback(
          "%clr(%d{${LOG_DATEFORMAT_PATTERN:-yyyy-MM-dd'T'HH:mm:ss.SSSXXX}}){faint}"
              + " %clr(${LOG_LEVEL_PATTERN:-%5p}){} %clr(${PID:-}){magenta}"
              + " %clr(--- %esb(){APPLICATION_NAME}%esb{APPLICATION_GROUP}[%15.15t]"
              + " ${LOG_CORRELATION_PATTERN:-}){faint}%clr(%-40.40logger{39}){cyan}"
              + " %clr(:){faint} %m%n${LOG_EXCEPTION_CONVERSION_WORD:-%wEx}");

  @Test
  void readsBackWhatLogbackWrites() {
    parses(
        USUAL,
        "2024-05-01 10:00:00,123 [main] INFO  a.b.Shop - it works - well",
        "time",
        "2024-05-01T10:00:00.123Z",
        "severity",
        9,
        "message",
        "it works - well",
        "process.thread.name",
        "main",
        "log.logger",
        "a.b.Shop");
    parses(
        USUAL,
        "2024-05-01 10:00:00,123 [pool [1] x] ERROR a.b.Shop - ",
        "time",
        "2024-05-01T10:00:00.123Z",
        "severity",
        17,
        "message",
        "",
        "process.thread.name",
        "pool [1] x",
        "log.logger",
        "a.b.Shop");
    doesNotFit(USUAL, "2024-05-01 10:00:00,123 [main] INFO a.b.Shop - one space too few");
    doesNotFit(USUAL, "2024-13-01 10:00:00,123 [main] INFO  a.b.Shop - no such month");
    doesNotFit(USUAL, "no format fits this");
  }

  @Test
  void knowsEveryConversionWordOfLogback() {
    parses(
        PatternParser.logback(
            "%relative|%cn|%C|%M|%F:%L|%X{userId:-none}|%X|%marker|%property{HOST}|%sn|%kvp|%m%n%ex"),
        "12|default|a.b.Shop|buy|Shop.java:7|ada|a=1, b=two words|AUDIT|h1|9|k=\"v\"|hi",
        "message",
        "hi",
        "process.uptime_ms",
        12L,
        "labels.context",
        "default",
        "code.namespace",
        "a.b.Shop",
        "log.origin.function",
        "buy",
        "log.origin.file.name",
        "Shop.java",
        "log.origin.file.line",
        7L,
        "userId",
        "ada",
        "a",
        "1",
        "b",
        "two",
        "tags",
        "AUDIT",
        "host.hostname",
        "h1",
        "event.sequence",
        9L,
        "kvp",
        "k=\"v\"");
    parses(
        PatternParser.logback("%replace(%highlight(%-5level) \\(%t\\) %msg){'a', 'b'} %nopex%n"),
        "\u001b[34mINFO \u001b[0;39m (t) hi",
        "message",
        "hi",
        "severity",
        9,
        "process.thread.name",
        "t");
    parses(
        PatternParser.logback("%-30(%d{HH:mm:ss.SSS} [%t]) %.-1level \\_%msg"),
        "10:00:00.123 [main]            W hi",
        "time",
        "10:00:00.123",
        "process.thread.name",
        "main",
        "severity",
        13,
        "message",
        "hi");
  }

  @Test
  void readsBackTheConsoleOfSpringBoot() {
    parses(
        SPRING,
        "2024-05-01T10:00:00.123+02:00  WARN 4711 --- [shop] [nio-8080-exec-1]"
            + " a.b.Shop                                 : slow",
        "time",
        "2024-05-01T08:00:00.123Z",
        "severity",
        13,
        "message",
        "slow",
        "process.pid",
        4711L,
        "process.thread.name",
        "nio-8080-exec-1",
        "log.logger",
        "a.b.Shop");
    parses(
        SPRING,
        "\u001b[2m2024-05-01T10:00:00.123Z\u001b[0;39m \u001b[32m INFO\u001b[0;39m"
            + " \u001b[35m4711\u001b[0;39m \u001b[2m--- [           main] \u001b[0;39m"
            + "\u001b[36ma.b.Shop                                \u001b[0;39m"
            + " \u001b[2m:\u001b[0;39m up",
        "time",
        "2024-05-01T10:00:00.123Z",
        "severity",
        9,
        "message",
        "up",
        "process.pid",
        4711L,
        "process.thread.name",
        "main",
        "log.logger",
        "a.b.Shop");
  }

  @Test
  void readsBackWhatLog4jWrites() {
    parses(
        PatternParser.log4j("%d{DEFAULT}{UTC} [%t] %-5p %c{1.}:%L - %X{traceId} %%%m%n%xEx"),
        "2024-05-01 10:00:00,123 [main] ERROR a.b.Shop:42 - abc %works",
        "time",
        "2024-05-01T10:00:00.123Z",
        "severity",
        17,
        "message",
        "works",
        "process.thread.name",
        "main",
        "log.logger",
        "a.b.Shop",
        "log.origin.file.line",
        42L,
        "trace.id",
        "abc");
    parses(
        PatternParser.log4j(
            "%highlight{%-5p}{FATAL=red} %d{UNIX_MILLIS} %T/%tp %notEmpty{[%X{cart}] }%l %X"
                + " %marker %sn %style{%m}{bright}%throwable{short}"),
        "INFO  1714557600123 31/5 [7] a.b.Shop.buy(Shop.java:12) {a=1, b=2} AUDIT 3 hi",
        "time",
        "2024-05-01T10:00:00.123Z",
        "severity",
        9,
        "message",
        "hi",
        "process.thread.id",
        31L,
        "process.thread.priority",
        5L,
        "cart",
        "7",
        "log.logger",
        "a.b.Shop",
        "log.origin.function",
        "buy",
        "log.origin.file.name",
        "Shop.java",
        "log.origin.file.line",
        12L,
        "a",
        "1",
        "b",
        "2",
        "tags",
        "AUDIT",
        "event.sequence",
        3L);
  }

  @Test
  void readsDatesAsTheirPatternsSay() {
    date("%d{dd/MM/yyyy HH:mm:ss, Europe/Berlin}", "01/05/2024 10:00:00", "2024-05-01T08:00:00Z");
    date("%d{dd/MM/yyyy HH:mm:ss, Europe/Berlin}", "01/12/2024 10:00:00", "2024-12-01T09:00:00Z");
    date(
        "%d{\"EEE, d MMM yyyy h:mm:ss a\", UTC, en}",
        "Wed, 1 May 2024 2:05:06 PM", "2024-05-01T14:05:06Z");
    date("%d{yyyyMMdd'T'HHmmssSSS}", "20240501T100000123", "2024-05-01T10:00:00.123Z");
    date("%d{yy-DDD HH:mm:ss}", "24-122 10:00:00", "2024-05-01T10:00:00Z");
    date("%d{STRICT}", "2024-05-01T10:00:00,123", "2024-05-01T10:00:00.123Z");
    date(
        "%d{yyyy-MM-dd HH:mm:ss.SSSSSSSSS Z}",
        "2024-05-01 10:00:00.000000001 -0130", "2024-05-01T11:30:00.000000001Z");
    date("%d{MM-dd HH:mm:ss}", "05-01 10:00:00", "-05-01T10:00:00Z");
    date("%d{HH:mm:ss.SSS}", "10:00:00.123", "10:00:00.123");
  }

  private static void date(String word, String text, String time) {
    parses(PatternParser.logback(word + " %msg"), text + " hi", "time", time, "message", "hi");
  }

  @Test
  void keepsTheLinesOfATrace() {
    parses(
        USUAL,
        "2024-05-01 10:00:00,123 [main] ERROR a.b.Shop - no\n"
            + "java.lang.IllegalStateException: gone\n\tat a.b.Shop.buy(Shop.java:7)",
        "time",
        "2024-05-01T10:00:00.123Z",
        "severity",
        17,
        "message",
        "no",
        "process.thread.name",
        "main",
        "log.logger",
        "a.b.Shop",
        "error.type",
        "java.lang.IllegalStateException",
        "error.message",
        "gone",
        "error.stack_trace",
        "java.lang.IllegalStateException: gone\n\tat a.b.Shop.buy(Shop.java:7)");
  }

  @Test
  void refusesWhatCannotBeReadBack() {
    refuses("logback:%d [%thred] %msg", 5, "did you mean 'thread'?");
    refuses("logback:%msg%n%level", 7, "more than one line");
    refuses("logback:%msg\\nmore", 7, "more than one line");
    refuses("logback:%d{yyyy-QQ} %msg", 9, "'Q'");
    refuses("logback:%d{yyyy} %caller %msg", 10, "callers");
    refuses("logback:%d{yyyy, Nowhere/X} %msg", 4, "no time zone 'Nowhere/X'");
    refuses("logback:%(%msg", 2, "not closed");
    refuses("logback:${A:-%d} ${B} %msg", 10, "${B}");
    refuses("logback:${A:-%d %thred} %msg", 9, "thred");
    refuses("logback:plain", 1, "no conversion word");
    refuses("logback: ", 1, "empty");
    refuses("log4j:%m %highlight", 4, "curly brackets");
    refuses("log4j:%highlight{%zz}", 12, "'zz'");
    refuses("lgback:%m", 1, "did you mean 'logback'?");
    refuses("logback:" + "x".repeat(9_000), PatternParser.MAX_LENGTH + 1, "longer than");
  }
}
