package dev.logdash.core.parse;

import static dev.logdash.core.parse.Parsed.parsesExactly;

import org.junit.jupiter.api.Test;

class RecordsTest {

  private static final String TRACE =
      "java.lang.IllegalStateException: no stock\n\tat a.Shop.buy(Shop.java:7)\n\t... 5 more\n"
          + "Caused by: java.io.IOException\n\tat a.B.c(B.java:1)";

  @Test
  void makesATraceOutOfTheLinesBehindTheFirst() {
    parsesExactly(
        "2024-05-01 10:00:00,123 ERROR [main] a.Shop: order failed\n" + TRACE,
        "@timestamp",
        "2024-05-01T10:00:00.123Z",
        "severity",
        17L,
        "level",
        "ERROR",
        "process.thread.name",
        "main",
        "log.logger",
        "a.Shop",
        "message",
        "order failed",
        "error.stack_trace",
        TRACE,
        "error.type",
        "java.lang.IllegalStateException",
        "error.message",
        "no stock");
  }

  @Test
  void addsOtherLinesToTheMessage() {
    parsesExactly(
        "2024-05-01 10:00:00 select *\r\n  from cart\nwhere id = 7\n" + TRACE,
        "@timestamp",
        "2024-05-01T10:00:00Z",
        "message",
        "select *\r\n  from cart\nwhere id = 7",
        "error.stack_trace",
        TRACE,
        "error.type",
        "java.lang.IllegalStateException",
        "error.message",
        "no stock");
  }

  @Test
  void readsATraceWithoutALogLine() {
    String first = "Exception in thread \"main\" a.b.CartError: empty";

    parsesExactly(
        first + "\n\tat a.B.c(B.java:1)",
        "message",
        first,
        "error.stack_trace",
        first + "\n\tat a.B.c(B.java:1)",
        "error.type",
        "a.b.CartError",
        "error.message",
        "empty");
  }

  @Test
  void readsJsonThatIsPrintedOverSeveralLines() {
    parsesExactly("{\n  \"msg\": \"hi\",\n  \"n\": 7\n}", "message", "hi", "n", 7L);
  }

  @Test
  void addsToAMessageThatIsNoSpanOfTheRecord() {
    parsesExactly("a=1 msg=\"x \\\"y\\\"\"\nmore", "a", 1L, "message", "x \"y\"\nmore");
  }

  @Test
  void readsTheHeadOfATraceOfAnotherLanguageInJson() {
    parsesExactly(
        "{\"message\":\"order failed\",\"level\":\"error\",\"stack\":\"RangeError: far\\n    at a (b.js:7:3)\"}",
        "message",
        "order failed",
        "severity",
        17L,
        "level",
        "error",
        "error.stack_trace",
        "RangeError: far\n    at a (b.js:7:3)",
        "error.type",
        "RangeError",
        "error.message",
        "far");
  }
}
