package dev.logdash.core.query;

import static dev.logdash.api.store.Filter.ANY_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import dev.logdash.api.store.Filter;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FilterMatcherTest {

  private final LogEvent event =
      LogEvents.event(1)
          .message("GET /api/v1/x a b a b c failed")
          .severity(Severity.WARN2)
          .severityText("WARNING")
          .source("/var/log/app.log")
          .traceId("4BF92F")
          .attributes(
              Attributes.builder()
                  .put("status", 500)
                  .put("ratio", 0.1)
                  .put("whole", 500.0)
                  .put("cached", true)
                  .put("text", "Bad Gateway")
                  .put("digits", "500")
                  .put("tags", List.of("One two", "THREE"))
                  .put("none", List.of())
                  .put("empty", "")
                  .put("long", "X".repeat(300))
                  .put("message", "hidden")
                  .put("error.message", "it broke")
                  .build())
          .build();

  @Test
  void findsTokensOneBehindTheOtherInOneText() {
    matches("\"/API/v1/X\"");
    matches("\"a b c\"");
    matches("\"a b a b c\"");
    matchesNot("\"a c\"");
    matchesNot("\"b b\"");
    matches("\"two\" three 4bf92f warning checkout");
    matchesNot("\"two three\"");
    matchesNot("0.1");
    matches("\"500\"");
    matchesNot("true");
    matchesNot("var");
    matchesNot(event.id());
    matches("hidden");
  }

  @Test
  void comparesWholeValues() {
    matches("text:\"bad gateway\"");
    matchesNot("text:bad");
    matches("tags:three");
    matches("tags:\"one TWO\"");
    matchesNot("tags:one");
    matches("cached:TRUE");
    matches("log.source:/var/log/APP.log");
    matches("empty:\"\" empty:*");
    matchesNot("none:*");
    matchesNot("message:hidden");
    matches("error.message:broke");
    matches("long:" + "x".repeat(255));
    matchesNot("long:" + "x".repeat(254));
    matches("event.id:" + event.id());
    matchesNot("event.id:" + event.id().toUpperCase(Locale.ROOT));
  }

  @Test
  void comparesNumbersExactly() {
    matches("status:500.0 status:5e2 status:+500 whole:500 status:\"500\"");
    matches("ratio:0.1 ratio:>=0.1 -ratio:>0.1 -ratio:<0.1 ratio:<0.10000000000000001");
    matchesNot("digits:500.0");
    matches("digits:500");
    matchesNot("digits:>1");
    matches("status:[500 TO 500] -status:{500 TO 501] status:<500.0000001");
    matches("whole:5* status:5?0 -ratio:5*");
  }

  @Test
  void comparesTextsByCodePoint() {
    matches("text:>bad text:<\"bad h\" text:[BAD TO c]");
    matchesNot("text:{\"Bad gateway\" TO c]");
    assertThat(CodePointOrder.compare("\uffff", "\ud83d\ude80")).isNegative();
    assertThat(CodePointOrder.compare("\ud83d\ude80", "\ud83d\ude81")).isNegative();
    assertThat(CodePointOrder.compare("a", "ab")).isNegative();
  }

  @Test
  void comparesSeverityAndTime() {
    matches("severity:warn severity:>info severity:warn2 -severity:warn3 log.level:warning");
    matches("@timestamp:2026-11-23 @timestamp:>now @timestamp:<=\"2026-11-23 12:00:01\"");
    matchesNot("@timestamp:<=now");
  }

  @Test
  void matchesPatterns() {
    matches("fail* -fail? ?a?led wa*ng message:g?t text:*gate* text:bad?gateway log.source:*.log");
    matchesNot("message:api?v1*x or text:gate*");
  }

  @Test
  void asksFieldsByAPatternOfTheirNames() {
    matches("*text:\"bad gateway\" t*:bad* stat?s:500.0 *s:[499 TO 501] d*:500 tag*:three r*:*");
    matchesNot("*text:bad or Text*:bad* or no*:* or d*:>1 or stat??s:500");
    matches("mess*:api err*:(it broke) *:/var/log/app.log *:warning *.name:checkout *:one*");
    matchesNot("mess*:hidden or log.so*:var or *:hiding or \\*:* or tex\\*t:*");
    matches("-@time*:* -event.i*:* -*:\"" + event.id() + "\" event.*:14 event.sev*:1?");
    matches("*:[api TO apj] -*:[apj TO apk] *:[499 TO 500] -*:>500.1 -mess*:>5 *:*");
  }

  @Test
  void passesOverNamesThatNobodyWrites() {
    for (String name : List.of("x\0y", "x\ty", "x\ud83dy", "x\ufffdy", "x" + "y".repeat(255))) {
      LogEvent odd =
          LogEvent.builder("odd").attributes(Attributes.builder().put(name, "v").build()).build();
      assertThat(FilterMatcher.of(new Filter.Exists(name)).test(odd)).isTrue();
      assertThat(
              FilterMatcher.of(new Filter.AnyField("x*", new Filter.Exists(Filter.EACH_FIELD)))
                  .test(odd))
          .as(name)
          .isFalse();
    }
  }

  @Test
  void findsWordsNearEachOther() {
    matches(
        "\"get x\"~3 \"x get\"~4 \"failed c\"~2 \"c v1 a\"~50 \"x a b c\"~2 error.message:\"broke it\"~2");
    matchesNot("\"get x\"~1 or \"x get\"~3 or \"failed c\"~1 or \"one three\"~50 or \"x a b c\"~1");
  }

  @Test
  void findsWhatBecomesAWordByAFewEdits() {
    matches("fialed~1 fail~2 failled~ FAIL~2 text:\"Bad Gateway\" text:BadGatway~2 tags:thre~1");
    matches("status:50~1 cached:tru~1 error.message:brake~1");
    matchesNot("fial~2 or faled~0 or text:bad~2 or ailde~1 or empty:abc~2 or none:a~1");
  }

  @Test
  void findsWordsBetweenTwo() {
    matches("[fail TO fake] or nothing");
    matches("[FAIK TO *] [* TO ab] message:[failed TO failed] {faile TO failed] error.*:[it TO j]");
    matchesNot("message:{failed TO g} or message:[h TO v0] or [zz TO *]");
    matches("[* TO *] message:[* TO *] -error.stack_trace:[* TO *]");
  }

  @Test
  void givesFiltersMadeByHandTheMeaningOfTheLanguage() {
    assertThat(test(new Filter.Equal("message", "failed"))).isTrue();
    assertThat(test(new Filter.Phrase("text", "gateway"))).isFalse();
    assertThat(test(new Filter.ValuePattern(ANY_TEXT, "fail*"))).isTrue();
    assertThat(test(new Filter.TokenPattern(ANY_TEXT, "a?b"))).isFalse();
    assertThat(test(new Filter.TokenPattern(ANY_TEXT, "a b*"))).isFalse();
    assertThat(test(new Filter.Phrase(ANY_TEXT, "..."))).isFalse();
    assertThat(test(new Filter.Equal("severity", "warn"))).isFalse();
    assertThat(
            test(new Filter.AnyField("service", new Filter.Equal(Filter.EACH_FIELD, "CHECKOUT"))))
        .isTrue();
    assertThatThrownBy(() -> FilterMatcher.of(new Filter.Exists(ANY_TEXT)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void matches(String query) {
    assertThat(test(new QueryParser(MutableClock.atNoon()).parse(query))).as(query).isTrue();
  }

  private void matchesNot(String query) {
    assertThat(test(new QueryParser(MutableClock.atNoon()).parse(query))).as(query).isFalse();
  }

  private boolean test(Filter filter) {
    return FilterMatcher.of(filter).test(event);
  }
}
