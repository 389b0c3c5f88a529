package dev.logdash.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Attributes;
import java.util.LinkedHashMap;
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
}
