package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.parse.pattern.PatternParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DetectingParserTest {

  @Test
  void givesTheSameResultWhateverWasParsedBefore() {
    List<byte[]> lines = new ArrayList<>();
    for (String line : SampleLines.ALL) {
      lines.add(line.getBytes(UTF_8));
    }
    Random random = new Random(20_240_501);
    for (int i = 0; i < 4_000; i++) {
      lines.add(Mutations.of(random, lines.get(random.nextInt(SampleLines.ALL.size()))));
    }
    FieldSink fresh = new FieldSink();
    FieldSink used = new FieldSink();
    DetectingParser remembering = Parsers.detecting();
    for (int round = 0; round < 20_000; round++) {
      byte[] line = lines.get(random.nextInt(lines.size()));
      String source = "s" + random.nextInt(3);

      fresh.clear();
      Parsers.detecting().parse(line, 0, line.length, fresh);
      used.clear();
      remembering.parse(source, line, 0, line.length, used);

      assertThat(describe(used)).as(new String(line, UTF_8)).isEqualTo(describe(fresh));
    }
  }

  @Test
  void givesTheSameResultsHoweverSourcesAreInterleaved() {
    Random random = new Random(42);
    List<String> sources = new ArrayList<>();
    List<byte[]> lines = new ArrayList<>();
    List<Map<String, Object>> expected = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      String sample = SampleLines.ALL.get(random.nextInt(SampleLines.ALL.size()));
      byte[] line = sample.getBytes(UTF_8);
      lines.add(random.nextInt(3) == 0 ? Mutations.of(random, line) : line);
      sources.add("s" + random.nextInt(8));
      expected.add(Parsed.of(Parsers.detecting(), lines.get(i)));
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, lines.size()).boxed().toList());
    for (int round = 0; round < 10; round++) {
      Collections.shuffle(order, random);
      DetectingParser remembering = Parsers.detecting();
      FieldSink sink = new FieldSink();
      for (int i : order) {
        byte[] line = lines.get(i);
        sink.clear();
        remembering.parse(sources.get(i), line, 0, line.length, sink);
        assertThat(Parsed.of(sink)).as(new String(line, UTF_8)).isEqualTo(expected.get(i));
      }
    }
  }

  @Test
  void aParserThatIsTriedFirstHidesTheFormatsAndLeavesTheOthersToThem() {
    DetectingParser parser = Parsers.detecting(PatternParser.dissect("%{user} says {%{msg}}"));
    byte[] fits = "ada says {\"a\":1}".getBytes(UTF_8);
    byte[] other = "{\"level\":\"WARN\",\"message\":\"m\"}".getBytes(UTF_8);
    FieldSink sink = new FieldSink();

    assertThat(parser.parse("s", fits, 0, fits.length, sink)).isTrue();
    assertThat(sink.text("user.name")).isEqualTo("ada");
    sink.clear();
    assertThat(parser.parse("s", other, 0, other.length, sink)).isTrue();
    assertThat(sink.severityText()).isEqualTo("WARN");
    sink.clear();
    assertThat(parser.parse(fits, 0, fits.length, sink)).isTrue();
    assertThat(sink.message()).isEqualTo("\"a\":1");
  }

  @Test
  void neverRemembersMoreSourcesThanItsBound() {
    DetectingParser parser = Parsers.detecting();
    FieldSink sink = new FieldSink();
    byte[] line = "x".getBytes(UTF_8);
    for (int i = 0; i < 2 * DetectingParser.MAX_SOURCES + 7; i++) {
      sink.clear();
      parser.parse("source " + i, line, 0, line.length, sink);
      assertThat(parser.sourceCount()).isBetween(1, DetectingParser.MAX_SOURCES);
    }
  }

  @Test
  void aRememberedFormatIsOnlyTriedFirstWhereNoHigherOneFits() {
    for (String line : SampleLines.ALL) {
      byte[] bytes = line.getBytes(UTF_8);
      if (line.indexOf('\n') >= 0) {
        continue;
      }
      for (LineFormat later : Formats.BY_RANK) {
        boolean claims =
            DetectingParser.mayBeFirst(later, bytes, 0, bytes.length)
                && later.parse(bytes, 0, bytes.length, new FieldSink());
        for (LineFormat earlier : Formats.BY_RANK) {
          if (earlier == later) {
            break;
          }
          boolean fits =
              earlier.mayBeginWith(Bytes.at(bytes, 0, bytes.length))
                  && earlier.parse(bytes, 0, bytes.length, new FieldSink());
          assertThat(claims && fits)
              .as(earlier.name() + " before " + later.name() + ": " + line)
              .isFalse();
        }
      }
    }
  }

  private static Map<String, Object> describe(FieldSink sink) {
    return Parsed.of(sink);
  }
}
