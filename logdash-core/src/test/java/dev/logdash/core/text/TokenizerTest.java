package dev.logdash.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TokenizerTest {

  private static final Path LANGUAGE = Path.of("..", "docs", "query-language.md");

  @Test
  void doesWhatTheTableInTheDocumentationSays() throws IOException {
    String section = Files.readString(LANGUAGE);
    section = section.substring(section.indexOf("## Tokens"), section.indexOf("## Limits"));
    Matcher row = Pattern.compile("(?m)^\\| `(.+?)` \\| `(.+)` \\|$").matcher(section);
    int rows = 0;
    while (row.find()) {
      rows++;
      assertThat(Tokenizer.terms(row.group(1)))
          .as(row.group(1))
          .containsExactly(row.group(2).split("` `"));
    }
    assertThat(rows).isGreaterThanOrEqualTo(12);
  }

  @Test
  void composesWhatTwoCharactersSpell() {
    assertThat(Tokenizer.terms("cafe\u0301 CAFÉ")).containsExactly("café", "café");
    assertThat(Tokenizer.fold("E\u0301")).isEqualTo("é");
  }

  @Test
  void cutsALongRunAt255Units() {
    assertThat(Tokenizer.terms("A".repeat(300) + " b")).containsExactly("a".repeat(255), "b");
    assertThat(Tokenizer.fold("A".repeat(300))).isEqualTo("a".repeat(255));
  }

  @Test
  void neverCutsInsideAPair() {
    String fits = "a".repeat(253) + "𝒜b";
    String edge = "a".repeat(254) + "𝒜b";

    assertThat(Tokenizer.terms(fits)).containsExactly("a".repeat(253) + "𝒜");
    assertThat(Tokenizer.terms(edge)).containsExactly("a".repeat(254));
    assertThat(Tokenizer.fold(edge)).isEqualTo("a".repeat(254));
  }

  @Test
  void keepsMarksWithTheCharacterThatStandsAlone() {
    assertThat(Tokenizer.terms("が\u0301カ\u3099x")).containsExactly("が\u0301", "ガ", "x");
    assertThat(Tokenizer.terms("ที่x")).containsExactly("ที่", "x");
  }

  @Test
  void treatsHalfAPairAsNoCharacter() {
    assertThat(Tokenizer.terms("a\ud83db\ude80c")).containsExactly("a", "b", "c");
    assertThat(Tokenizer.fold("a\ud83db")).isEqualTo("a\ufffdb");
  }

  @Test
  void tellsWhereATermStarts() {
    Tokenizer tokenizer = new Tokenizer();
    tokenizer.reset("  Ab, 日本");
    List<Integer> starts = new ArrayList<>();
    while (tokenizer.advance()) {
      starts.add(tokenizer.start());
    }
    assertThat(starts).containsExactly(2, 6, 7);
  }

  @Test
  void makesTermsOfAnyText() {
    Random random = new Random(3);
    for (int i = 0; i < 6_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int c = random.nextInt(12); c >= 0; c--) {
        text.appendCodePoint(
            random.nextInt(4) == 0 ? random.nextInt(0x20000) : random.nextInt(0x250));
      }
      for (String term : Tokenizer.terms(text)) {
        assertThat(term).isNotEmpty();
        assertThat(term.length()).isLessThanOrEqualTo(Tokenizer.MAX_TERM);
      }
      assertThat(Tokenizer.terms(text)).isEqualTo(Tokenizer.terms(text + " "));
    }
  }
}
