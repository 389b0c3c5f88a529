package dev.logdash.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.event.Attributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributesTest {

  @Test
  void keepsTheFirstOfTwoValuesWithOneName() {
    // The first two names have one hash.
    Attributes.Builder builder =
        Attributes.builder().put("Aa", 1).put("BB", 2).put("Aa", 3).put("BB", "4").put("c", true);

    assertThat(builder.build().toString()).isEqualTo("{Aa=1, BB=2, c=true}");
    assertThat(builder.build().toBuilder().put("c", 5).put("C", 6).put("C", 7).build().toString())
        .isEqualTo("{Aa=1, BB=2, c=true, C=6}");
  }

  @Test
  void keepsEveryNameOfMany() {
    Map<String, Object> expected = new LinkedHashMap<>();
    Attributes.Builder builder = Attributes.builder();
    for (int i = 0; i < 1_000; i++) {
      String name = "name " + i % 500;
      expected.putIfAbsent(name, (long) i);
      builder.put(name, i);
    }

    Map<String, Object> found = new LinkedHashMap<>();
    builder.build().forEach(found::put);

    assertThat(found).isEqualTo(expected);
  }

  @Test
  void takesValuesAsItGivesThem() {
    Attributes given =
        Attributes.builder()
            .put("text", "a")
            .put("whole", 1)
            .put("part", 1.5)
            .put("flag", false)
            .put("texts", List.of("a", "b"))
            .build();
    Attributes.Builder again = Attributes.builder();
    given.forEach(again::putValue);
    given.forEach((name, value) -> again.putValue(name, "later"));

    assertThat(again.build()).isEqualTo(given);
  }

  @Test
  void keepsOfOtherNumbersAndListsTheText() {
    Attributes attributes =
        Attributes.builder()
            .putValue("none", Double.NaN)
            .putValue("numbers", new ArrayList<>(List.of(1, 2)))
            .build();

    assertThat(attributes.get("none")).isEqualTo("NaN");
    assertThat(attributes.get("numbers")).isEqualTo(List.of("1", "2"));
  }

  @Test
  void refusesValuesOfOtherTypes() {
    Attributes.Builder builder = Attributes.builder();

    assertThatThrownBy(() -> builder.putValue("port", 80))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("port");
    assertThat(builder.contains("port")).isFalse();
  }
}
