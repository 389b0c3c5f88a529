package dev.logdash.core.parse.pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.parse.FieldSink;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Counts work instead of measuring time. */
class BoundedWorkTest {

  // The time of each doubles with every character, or grows with the square of the line, where one
  // way is tried after the other.
  private static final String[] EXPONENTIAL = {
    "^(a+)+$",
    "^(a|aa)+$",
    "^(a|a?)+$",
    "^(.*a){20}$",
    "^([a-z]+)*\\d$",
    "(a*)*b",
    "^(\\w+\\s?)*$",
    "\\w+!!",
    ".*(?:.*=.*)",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(?<a>.*)(?<b>.*)(?<c>.*)(?<d>.*)x$",
    "(\\w{1,200}){5}!!",
    "(?:(?<q>a|aa|aaa|aaaa)+)+$",
  };

  @Test
  void noPatternLooksAtAByteMoreOftenThanIsAllowed() {
    for (String pattern : EXPONENTIAL) {
      for (int length : new int[] {30, 1_000, 64 * 1_024, 1 << 20}) {
        byte[] line = ("a".repeat(length) + "!").getBytes(UTF_8);
        Columns columns = new Columns();
        Node node = new GrokReader(Map.of(), columns).read(pattern);
        Matcher matcher = new Matcher(Program.of(node, columns.all().size()));

        assertThat(matcher.find(line, 0, line.length)).as(pattern).isFalse();

        // A step or two may pass over the rest of the line, eight bytes a look, before the work is
        // asked for.
        assertThat(matcher.workLeft()).as(pattern).isGreaterThan(-2L - line.length / 4);
      }
    }
  }

  /** Each of them passes over much of the line from each of its places, without a choice. */
  @Test
  void textsAndSingleCharactersAreWorkToo() {
    String many = "a".repeat(4_000);
    for (String pattern :
        new String[] {many + "b", "[ab]".repeat(1_000) + "!", "(?:a?b?)" + many + "c"}) {
      byte[] line = "a".repeat(100_000).getBytes(UTF_8);
      Columns columns = new Columns();
      Node node = new GrokReader(Map.of(), columns).read(pattern);
      Matcher matcher = new Matcher(Program.of(node, columns.all().size()));

      assertThat(matcher.find(line, 0, line.length)).isFalse();

      assertThat(matcher.isGivenUp()).as(pattern.substring(0, 20)).isTrue();
    }
  }

  /** What a machine that interprets these classes does in 50 ms, see docs/patterns.md. */
  @Test
  void theWorkOnALineIsBoundedWhateverItsLength() {
    assertThat(Line.workFor(1 << 30)).isEqualTo(Line.MAX_WORK).isLessThanOrEqualTo(150_000);
    assertThat(Re2Matcher.MAX_LOOKS).isLessThanOrEqualTo(40_000);
  }

  @Test
  void repetitionsThatRe2WritesOutAreCounted() {
    Columns columns = new Columns();
    Node counted = new GrokReader(Map.of(), columns).read("(\\w{1,200}){5}!!");
    Node plain = new GrokReader(Map.of(), columns).read("(\\w+){5}!!");
    Re2Matcher linear = Re2Matcher.of(counted);
    Re2Matcher same = Re2Matcher.of(plain);

    assertThat(linear).isNotNull();
    assertThat(same).isNotNull();
    assertThat(linear.looks(99)).isGreaterThan(100 * 1_000L);
    assertThat(linear.takes(500)).isFalse();
    assertThat(same.takes(500)).isTrue();
  }

  @Test
  void patternsThatPeopleUseFitLinesOf64KiB() {
    String words = "the quick brown fox ".repeat(3_300).substring(0, 65_000);
    String url = "/" + "abc/def?q=1&".repeat(5_500).substring(0, 65_000);
    String access = "10.0.0.1 - ada [01/May/2024:10:00:00 +0000] \"GET ";
    fits("%{COMBINEDAPACHELOG}", access + url + " HTTP/1.1\" 200 12 \"-\" \"curl/8\"");
    fits("%{COMBINEDAPACHELOG}", access + "/ HTTP/1.1\" 200 12 \"-\" \"" + words + "\"");
    fits("%{SYSLOGLINE}", "May  1 10:00:00 host app[12]: " + words);
    fits("%{GREEDYDATA:a} %{QS:agent}", access + "/ HTTP/1.1\" 200 12 \"" + words + "\"");
    fits("%{DATA:a} %{NUMBER:n:int} %{GREEDYDATA:b}", words + " 12 " + words.substring(0, 500));
    fits("%{URI:uri}", "see http://a.example:80" + url);
    fits("took %{NUMBER:took:float}ms", words + " took 12.5ms");
    fits(
        "^%{TIMESTAMP_ISO8601:t} %{LOGLEVEL:l} %{DATA:m} end$",
        "2024-05-01T10:00:00Z INFO " + words + " end");
  }

