package dev.logdash.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.InputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What a miner does with messages that nobody meant to be read. */
class HostileMessagesTest {

  private static final MinerLimits SMALL = new MinerLimits(2_000, 2L << 20);

  @Test
  void aMillionRandomLinesStayWithinTheLimits() {
    TemplateMiner miner = new TemplateMiner(SMALL);
    Random random = new Random(1);
    int mostForms = 0;
    long mostBytes = 0;
    for (int i = 0; i < 1_000_000; i++) {
      miner.mine(randomWords(random));
      mostForms = Math.max(mostForms, miner.forms());
      mostBytes = Math.max(mostBytes, miner.bytes());
    }

    assertThat(mostForms).isLessThanOrEqualTo(SMALL.maxForms());
    assertThat(mostBytes).isLessThanOrEqualTo(SMALL.maxBytes());
    assertThat(miner.forgotten()).isGreaterThan(500_000);
    assertThat(miner.lines()).isEqualTo(1_000_000);
  }

  @Test
  void manyValuesInFewFormsStayWithinTheLimits() {
    TemplateMiner miner = new TemplateMiner(SMALL);
    Random random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      miner.mine(
          ("x" + (char) ('a' + random.nextInt(26)) + " " + random.nextInt() + " ").repeat(20));
      assertThat(miner.bytes()).isLessThanOrEqualTo(SMALL.maxBytes());
    }
  }

  @Test
  void whatIsInUseIsNotForgotten() {
    TemplateMiner miner = new TemplateMiner(SMALL);
    Random random = new Random(3);
    for (int i = 0; i < 50_000; i++) {
      miner.mine(randomWords(random));
      if (i % 100 == 0) {
        miner.mine("the heart beats, beat " + i);
      }
    }

    long beats =
        miner.summaries().stream()
            .filter(summary -> summary.template().text().equals("the heart beats, beat <num>"))
            .mapToLong(TemplateSummary::count)
            .sum();
    assertThat(beats).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\n",
        "\u0000",
        "\uD800",
        "\uDFFF\uD800",
        "\uFEFFmark",
        "\"",
        "''",
        "\"\"\"\"",
        "'a",
        "/",
        "//",
        "///a",
        "\\",
        "\\\\",
        "a:\\",
        "C:\\",
        "1:\\x",
        ":",
        "://",
        "a://",
        "@",
        "@.",
        "a@b.",
        "a@.b",
        "....",
        ".a.b.c",
        "-",
        "--5",
        "+",
        "0x",
        "0xg",
        "1e",
        "1e+",
        "1.",
        ".1",
        "1.2.3.4.5.6",
        "1.2.3.",
        "999.999.999.999",
        "12:",
        "12:3",
        "12:34:",
        "::",
        ":::::::::",
        "a:b:c:d:e:f:a:b:c",
        "ab-cd-ef-ab-cd-e",
        "12345678-1234-1234-1234-12345678901",
        "Mon Jan",
        "Jan 1",
        "Jan 1 1:",
        "Tue Feb 10 04:05:06 GMT 2026x",
        "****",
        "<>",
        "<num>",
        "1 B",
        "<1 ",
        "a= =b ==",
        "key=",
        "٣٤٥ 一二三 ñ",
        "Ω≈ç√∫˜µ≤≥÷",
        "'; DROP TABLE users;--",
        "<script>alert(1)</script>",
        "😍 👩🏽 (╯°□°）╯︵ ┻━┻",
        "H̡̫̤̤̣͉̤ͭ̓̓̇͗̎̀ơ̯̗̱̘̮͒̄̀̈ͤ̀͡w͓̲͙͖̥͉̹͋ͬ̊ͦ̂̀̚",
      })
  void everyTextHasATemplateAndFindsItAgain(String message) {
    TemplateMiner miner = new TemplateMiner();

    for (String text :
        List.of(message, message + message, "x" + message, message + " 1", "7" + message)) {
      Template template = miner.mine(text);
      assertThat(miner.find(text)).isEqualTo(template);
    }
    assertThatCode(miner::summaries).doesNotThrowAnyException();
  }

  @Test
  void naughtyStringsHaveTemplates() throws Exception {
    TemplateMiner miner = new TemplateMiner();
    int strings = 0;
    try (InputStream in = HostileMessagesTest.class.getResourceAsStream("../parse/blns.json");
        JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
          Template template = miner.mine(json.getString());
          assertThat(miner.find(json.getString())).isEqualTo(template);
          strings++;
        }
      }
    }

    assertThat(strings).isGreaterThanOrEqualTo(210);
    assertThat(miner.summaries().stream().mapToLong(TemplateSummary::count).sum())
        .isEqualTo(strings);
  }

  @Test
  void randomCharactersDoNoHarm() {
    TemplateMiner miner = new TemplateMiner();
    Random random = new Random(4);
    String alphabet = "ab09 .:/\\-_=\"'@+*<>xZ,;()[]\u00e9\ud83d\ude00\ue001\n";
    for (int i = 0; i < 200_000; i++) {
      char[] text = new char[random.nextInt(40)];
      for (int j = 0; j < text.length; j++) {
        text[j] = alphabet.charAt(random.nextInt(alphabet.length()));
      }
      miner.mine(new String(text));
    }

    assertThat(miner.lines()).isEqualTo(200_000);
  }

  private static String randomWords(Random random) {
    StringBuilder text = new StringBuilder();
    int words = 2 + random.nextInt(6);
    for (int i = 0; i < words; i++) {
      long letters = random.nextLong();
      for (int j = 0; j < 12; j++) {
        text.append((char) ('g' + (letters >>> 5 * j & 15)));
      }
      text.append(' ');
    }
    return text.toString();
  }
}
