package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.parse.multiline.Continuation;
import dev.logdash.core.parse.multiline.TraceLines;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ParserFuzzTest {

  private static final int ROUNDS = Boolean.getBoolean("logdash.test.deep") ? 3_000_000 : 60_000;

  @Test
  void noParserFailsOrLeavesAnythingBehindOnDamagedLines() {
    Random random = new Random(7);
    List<LineParser> parsers = Parsers.names().stream().map(Parsers::named).toList();
    FieldSink sink = new FieldSink();
    for (int round = 0; round < ROUNDS; round++) {
      String sample = SampleLines.ALL.get(random.nextInt(SampleLines.ALL.size()));
      byte[] line =
          random.nextInt(8) == 0 ? noise(random) : Mutations.of(random, sample.getBytes(UTF_8));
      int from = random.nextInt(3);
      byte[] buffer = Arrays.copyOf(new byte[0], from + line.length);
      System.arraycopy(line, 0, buffer, from, line.length);
      parseAll(parsers, buffer, from, sink);
    }
  }

  @Test
  void noLineTakesLongHoweverItIsMade() {
    List<LineParser> parsers = Parsers.names().stream().map(Parsers::named).toList();
    for (String unit :
        new String[] {
          "a",
          " ",
          "[",
          "(",
          "{",
          "{\"a\":",
          "\"",
          "\\",
          "a=",
          "a=1 ",
          "a=\"",
          "<",
          "1",
          "1.",
          ":",
          "\n",
          "\tat x\n",
          "[client ",
          "] [",
          "- ",
          "a.b.C ",
          "10.0.0.1, ",
          ", client: ",
          "{\"a\":1},",
          "\\\\\"",
          "2024-05-01 10:00:00 ",
          "x [01/Jan/2024:00:00:00 +0000] ",
          "a\nb.c.DError: "
        }) {
      for (String start :
          new String[] {
            "",
            "2024-05-01 10:00:00 INFO ",
            "<13>1 - - - - - [a ",
            "{\"a\":\"",
            "{\"a\":[",
            "a=1 ",
            "10.0.0.1 - - [01/Jan/2024:00:00:00 +0000] \"",
            "Mar  7 06:25:46 h ",
            "a\n",
            "[Sun Dec 04 04:47:44 2005] [error] ",
            "2024/05/01 10:00:00 [error] 8#9: "
          }) {
        byte[] line = (start + unit.repeat(200_000 / unit.length())).getBytes(UTF_8);
        Assertions.assertTimeout(
            Duration.ofSeconds(2),
            () -> parseAll(parsers, line, 0, new FieldSink()),
            () -> start + unit);
      }
    }
  }

  private static void parseAll(List<LineParser> parsers, byte[] b, int from, FieldSink sink) {
    for (LineParser parser : parsers) {
      sink.clear();
      boolean understood = parser.parse(b, from, b.length, sink);
      if (understood) {
        Parsed.of(sink);
      } else {
        assertThat(sink.isClear()).as(new String(b, UTF_8)).isTrue();
      }
    }
    assertThat(Continuation.of(b, from, b.length)).isNotNull();
    Continuation.isComplete(b, from, b.length);
    for (int state = TraceLines.begin(b, from, b.length); state <= 11; state++) {
      assertThat(TraceLines.next(state, b, from, b.length)).isBetween(TraceLines.END, 11);
    }
    String header = HeaderLine.find(b, from, b.length);
    assertThat(header == null || Parsers.columns(header) != null).isTrue();
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(120)];
    random.nextBytes(bytes);
    return bytes;
  }
}
