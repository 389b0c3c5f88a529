package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a parser made of a line, as a map that tests compare with. */
final class Parsed {

  private static final DetectingParser DETECTING = Parsers.detecting();

  private Parsed() {}

  /** The fields of a line whose format is recognised. */
  static Map<String, Object> of(String line) {
    return of(DETECTING, line.getBytes(UTF_8));
  }

  static Map<String, Object> of(LineParser parser, byte[] line) {
    FieldSink sink = new FieldSink();
    // Bytes around the line that must not be looked at.
    byte[] buffer = new byte[line.length + 6];
    java.util.Arrays.fill(buffer, (byte) '7');
    System.arraycopy(line, 0, buffer, 3, line.length);
    assertThat(parser.parse(buffer, 3, 3 + line.length, sink)).isTrue();
    return of(sink);
  }

  static Map<String, Object> of(FieldSink sink) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (sink.isDateless()) {
      fields.put("time of day", LocalTime.ofNanoOfDay(sink.timestampNanos()).toString());
    } else if (sink.hasTimestamp()) {
      Instant time = Instant.ofEpochSecond(0, sink.timestampNanos());
      fields.put("@timestamp", sink.isYearless() ? time.toString().substring(4) : time.toString());
    }
    if (sink.severityNumber() > 0) {
      fields.put("severity", (long) sink.severityNumber());
    }
    if (!sink.severityText().isEmpty()) {
      fields.put("level", sink.severityText());
    }
    fields.put("message", sink.message());
    for (int i = 0; i < sink.size(); i++) {
      fields.put(sink.name(i), sink.value(i));
    }
    return fields;
  }

  /** Asserts that the line has these fields, given as name and value in turn, among others. */
  static void parses(String line, Object... expected) {
    Map<String, Object> fields = of(line);
    for (int i = 0; i < expected.length; i += 2) {
      assertThat(fields).as(line).containsEntry((String) expected[i], expected[i + 1]);
    }
  }

  /** As {@link #parses}, and there are no other fields. */
  static void parsesExactly(String line, Object... expected) {
    parses(line, expected);
    assertThat(of(line)).as(line).hasSize(expected.length / 2);
  }
}
