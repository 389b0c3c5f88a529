package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The keys of former records help to read the next one, and never change what it says. */
class KeyCacheTest {

  private final FieldSink sink = new FieldSink();

  @Test
  void takesNoRawTextForAKeyThatNeedsEscapes() {
    String record = "{\"a\\\"b\":1,\"c\\\\d\":2,\"e\":3}";
    assertThat(parse("json", record, record)).isTrue();
    assertThat(parse("json", "{\"a\"b\":1}")).isFalse();

    assertThat(parse("json", record, record)).isTrue();
    assertThat(parse("json", "{\"a\\\"b\":1,\"c\\d\":2}")).isFalse();
  }

  @Test
  void takesNoKeyOfAnObjectForOneOfAPair() {
    List<String> objects = Collections.nCopies(2, "{\"x\":0,\"a b\":1,\"c d\":2}");
    objects.forEach(object -> parse("json", object));
    String line = "x=0 a b=1 c=2 d=3";
    parse("logfmt", line);

    assertThat(Parsed.of(sink)).isEqualTo(Parsed.of(Parsers.named("logfmt"), line.getBytes(UTF_8)));
  }

  @Test
  void readsAKeyWhoseBeginningIsTheOneThatCameBefore() {
    String record = "{\"time\":\"x\",\"level\":\"info\",\"k\":1}";
    parse("json", record, record, "{\"time\":\"x\",\"levels\":\"info\",\"kk\":1}");

    assertThat(Parsed.of(sink)).containsEntry("levels", "info").containsEntry("kk", 1L);
    assertThat(sink.severityNumber()).isZero();
  }

  @Test
  void readsNamesInsideOfNamesThatCameBefore() {
    String record = "{\"a\":{\"b\":1},\"b\":2,\"c\":{\"b\":[3]}}";
    parse("json", record, record, record);

    assertThat(Parsed.of(sink))
        .containsEntry("a.b", 1L)
        .containsEntry("b", 2L)
        .containsEntry("c.b", List.of("3"));
  }

  /** Parses records with one sink; whether the last was of the format. */
  private boolean parse(String format, String... records) {
    LineParser parser = Parsers.named(format);
    return Arrays.stream(records)
        .map(record -> record.getBytes(UTF_8))
        .map(
            bytes -> {
              sink.clear();
              return parser.parse(bytes, 0, bytes.length, sink);
            })
        .reduce(false, (before, last) -> last);
  }
}
