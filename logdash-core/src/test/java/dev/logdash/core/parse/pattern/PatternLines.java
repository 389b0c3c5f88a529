package dev.logdash.core.parse.pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.core.parse.FieldSink;
import java.time.Instant;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a pattern makes of a line, in tables. */
final class PatternLines {

  private PatternLines() {}

  /** Asserts that a line gives exactly these fields, given as name and value in turn. */
  static void parses(PatternParser parser, String line, Object... expected) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < expected.length; i += 2) {
      fields.put((String) expected[i], expected[i + 1]);
    }
    assertThat(of(parser, line))
        .as(parser + "\n" + line)
        .containsExactlyInAnyOrderEntriesOf(fields);
  }

  static void doesNotFit(PatternParser parser, String line) {
    byte[] bytes = line.getBytes(UTF_8);
    FieldSink sink = new FieldSink();
    assertThat(parser.parse(bytes, 0, bytes.length, sink)).as(parser + "\n" + line).isFalse();
    assertThat(sink.isClear()).isTrue();
  }

  /** Asserts that a pattern is refused at a column, with a message that has these words. */
  static void refuses(String pattern, int column, String... words) {
    assertThatThrownBy(() -> PatternParser.of(pattern))
        .as(pattern)
        .isInstanceOfSatisfying(
            PatternException.class,
            e -> assertThat(e.column()).as(e.getMessage()).isEqualTo(column))
        .hasMessageContainingAll(words);
  }

  static Map<String, Object> of(PatternParser parser, String line) {
    // Bytes around the line that must not be looked at.
    byte[] bytes = ("77" + line + "77").getBytes(UTF_8);
    FieldSink sink = new FieldSink();
    assertThat(parser.parse(bytes, 2, bytes.length - 2, sink)).as(parser + "\n" + line).isTrue();
    Map<String, Object> fields = new LinkedHashMap<>();
    if (sink.isDateless()) {
      fields.put("time", LocalTime.ofNanoOfDay(sink.timestampNanos()).toString());
    } else if (sink.hasTimestamp()) {
      String time = Instant.ofEpochSecond(0, sink.timestampNanos()).toString();
      fields.put("time", sink.isYearless() ? time.substring(4) : time);
    }
    if (sink.severityNumber() > 0) {
      fields.put("severity", sink.severityNumber());
    }
    fields.put("message", sink.message());
    for (int i = 0; i < sink.size(); i++) {
      fields.put(sink.name(i), sink.value(i));
    }
    return fields;
  }
}
