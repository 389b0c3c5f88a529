package dev.logdash.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Filter;
import dev.logdash.core.kit.EventGenerator;
import dev.logdash.core.kit.QueryGenerator;
import dev.logdash.tck.MutableClock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueryPropertiesTest {

  private static final String[] PIECES = {
    "(",
    ")",
    "\"",
    "\\",
    "-",
    "*",
    "?",
    ":",
    "[",
    "]",
    "{",
    "}",
    " TO ",
    " ",
    "AND",
    "or",
    "NOT ",
    "not",
    "field:",
    "message:",
    "@timestamp:",
    "severity:",
    "status:",
    ">=",
    "<",
    "5",
    "word",
    "/",
    "|",
    "now-1h/h",
    "15m",
    "2026-11-23",
    "\ud83d",
    "\ude80",
    "🚀",
    "é",
    "\u0301",
    "日",
    "\u0000",
    "\t",
    "*:*",
    ".",
    "=",
    ",",
    "||",
    " && ",
    "!",
    "+",
    "^2",
    "~1",
    " IN [",
    "a.b : ",
    "n < "
  };

  private static final String[] PIPED = {
    "| where ",
    "| eval ",
    "| extract ",
    "| stats ",
    "| top ",
    "| uniq ",
    "| sort -",
    "| limit 3 ",
    "| fields ",
    "count() ",
    "sum(a) ",
    "p95(b.c) ",
    " by ",
    "bin(5m) ",
    " as ",
    "a",
    "b.c",
    "x = ",
    "\"y z\" = ",
    "= ",
    "+ ",
    "- ",
    "* ",
    "/ ",
    "% ",
    "(",
    ")",
    ", ",
    "5 ",
    "1.5e3 ",
    "2s ",
    "> ",
    ":",
    "\"%{u} %{v}\" ",
    "\"<w>\" ",
    "from ",
    "\"",
    "\\",
    "||",
    "and ",
    "!",
    "@timestamp ",
    "é",
    "\ud83d",
    "message "
  };

  private final QueryParser parser = new QueryParser(MutableClock.atNoon());

  @Test
  void readsBackWhatWasPrintedWithTheSameMeaning() {
    for (long seed = 0; seed < 25; seed++) {
      List<LogEvent> events = new EventGenerator(seed).events(25);
      QueryGenerator queries = new QueryGenerator(seed, events);
      for (int i = 0; i < 50; i++) {
        Filter filter = queries.filter();
        String text = QueryPrinter.print(filter);
        FilterMatcher before = FilterMatcher.of(filter);
        FilterMatcher after = FilterMatcher.of(parsed(text));
        for (LogEvent event : events) {
          assertThat(after.test(event))
              .as("%s%n%s%n%s", text, filter, event)
              .isEqualTo(before.test(event));
        }
      }
    }
  }

  @Test
  void generatedTextsAreQueries() {
    QueryGenerator queries = new QueryGenerator(9, new EventGenerator(9).events(100));
    for (int i = 0; i < 2_000; i++) {
      assertThat(parsed(queries.text())).isNotNull();
    }
  }

  @Test
  void refusesWhatItCannotReadWithAPlaceInsideTheText() {
    Random random = new Random(23);
    int refused = 0;
    for (int i = 0; i < 25_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(12); piece >= 0; piece--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      String query = text.toString();
      try {
        assertThat(parser.parse(query)).isNotNull();
      } catch (QuerySyntaxException e) {
        refused++;
        assertThat(e.position()).as(query).isBetween(0, query.length());
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(refused).isBetween(4_000, 24_000);
  }

  @Test
  void readsWhatIsWrittenElsewhereAsWhatItStandsFor() {
    QueryGenerator queries = new QueryGenerator(31, new EventGenerator(31).events(100));
    for (int i = 0; i < 2_000; i++) {
      QueryGenerator.Foreign query = queries.foreign();
      assertThat(parsed(query.text())).as(query.text()).isEqualTo(parsed(query.meaning()));
    }
  }

  @Test
  void refusesPipesThatItCannotReadWithAPlaceInsideTheText() {
    Random random = new Random(41);
    int read = 0;
    for (int i = 0; i < 40_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int pipes = random.nextInt(3); pipes >= 0; pipes--) {
        text.append(PIPED[random.nextInt(9)]);
        for (int piece = random.nextInt(5); piece >= 0; piece--) {
          text.append(PIPED[random.nextInt(PIPED.length)]);
        }
      }
      String query = text.toString();
      try {
        PipedQuery piped = parser.parsePiped(query);
        assertThat(piped.shown()).as(query).isNotEmpty();
        read++;
      } catch (QuerySyntaxException e) {
        assertThat(e.position()).as(query).isBetween(0, query.length());
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(read).isGreaterThan(500);
  }

  private Filter parsed(String text) {
    try {
      return parser.parse(text);
    } catch (QuerySyntaxException e) {
      throw new AssertionError(text + " at " + e.position(), e);
    }
  }
}
