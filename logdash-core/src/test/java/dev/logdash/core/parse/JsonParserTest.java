package dev.logdash.core.parse;

import static dev.logdash.core.parse.Parsed.parses;
import static dev.logdash.core.parse.Parsed.parsesExactly;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonParserTest {

  @Test
  void readsATemplateOfOpeningBrackets() {
    String template = "{a".repeat(1_000);
    parses("{\"@mt\":\"" + template + "\"}", "message", template);
  }

  @Test
  void readsEcsFlatAndNestedAlike() {
    Object[] expected = {
      "@timestamp", "2024-05-01T10:00:00.123Z",
      "severity", 17L,
      "level", "ERROR",
      "message", "no stock",
      "log.logger", "a.Shop",
      "process.thread.name", "main",
      "service.name", "shop",
      "trace.id", "4bf92f3577b34da6",
      "span.id", "00f067aa0ba902b7"
    };
    parsesExactly(
        "{\"@timestamp\":\"2024-05-01T10:00:00.123Z\",\"log.level\":\"ERROR\",\"message\":\"no stock\","
            + "\"log.logger\":\"a.Shop\",\"process.thread.name\":\"main\",\"service.name\":\"shop\","
            + "\"trace.id\":\"4bf92f3577b34da6\",\"span.id\":\"00f067aa0ba902b7\"}",
        expected);
    parsesExactly(
        "{\"@timestamp\":\"2024-05-01T10:00:00.123Z\",\"log\":{\"level\":\"ERROR\",\"logger\":\"a.Shop\"},"
            + "\"process\":{\"thread\":{\"name\":\"main\"}},\"service\":{\"name\":\"shop\"},"
            + "\"trace\":{\"id\":\"4bf92f3577b34da6\"},\"span\":{\"id\":\"00f067aa0ba902b7\"},"
            + "\"message\":\"no stock\"}",
        expected);
  }

  @Test
  void readsTheEncodersOfLogback() {
    parsesExactly(
        "{\"@timestamp\":\"2024-05-01T10:00:00.123Z\",\"@version\":\"1\",\"message\":\"hi\","
            + "\"logger_name\":\"a.Shop\",\"thread_name\":\"main\",\"level\":\"INFO\",\"level_value\":20000,"
            + "\"stack_trace\":\"java.io.IOException: gone\\n\\tat a.B.c(B.java:1)\",\"duration_ms\":1.5}",
        "@timestamp",
        "2024-05-01T10:00:00.123Z",
        "severity",
        9L,
        "level",
        "INFO",
        "message",
        "hi",
        "@version",
        "1",
        "log.logger",
        "a.Shop",
        "process.thread.name",
        "main",
        "error.stack_trace",
        "java.io.IOException: gone\n\tat a.B.c(B.java:1)",
        "error.type",
        "java.io.IOException",
        "error.message",
        "gone",
        "event.duration",
        1_500_000L);
    parses(
        "{\"sequenceNumber\":0,\"timestamp\":1714557600123,\"nanoseconds\":123456000,\"level\":\"WARN\","
            + "\"threadName\":\"main\",\"loggerName\":\"a.Shop\",\"mdc\":{\"traceId\":\"ab\"},"
            + "\"message\":\"{} left\",\"arguments\":[\"3\"],\"formattedMessage\":\"3 left\","
            + "\"throwable\":{\"className\":\"a.B\",\"message\":\"m\",\"stepArray\":[{\"x\":1}]}}",
        "@timestamp",
        "2024-05-01T10:00:00.123Z",
        "level",
        "WARN",
        "message",
        "3 left",
        "message_template",
        "{} left",
        "arguments",
        List.of("3"),
        "trace.id",
        "ab",
        "error.type",
        "a.B",
        "error.message",
        "m");
  }

  @Test
  void readsRequestsAndNumericLevels() {
    parses(
        "{\"level\":30,\"time\":1714557600123,\"pid\":7,\"hostname\":\"h\",\"msg\":\"done\","
            + "\"remoteAddr\":\"10.0.0.1:99\",\"method\":\"GET\",\"url\":\"/a?b=1\",\"statusCode\":200,"
            + "\"request_time\":0.25,\"user_agent\":\"curl/8\"}",
        "severity",
        9L,
        "level",
        "30",
        "process.pid",
        7L,
        "host.hostname",
        "h",
        "message",
        "done",
        "source.ip",
        "10.0.0.1",
        "source.port",
        99L,
        "http.request.method",
        "GET",
        "url.path",
        "/a",
        "http.response.status_code",
        200L,
        "event.duration",
        250_000_000L,
        "user_agent.original",
        "curl/8");
  }

  @Test
  void keepsTheNameOfKeysThatAreNotKnownOrDoNotFit() {
    parses(
        "{\"a\":{\"b\":{\"c\":true}},\"n\":-7,\"d\":2.5,\"big\":123456789012345678901,\"e\":1e400,"
            + "\"l\":[1,\"x\",null],\"o\":[{\"p\":1}],\"z\":null,\"\":1,\"status\":\"open\",\"time\":\"soon\"}",
        "a.b.c",
        true,
        "n",
        -7L,
        "d",
        2.5,
        "big",
        "123456789012345678901",
        "e",
        "1e400",
        "l",
        List.of("1", "x"),
        "o",
        "[{\"p\":1}]",
        "_",
        1L,
        "status",
        "open",
        "time",
        "soon");
  }

  @Test
  void keepsTheFirstOfTwoMembersWithOneName() {
    parses("{\"a\":1,\"a\":2,\"b\":{\"c\":3},\"b.c\":4}", "a", 1L, "b.c", 3L);
  }

  @Test
  void decodesEscapesAndReplacesHalfSurrogates() {
    parses(
        "{\"msg\":\"a\\\"\\\\\\/\\n\\u00fc\\ud83d\\ude00\\ud83d!\",\"k\\u0065y\":\"v\"}",
        "message",
        "a\"\\/\n\u00fc\ud83d\ude00\ufffd!",
        "key",
        "v");
  }

  @Test
  void replacesBytesThatAreNotUtf8() {
    byte[] line = "{\"msg\":\"a?b\"}".getBytes(UTF_8);
    line[9] = (byte) 0xFF;

    Map<String, Object> fields = Parsed.of(Parsers.named("json"), line);

    assertThat(fields).containsEntry("message", "a\ufffdb");
  }

  @Test
  void keepsAsTextWhatIsNotJsonOrBeyondItsBounds() {
    text("{\"a\":1");
    text("{\"a\":01}");
    text("{a:1}");
    text("{\"a\":1}}");
    text("{\"a\":" + "[".repeat(100_000));
    text("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}");
    text("{\"a\":" + "1".repeat(1_001) + "}");
    text("{\"" + "k".repeat(1_100) + "\":1}");
    StringBuilder members = new StringBuilder("{\"a\":1");
    for (int i = 0; i < 1_000; i++) {
      members.append(",\"a").append(i).append("\":1");
    }
    text(members.append('}').toString());
    parses("{\"a\":" + "[".repeat(62) + "]".repeat(62) + ",\"b\":7}", "b", 7L);
  }

  private static void text(String line) {
    parsesExactly(line, "message", line);
  }
}
