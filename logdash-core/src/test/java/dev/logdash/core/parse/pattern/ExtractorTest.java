package dev.logdash.core.parse.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExtractorTest {

  @Test
  void takesColumnsBetweenTexts() {
    extracts("user=%{user} took %{ms} ms", "x user=ada took 12 ms.", "ada", "12");
    extracts("user=<user> took <ms> ms", "x user=ada took 12 ms.", "ada", "12");
    extracts("%{first} %{rest}", "a b c", "a", "b c");
    extracts("[%{a}]", "x [] [b]", "");
    extracts("from %{}:%{port}", "from 10.0.0.1:80", "80");
    extracts("from <_>:<port>", "from 10.0.0.1:80", "80");
    extracts("k=%{v->} %{w}", "k=1    2", "1", "2");
    extracts("ö%{ü}ß", "aöñ日ßb", "ñ日");
    extracts("at <%{where}>", "at <main>", "main");
  }

  @Test
  void aPatternThatBeginsWithAColumnFitsTheBeginOnly() {
    extracts("%{level}: %{text}", "WARN: disk: full", "WARN", "disk: full");
  }

  @Test
  void aColumnStaysWithinItsLine() {
    extracts("a=%{a}", "x a=1 2\nb=3", "1 2");
    extracts("a=%{a};", "x a=1\n;", "");
    extracts("b=%{b}", "x a=1\nb=3\n b=4", "3");
    extracts("%{word} %{rest}", "\none two", "one", "two");
  }

  @Test
  void takesColumnsThatSayHowTheyLook() {
    extracts("took %{NUMBER:ms:int}", "it took 12.5 ms", "12.5");
    extracts("%{IP:client} .*(?<code>E\\d+)", "from 10.0.0.1 with E42", "10.0.0.1", "E42");
    extracts("%{WORD:a}=1|%{WORD:a}=2", "x=2", "x");
  }

  @Test
  void givesNothingWhereTheTextDoesNotFit() {
    extracts("user=%{user} took %{ms} ms", "user=ada", "", "");
    extracts("%{NUMBER:n}", "", "");
  }

  @Test
  void staysWithinItsWork() {
    Extractor extractor = Extractor.of("(a*)*(a*)*(a*)*%{NUMBER:n}b");
    assertThat(extractor.extract("a".repeat(100_000))).containsExactly("");
    // A line alone would be little work; those in front of the last are too much.
    String line = "a".repeat(12) + '\n';
    assertThat(extractor.extract("aa1b")).containsExactly("1");
    assertThat(extractor.extract(line + "aa1b")).containsExactly("1");
    assertThat(extractor.extract(line.repeat(10_000) + "aa1b")).containsExactly("");
  }

  @Test
  void namesEachColumnOnce() {
    assertThat(Extractor.of("%{b} %{} %{a}").names()).containsExactly("b", "a");
    assertThat(Extractor.of("%{WORD:a}|%{NUMBER:a}").names()).containsExactly("a");
    assertThat(Extractor.of("<a> <b.c>").names()).containsExactly("a", "b.c");
  }

  @Test
  void refusesWhatHasNoColumn() {
    refuses("", "1 to 8192 characters");
    refuses("abc", "there is no column");
    refuses("%{a}%{b}", "nothing tells");
    refuses("%{?x} y", "no named column");
    refuses("%{*k}=%{&k}", "as it stands");
    refuses("(?<a>", "column");
  }

  private static void extracts(String pattern, String text, String... parts) {
    assertThat(Extractor.of(pattern).extract(text)).as(pattern).isEqualTo(List.of(parts));
  }

  private static void refuses(String pattern, String message) {
    assertThatExceptionOfType(PatternException.class)
        .as(pattern)
        .isThrownBy(() -> Extractor.of(pattern))
        .withMessageContaining(message);
  }
}
