package dev.logdash.core.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holds it to {@link Tokenizer}. */
class AsciiTextTest {

  private static final String ALL = all();

  @Test
  void makesTheTermsOfTheTokenizer() {
    for (String text : List.of("", " ", "a", " a", "a ", "--", "--A.b_9--", ALL)) {
      assertTerms(text);
    }
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      String text =
          random
              .ints(random.nextInt(40), 0, 128)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      assertTerms(text);
      assertFolded(text);
    }
  }

  @Test
  void cutsLongTerms() {
    for (int length = 250; length < 260; length++) {
      for (int before = 0; before < 10; before++) {
        String text = " ".repeat(before) + "A".repeat(length);
        assertTerms(text);
        assertTerms(text + " b");
        assertTerms("b " + text + " " + text);
      }
    }
    assertTerms("ab ".repeat(1_000) + "x".repeat(5_000));
  }

  @Test
  void foldsEachCharacter() {
    assertFolded(ALL);
  }

  private static void assertTerms(String text) {
    byte[] bytes = ('x' + text + "Xxxxxxxx").getBytes(US_ASCII);

    int end = AsciiText.terms(bytes, 1, bytes.length - 8);

    String terms = new String(bytes, 1, end - 1, US_ASCII);
    assertThat(List.of(terms.strip().split(" +")))
        .as(text)
        .isEqualTo(List.of(String.join(" ", Tokenizer.terms(text)).split(" ")));
    assertThat(terms).doesNotEndWith(" ");
    assertThat(bytes[0]).isEqualTo((byte) 'x');
  }

  private static void assertFolded(String text) {
    byte[] bytes = ('X' + text + "Xxxxxxxx").getBytes(US_ASCII);

    AsciiText.fold(bytes, 1, bytes.length - 8);

    String folded =
        text.chars()
            .map(Tokenizer::foldCodePoint)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    assertThat(new String(bytes, 0, bytes.length - 8, US_ASCII)).isEqualTo('X' + folded);
  }

  private static String all() {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 128; c++) {
      all.append(c);
    }
    return all.toString();
  }
}
