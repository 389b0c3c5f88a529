package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
      for (Format later : Format.values()) {
        boolean claims =
            later.mayBegin(bytes, 0, bytes.length)
                && later.excludesEarlier(bytes, 0, bytes.length)
                && later.newParser().parse(bytes, 0, bytes.length, new FieldSink());
        for (Format earlier : Format.values()) {
          if (claims && earlier.ordinal() < later.ordinal()) {
            boolean fits =
                earlier.mayBegin(bytes, 0, bytes.length)
                    && earlier.newParser().parse(bytes, 0, bytes.length, new FieldSink());
            assertThat(fits).as(earlier + " before " + later + ": " + line).isFalse();
          }
        }
      }
    }
  }

  private static Map<String, Object> describe(FieldSink sink) {
    return Parsed.of(sink);
  }
}
