package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FieldSinkTest {

  private final FieldSink sink = new FieldSink();

  @Test
  void keepsTheFirstOfTwoValuesWithOneName() {
    for (int i = 0; i < 200; i++) {
      sink.put("name" + i, i);
    }
    for (int i = 0; i < 200; i++) {
      sink.put("name" + i, "late");
    }

    assertThat(sink.size()).isEqualTo(200);
    assertThat(sink.get("name7")).isEqualTo(7L);
    assertThat(sink.contains("name199")).isTrue();
    assertThat(sink.contains("name200")).isFalse();
  }

  @Test
  void keepsANameWhoseHashIsThatOfNoName() {
    String name = "f5a5a608";
    assertThat(name.hashCode()).isEqualTo("".hashCode());
    sink.put("", 1);
    sink.put(name, 2);
    sink.put(name, 3);

    assertThat(sink.size()).isEqualTo(1);
    assertThat(sink.get(name)).isEqualTo(2L);
  }

  @Test
  void holdsNoTextOfTheRecordBefore() {
    sink.put("list", List.of("a"));
    sink.message("before");
    sink.severity(9, "INFO");
    sink.clear();
    sink.put("flag", true);

    assertThat(sink.message()).isEmpty();
    assertThat(sink.severityText()).isEmpty();
    assertThat(sink.timestampText()).isEmpty();
    assertThat(Parsed.of(sink)).containsOnlyKeys("message", "flag");
  }

  @Test
  void holdsValuesOfEachKind() {
    byte[] bytes = "a text".getBytes(UTF_8);
    sink.put("span", bytes, 2, 6);
    sink.put("empty", bytes, 2, 2);
    sink.put("long", 7L);
    sink.put("double", 1.5);
    sink.put("nan", Double.NaN);
    sink.put("flag", true);
    sink.put("list", List.of("a", "b"));

    assertThat(Parsed.of(sink))
        .containsEntry("span", "text")
        .containsEntry("long", 7L)
        .containsEntry("double", 1.5)
        .containsEntry("nan", "NaN")
        .containsEntry("flag", true)
        .containsEntry("list", List.of("a", "b"))
        .doesNotContainKey("empty");
    assertThat(sink.kind(sink.indexOf("long"))).isEqualTo(FieldSink.Kind.LONG);
    assertThat(sink.kind(sink.indexOf("span"))).isEqualTo(FieldSink.Kind.TEXT);
  }

  @Test
  void forgetsEverythingWhenCleared() {
    byte[] bytes = "text".getBytes(UTF_8);
    sink.put("a", 1);
    sink.message(bytes, 0, 4);
    sink.severity(9, bytes, 0, 4);
    sink.timestamp(1, false, bytes, 0, 4);
    assertThat(sink.isClear()).isFalse();

    sink.clear();

    assertThat(sink.isClear()).isTrue();
    assertThat(sink.message()).isEmpty();
    assertThat(sink.severityText()).isEmpty();
    assertThat(sink.severityNumber()).isZero();
    assertThat(sink.hasTimestamp()).isFalse();
    assertThat(sink.contains("a")).isFalse();
  }
}
