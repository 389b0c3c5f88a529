package dev.logdash.core.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventJsonTest {

  @Test
  void writesEveryPartUnderItsEcsName() {
    LogEvent event =
        LogEvent.builder("id-1")
            .timestampNanos(1_714_557_600_123_456_000L)
            .observedNanos(1_714_557_601_000_000_000L)
            .severity(Severity.WARN)
            .severityText("WARNING")
            .service("shop")
            .source("/var/log/x")
            .message("a \"b\"\n")
            .traceId("ab")
            .spanId("cd")
            .attributes(
                Attributes.builder()
                    .put("n", 7)
                    .put("d", 1.5)
                    .put("f", true)
                    .put("l", List.of("x", "y"))
                    .put("t", "u")
                    .build())
            .build();

    assertThat(write(event, false))
        .isEqualTo(
            "{\"@timestamp\":\"2024-05-01T10:00:00.123456Z\",\"message\":\"a \\\"b\\\"\\n\","
                + "\"log.level\":\"WARNING\",\"event.severity\":13,\"service.name\":\"shop\",\"trace.id\":\"ab\","
                + "\"span.id\":\"cd\",\"n\":7,\"d\":1.5,\"f\":true,\"l\":[\"x\",\"y\"],\"t\":\"u\"}\n");
    assertThat(write(event, true))
        .contains(
            "\"event.id\":\"id-1\",\"event.ingested\":\"2024-05-01T10:00:01.000Z\",\"log.source\":\"/var/log/x\"");
  }

  @Test
  void leavesOutWhatIsEmptyAndNamesTheClassOfASeverityWithoutText() {
    LogEvent event = LogEvent.builder("i").severity(Severity.ERROR2).build();

    assertThat(write(event, false))
        .isEqualTo(
            "{\"@timestamp\":\"1970-01-01T00:00:00.000Z\",\"message\":\"\",\"log.level\":\"error\",\"event.severity\":18}\n");
  }

  @Test
  void repairsHalfSurrogatesEverywhere() {
    LogEvent event =
        LogEvent.builder("i")
            .message("\ud83d\ude00 \ud83d x \ude00")
            .attributes(
                Attributes.builder().put("\ud83d", "\ude00").put("l", List.of("\ud83d")).build())
            .build();

    assertThat(write(event, false))
        .isEqualTo(
            "{\"@timestamp\":\"1970-01-01T00:00:00.000Z\",\"message\":\"\ud83d\ude00 \ufffd x \ufffd\","
                + "\"\ufffd\":\"\ufffd\",\"l\":[\"\ufffd\"]}\n");
  }

  private static String write(LogEvent event, boolean identity) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new EventJson(identity).write(event, out);
    return out.toString(UTF_8);
  }
}
