package dev.logdash.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyTextTest {

  private final Random random = new Random(20_261_128);

  @Test
  void comesBackAndHasTheOrderOfJavaInUtf8() {
    for (int i = 0; i < 200_000; i++) {
      String left = text();
      String right = text();
      String encodedLeft = KeyText.encode(left);
      byte[] leftBytes = encodedLeft.getBytes(StandardCharsets.UTF_8);
      byte[] rightBytes = KeyText.encode(right).getBytes(StandardCharsets.UTF_8);

      assertThat(KeyText.decode(new String(leftBytes, StandardCharsets.UTF_8))).isEqualTo(left);
      assertThat(Integer.signum(Arrays.compareUnsigned(leftBytes, rightBytes)))
          .isEqualTo(Integer.signum(left.compareTo(right)));
    }
  }

  @Test
  void boundsAPrefixExactly() {
    for (int i = 0; i < 200_000; i++) {
      String prefix = KeyText.encode(text());
      String key = text();
      String encoded = KeyText.encode(key);
      boolean within =
          encoded.compareTo(prefix) >= 0 && encoded.compareTo(KeyText.behind(prefix)) < 0;

      assertThat(within).isEqualTo(key.startsWith(KeyText.decode(prefix)));
    }
  }

  // Few different units, mostly at the edges, so that texts often share a beginning.
  private String text() {
    char[] units = {'a', 'b', 0, 0x2800, 0xD7FE, 0xD7FF, 0xD800, 0xDC00, 0xDFFF, 0xE000, 0xFFFF};
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(4); length > 0; length--) {
      text.append(units[random.nextInt(units.length)]);
    }
    return text.toString();
  }
}
