package dev.logdash.core.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What holds for any line, however it came about. Seeds are fixed. */
class RedactorPropertyTest {

  private static final List<String> PIECES =
      List.of(
          "password",
          "Authorization",
          "token",
          "cookie",
          "secret",
          "api_key",
          "pan",
          "=",
          ":",
          ": ",
          "\"",
          "\\\"",
          "'",
          "\\",
          "{",
          "}",
          "[",
          "]",
          ",",
          "&",
          ";",
          " ",
          "://",
          "@",
          "Bearer ",
          "Basic ",
          "eyJhbGciOiJIUzI1NiJ9.",
          "4111111111111111",
          "5500 0000 0000 0004",
          "***",
          "**",
          "bearer ",
          "session id",
          "pwd",
          "cvc",
          "4111-1111",
          "37828224631000",
          "aa",
          "2026-11-25T",
          "x1",
          "\u00FF",
          "\n",
          "AKIAIOSFODNN7EXAMPLE",
          "ghp_keyabekeyABEkeyabekeyABE1234567890ab",
          "glpat-",
          "AbcdefghijAbcdefghi1",
          "-----BEGIN ",
          "EC PRIVATE KEY-----",
          "-----END",
          "DE89370400440532013000",
          "GB29 NWBK 6016 1331 9268 19",
          "ann@example.org",
          "<",
          ">",
          "\\n",
          "ey");
  private static final List<String> NAMES =
      List.of("password", "message", "accessToken", "Cookie", "n", "card", "authorization", "pwd");
  private static final JsonFactory JSON = new JsonFactory();

  private final Redactor redactor = Redactor.withEmail();

  @Test
  void changesNothingMoreTheSecondTime() {
    Random random = new Random(11);
    for (int round = 0; round < 30_000; round++) {
      String line = pieces(random, 1 + random.nextInt(14));
      String once = redact(line);

      assertThat(redact(once)).as(line).isEqualTo(once);
    }
  }

  @Test
  void passesOverNothingThatADetectorWouldMark() {
    List<Detector> detectors = new ArrayList<>(Redactor.standardDetectors());
    detectors.add(new EmailDetector());
    Redactor everywhere = new Redactor(detectors, false);
    Random random = new Random(14);
    for (int round = 0; round < 60_000; round++) {
      String padding = "x ".repeat(random.nextInt(5)) + (random.nextBoolean() ? "-" : "");
      byte[] line = (padding + pieces(random, 1 + random.nextInt(14))).getBytes(ISO_8859_1);

      assertThat(redactor.redact(line))
          .asString(ISO_8859_1)
          .isEqualTo(new String(everywhere.redact(line), ISO_8859_1));
    }
    assertThat(redactor.counts()).isEqualTo(everywhere.counts()).doesNotContainValue(0L);
  }

  @Test
  void findsAKeyAtEachPlaceOfALine() {
    for (String key :
        List.of("AKIAIOSFODNN7EXAMPLE", "glpat-beyBeyAbeyAbeyAbeyA1", "NO9386011117947")) {
      for (int before = 0; before < 20; before++) {
        for (int behind = 0; behind < 10; behind++) {
          String line = "-".repeat(before % 2) + " ".repeat(before) + key + ".".repeat(behind);

          assertThat(redact(line).contains(key)).as(line).isFalse();
        }
      }
    }
  }

  @Test
  void findsACardNumberAtEachPlaceOfALine() {
    for (String card :
        List.of(
            "4111111111111111",
            "4222222222222",
            "5500 0000 0000 0004",
            "3782-822463-10005",
            "3056-930902-5904")) {
      for (int before = 0; before < 20; before++) {
        for (int behind = 0; behind < 10; behind++) {
          String line = "-7 ".repeat(before).substring(2 * before) + card + " x".repeat(behind);
          String start = line.substring(0, line.indexOf(card));
          boolean starts = start.isEmpty() || start.endsWith(" ");

          assertThat(redact(line).contains(card)).as(line).isEqualTo(!starts);
        }
      }
    }
  }

  @Test
  void keepsJsonValid() {
    Random random = new Random(12);
    for (int round = 0; round < 10_000; round++) {
      String document = document(random, 0);
      String redacted = redact(document);

      assertThatCode(() -> parse(redacted))
          .as(document + " -> " + redacted)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void findsEachPlantedSecret() {
    Random random = new Random(13);
    List<String> frames =
        List.of(
            "ts=1 user=ann password=%s ok",
            "{\"a\":1,\"client_secret\":\"%s\",\"b\":2}",
            "retry with api_key: %s",
            "Authorization: Bearer %s",
            "GET /x?access_token=%s&y=1",
            "postgres://ann:%s@db:5432/shop",
            "X-Api-Key: %s",
            "Set-Cookie: sid=%s; Path=/",
            "{\"m\":\"{\\\"password\\\":\\\"%s\\\"}\"}",
            "jdbc:x;user=a;PASSWORD=%s;z=1");
    for (String frame : frames) {
      for (int round = 0; round < 200; round++) {
        String secret = "S" + Long.toUnsignedString(random.nextLong(), 36) + "z9";
        String line = String.format(Locale.ROOT, frame, secret);

        assertThat(redact(line)).as(line).doesNotContain(secret).contains("***");
      }
    }
  }

  @Test
  void takesTimeInProportionToTheLengthOfHostileLines() {
    for (String piece :
        List.of(
            "token:",
            "password=",
            "a:a:",
            "://a:",
            "eyJhbGciOiJIUzI1NiJ9.",
            "Bearer ",
            "\"token\":",
            "4111 ",
            "basic QUFB",
            "ey.",
            "password: \\\"",
            "cookie: ",
            "glpat-eyeyey",
            "-----BEGIN PRIVATE KEY-----",
            "DE89 3704 ",
            "a@a.",
            "AKIAAAAAAAAAAAAAAAAAA-")) {
      byte[] small = piece.repeat(20_000 / piece.length()).getBytes(UTF_8);
      byte[] large = piece.repeat(1_280_000 / piece.length()).getBytes(UTF_8);
      redactor.redact(small);
      long first = nanosOf(small);
      long second = nanosOf(large);

      // 64 times the length; a quadratic detector would take 4,000 times as long.
      assertThat(second).as(piece).isLessThan(1_000 * Math.max(first, 100_000));
    }
  }

  private long nanosOf(byte[] line) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      redactor.redact(line);
      best = Math.min(best, System.nanoTime() - start);
    }
    return best;
  }

  private static String pieces(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static String document(Random random, int depth) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      for (int i = random.nextInt(5); i >= 0; i--) {
        json.writeName(NAMES.get(random.nextInt(NAMES.size())));
        switch (random.nextInt(7)) {
          case 0 -> json.writeNumber(random.nextLong());
          case 1 -> json.writeNumber(4_111_111_111_111_111L);
          case 2 -> json.writeBoolean(random.nextBoolean());
          case 3 -> json.writeNull();
          case 4 -> {
            json.writeStartArray();
            json.writeNumber(4_111_111_111_111_111L);
            json.writeString(pieces(random, 2));
            json.writeNumber(7);
            json.writeEndArray();
          }
          case 5 -> json.writeString(depth == 0 ? document(random, 1) : "x");
          default -> json.writeString(pieces(random, random.nextInt(6)));
        }
      }
      json.writeEndObject();
    }
    return out.toString();
  }

  private static void parse(String document) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), document)) {
      while (parser.nextToken() != null) {
        parser.currentTokenLocation();
      }
    }
  }

  private String redact(String line) {
    return new String(redactor.redact(line.getBytes(ISO_8859_1)), ISO_8859_1);
  }
}
