package levels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LevelsTest {

  @Test
  void countsLinesOfAllFormats() {
    Levels levels = new Levels();
    levels.add("{\"level\":\"ERROR\",\"message\":\"payment failed\"}");
    levels.add("2026-11-28 10:00:00,123 ERROR [main] shop.Orders - order 1 failed");
    levels.add("level=warn msg=\"cart is large\"");
    levels.add("just words");

    assertThat(levels.counts()).isEqualTo(Map.of("ERROR", 2, "warn", 1, "none", 1));
  }
}
