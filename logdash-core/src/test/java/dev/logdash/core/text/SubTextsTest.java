package dev.logdash.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubTextsTest {

  private static final String[] PIECES = {
    "alpha", "beta", "gamma", "delta", "/", " ", " ", ".", "_", "7", "é", "e", "\u0301", "漢", "=",
    "\u0338"
  };

  @Test
  void saysOnlyOfTokensThatAreThereThatTheyAre() {
    Random random = new Random(5);
    int said = 0;
    for (int i = 0; i < 100_000; i++) {
      String message = text(random, 12);
      int from = random.nextInt(message.length());
      int to = from + random.nextInt(message.length() - from + 1);
      String part = random.nextInt(4) == 0 ? text(random, 3) : message.substring(from, to);
      if (new SubTexts(message).hasTokensOf(part)) {
        said++;
        List<String> all = Tokenizer.terms(message);
        List<String> wanted = Tokenizer.terms(part);
        assertThat(Collections.indexOfSubList(all, wanted))
            .as("tokens of '%s' in '%s'", part, message)
            .isNotNegative();
      }
    }
    assertThat(said).isGreaterThan(500);
  }

  @Test
  void doesNotTakeAPartOfATokenForAToken() {
    assertThat(new SubTexts("GET /orders HTTP").hasTokensOf("/orders")).isTrue();
    assertThat(new SubTexts("GET /orders HTTP").hasTokensOf("/order")).isFalse();
    assertThat(new SubTexts("reorders done").hasTokensOf("orders")).isFalse();
  }

  @Test
  void endsItsSearchesInHostileEvents() {
    SubTexts texts = new SubTexts("a".repeat(2_000));

    for (int i = 0; i < 64; i++) {
      assertThat(texts.find("aaaaa")).isZero();
    }
    assertThat(texts.find("aaaaa")).isNegative();
    assertThat(new SubTexts("a".repeat(3_000)).find("aaaaa")).isNegative();
  }

  private static String text(Random random, int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
