package dev.logdash.benchmarks;

import dev.logdash.api.store.Filter;
import dev.logdash.core.rollup.SeriesPoint;
import dev.logdash.core.text.Tokenizer;
import dev.logdash.embedded.EmbeddedStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.FSDirectory;

/**
 * Asks the same questions of a data folder and of the index of {@link PlainDocument}, compares the
 * answers, and prints the times.
 */
public final class SearchBenchmark {

  private static final int PAGE = 50;
  private static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final int WARM_UPS = 5;
  private static final int RUNS = 15;

  private final LogdashQueries logdash;
  private final LuceneQueries lucene;

  private SearchBenchmark(LogdashQueries logdash, LuceneQueries lucene) {
    this.logdash = logdash;
    this.lucene = lucene;
  }

  /**
   * Asks and prints.
   *
   * @param arguments the data folder of logdash, the folder of the index
   */
  public static void main(String[] arguments) throws IOException {
    try (EmbeddedStorage storage = EmbeddedStorage.open(Path.of(arguments[0]), Clock.systemUTC());
        FSDirectory directory = FSDirectory.open(Path.of(arguments[1]));
        DirectoryReader reader = DirectoryReader.open(directory)) {
      new SearchBenchmark(new LogdashQueries(storage), new LuceneQueries(reader)).run();
    }
  }

  private void run() throws IOException {
    long events = lucene.documents();
    String common = lucene.wordOf(events / 20);
    String rare = lucene.wordOf(10);
    String next = wordBehind(common);
    System.out.printf(
        Locale.ROOT,
        "### Searches in %,d events%n%nCommon word `%s` (%,d events), rare word `%s` (%,d), median of"
            + " %d, milliseconds.%n%n| question | logdash | Lucene |%n|---|---|---|%n",
        events,
        common,
        lucene.count(LuceneQueries.word(common)),
        rare,
        lucene.count(LuceneQueries.word(rare)),
        RUNS);
    newest("newest 50, common word", LogdashQueries.word(common), LuceneQueries.word(common));
    newest("newest 50, rare word", LogdashQueries.word(rare), LuceneQueries.word(rare));
    newest(
        "newest 50, level AND common word",
        LogdashQueries.both(LogdashQueries.level("error"), LogdashQueries.word(common)),
        LuceneQueries.both(LuceneQueries.level("error"), LuceneQueries.word(common)));
    long hourAgo = lucene.last() - HOUR_NANOS;
    row(
        "newest 50, last hour AND level",
        () -> logdash.newest(LogdashQueries.level("error"), hourAgo, PAGE),
        () ->
            lucene.newest(
                LuceneQueries.both(LuceneQueries.since(hourAgo), LuceneQueries.level("error")),
                PAGE));
    row(
        "count, common word",
        () -> logdash.count(LogdashQueries.word(common)),
        () -> lucene.count(LuceneQueries.word(common)));
    row(
        "count, phrase",
        () -> logdash.count(LogdashQueries.word(common + ' ' + next)),
        () -> lucene.count(LuceneQueries.phrase(common, next)));
    histogram(
        "histogram of 5 min, level",
        LogdashQueries.level("error"),
        LuceneQueries.level("error"),
        false);
    histogram(
        "histogram of 5 min, common word",
        LogdashQueries.word(common),
        LuceneQueries.word(common),
        false);
    histogram(
        "histogram of 5 min by severity, all events", Filter.ALL, new MatchAllDocsQuery(), true);
    long from = lucene.first() / 1_000_000_000L - 86_400;
    long to = lucene.last() / 1_000_000_000L + 86_400;
    rollups("1 min", 60, from, to);
    rollups("1 h", 3_600, from, to);
    rollups("1 day", 86_400, from, to);
    System.out.println();
  }

  private void newest(String question, Filter filter, Query query) {
    row(question, () -> logdash.newest(filter, 0, PAGE), () -> lucene.newest(query, PAGE));
  }

  private void histogram(String question, Filter filter, Query query, boolean bySeverity) {
    row(
        question,
        () -> logdash.histogram(filter, 5 * MINUTE_NANOS, bySeverity),
        () -> lucene.histogram(query, 5 * MINUTE_NANOS, bySeverity));
  }

  private void rollups(String tier, int seconds, long from, long to) {
    List<SeriesPoint> points = logdash.rollups(seconds, from, to);
    long counted = points.stream().mapToLong(SeriesPoint::count).sum();
    System.out.printf(
        Locale.ROOT,
        "| all events by service and severity, rollups of %s (%,d points, %,d events) | %s | - |%n",
        tier,
        points.size(),
        counted,
        time(() -> logdash.rollups(seconds, from, to)));
  }

  private String wordBehind(String word) {
    for (var event : logdash.page(LogdashQueries.word(word), 0, PAGE)) {
      List<String> words = Tokenizer.terms(event.message());
      int at = words.indexOf(word);
      if (at >= 0 && at + 1 < words.size()) {
        return words.get(at + 1);
      }
    }
    return word;
  }

  private static void row(String question, Supplier<Object> logdash, Supplier<Object> lucene) {
    Object answer = logdash.get();
    Object expected = lucene.get();
    if (!answer.equals(expected)) {
      throw new IllegalStateException(
          question + ": logdash answers " + answer + ", Lucene " + expected);
    }
    System.out.printf("| %s | %s | %s |%n", question, time(logdash), time(lucene));
  }

  private static String time(Supplier<?> work) {
    List<Long> times = new ArrayList<>();
    for (int i = -WARM_UPS; i < RUNS; i++) {
      long start = System.nanoTime();
      Object answer = work.get();
      long nanos = System.nanoTime() - start;
      if (i >= 0 && answer != null) {
        times.add(nanos);
      }
    }
    times.sort(null);
    return String.format(Locale.ROOT, "%.2f", times.get(times.size() / 2) / 1e6);
  }
}