  private static void fits(String pattern, String line) {
    PatternParser parser = PatternParser.grok(pattern, Map.of());
    byte[] bytes = line.getBytes(UTF_8);
    assertThat(bytes.length).isGreaterThan(65_000);
    assertThat(parser.parse(bytes, 0, bytes.length, new FieldSink())).as(pattern).isTrue();
    assertThat(parser.linearCount() + parser.givenUpCount()).as(pattern).isZero();
  }

  @Test
  void whatWouldNeedTooMuchWorkIsAnsweredInLinearTimeAndCounted() {
    PatternParser parser = PatternParser.grok("^(a|aa)+$", Map.of());
    FieldSink sink = new FieldSink();
    byte[] almost = ("a".repeat(500) + "!").getBytes(UTF_8);

    assertThat(parser.parse(almost, 0, almost.length, sink)).isFalse();

    assertThat(parser.linearCount()).isEqualTo(1);
    assertThat(parser.givenUpCount()).isZero();
    assertThat(parser.refusedCount()).isEqualTo(1);
  }

  @Test
  void aLineThatIsTooLongForThatIsGivenUpAndCounted() {
    PatternParser parser = PatternParser.grok("^(a|aa)+(b|bb)+(c|cc)+(d|dd)+$", Map.of());
    FieldSink sink = new FieldSink();
    byte[] line = ("a".repeat(1_000_000) + "!").getBytes(UTF_8);

    assertThat(parser.parse(line, 0, line.length, sink)).isFalse();

    assertThat(parser.givenUpCount()).isEqualTo(1);
    assertThat(parser.linearCount()).isZero();
    assertThat(sink.isClear()).isTrue();
  }

  @Test
  void aLineThatFitsAtOnceCostsAFewStepsPerByte() {
    Columns columns = new Columns();
    Node node = new LayoutPattern("%d [%t] %-5p %c - %m%n", LayoutDialect.LOGBACK, columns).read();
    Matcher matcher = new Matcher(Program.of(node, columns.all().size()));
    byte[] line =
        ("2024-05-01 10:00:00,123 [main] INFO  a.b.Shop - " + "x".repeat(10_000)).getBytes(UTF_8);

    assertThat(matcher.find(line, 0, line.length)).isTrue();

    assertThat(Line.workFor(line.length) - matcher.workLeft()).isLessThan(100);
  }

  @Test
  void theStepsAndTheLinearEngineFindTheSame() {
    Random random = new Random(11);
    int compared = 0;
    for (int round = 0; round < 4_000; round++) {
      Columns columns = new Columns();
      String pattern = RandomPatterns.of(random, 3);
      Node node = new GrokReader(Map.of(), columns).read(pattern);
      int count = columns.all().size();
      Program program = Program.of(node, count);
      Re2Matcher linear = Re2Matcher.of(node);
      Matcher matcher = new Matcher(program);
      if (linear == null) {
        continue;
      }
      for (int i = 0; i < 10; i++) {
        byte[] line = RandomPatterns.line(random).getBytes(UTF_8);
        boolean fits = matcher.find(line, 0, line.length);
        if (!matcher.isGivenUp()) {
          int[] expected = linear.find(line, 0, line.length, count);
          String what = pattern + " on '" + new String(line, UTF_8) + "'";
          assertThat(fits).as(what).isEqualTo(expected != null);
          // What the last of several empty rounds holds, engines differ about.
          boolean comparable =
              fits && !pattern.contains(")*") && !pattern.contains(")+") && !pattern.contains("){");
          for (int slot = 0; comparable && expected != null && slot < count; slot++) {
            assertThat(end(matcher.slots(), slot)).as(what).isEqualTo(end(expected, slot));
          }
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(20_000);
  }

  private static String end(int[] slots, int column) {
    return slots[2 * column + 1] < 0 ? "-" : slots[2 * column] + ".." + slots[2 * column + 1];
  }
}
