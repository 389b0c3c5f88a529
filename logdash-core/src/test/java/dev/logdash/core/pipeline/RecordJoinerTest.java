package dev.logdash.core.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecordJoinerTest {

  private static final long MILLI = 1_000_000L;
  private static final JoinLimits LIMITS = new JoinLimits(Duration.ofMillis(500), 4, 60, 20, 2_000);

  private final List<JoinedRecord> done = new ArrayList<>();
  private final RecordJoiner joiner = joiner(0, 0, Map.of());

  @Test
  void joinsTheLinesOfATraceToTheLineBefore() {
    accept(0, 0, "a", "INFO fine");
    accept(1, 1, "a", "ERROR broken");
    accept(2, 1, "a", "java.io.IOException: x");
    accept(3, 1, "a", "\tat a.b.C(C.java:1)");
    accept(4, 2, "a", "INFO again");

    assertThat(texts())
        .containsExactly("INFO fine", "ERROR broken\njava.io.IOException: x\n\tat a.b.C(C.java:1)");
    assertThat(joiner.nextOffset()).isEqualTo(4);
  }

  @Test
  void knowsWhatWasTakenOutOfEachLine() {
    redacted(0, "ERROR broken", Map.of("logdash.service", "shop"));
    redacted(1, "\tat a.b.C(C.java:1)", Map.of("logdash.redacted", "jwt"));
    redacted(2, "\tat a.b.D(D.java:1)", Map.of("logdash.redacted", "card,jwt"));
    accept(3, 1, "a", "INFO fine");
    accept(4, 1, "a", "INFO again");

    assertThat(done.get(0).record().headers())
        .isEqualTo(Map.of("logdash.service", "shop", "logdash.redacted", "card,jwt"));
    assertThat(done.get(1).record().headers()).isEmpty();
  }

  private void redacted(long offset, String line, Map<String, String> headers) {
    joiner.accept(record(offset, 0, "a", line).withBody(line.getBytes(UTF_8), headers), done);
  }

  @Test
  void keepsSourcesApartAndTheOrderOfFirstLines() {
    accept(0, 0, "a", "one");
    accept(1, 0, "b", "two");
    accept(2, 0, "b", "three");
    accept(3, 0, "a", " one more");

    assertThat(texts()).isEmpty();

    accept(4, 0, "a", "four");

    assertThat(texts()).containsExactly("one\n one more", "two");
    assertThat(joiner.nextOffset()).isEqualTo(2);
  }

  @Test
  void endsAnEventWhenItsSourceIsSilentTooLong() {
    accept(0, 0, "a", "one");
    accept(1, 501, "a", " late");

    assertThat(texts()).containsExactly("one");
  }

  @Test
  void endsAnEventWhenABoundSaysThatNothingFollows() {
    accept(0, 0, "a", "one");
    joiner.bound(0, 500 * MILLI, done);
    assertThat(done).isEmpty();

    joiner.bound(0, 501 * MILLI, done);
    assertThat(texts()).containsExactly("one");
    assertThat(joiner.nextOffset()).isEqualTo(1);
  }

  @Test
  void boundsTheLinesAndBytesOfAnEvent() {
    for (int i = 0; i < 6; i++) {
      accept(i, 0, "a", " line");
    }
    accept(6, 0, "b", "x".repeat(50));
    accept(7, 0, "b", " " + "y".repeat(20));
    joiner.bound(0, MILLI * 1_000, done);

    assertThat(texts())
        .containsExactly(
            " line\n line\n line\n line", " line\n line", "x".repeat(50), " " + "y".repeat(20));
  }

  @Test
  void endsAnEventBehindWhichTooMuchWaits() {
    accept(0, 0, "a", "one");
    for (int i = 1; i <= 21; i++) {
      accept(i, 0, "b", "other " + i);
    }

    assertThat(texts()).startsWith("one", "other 1");
  }

  @Test
  void neverHoldsARecordWithoutASource() {
    accept(0, 0, "", "one");
    accept(1, 0, "", " two");

    assertThat(texts()).containsExactly("one", " two");
  }

  /**
   * The property on which exactness rests: a replay from any point gives what the first run gave.
   */
  @Test
  void givesTheSameAfterARestartAtAnyPoint() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<RawRecord> records = randomRecords(random);
      RecordJoiner whole = joiner(0, 0, Map.of());
      List<JoinedRecord> expected = new ArrayList<>();
      records.forEach(record -> whole.accept(record, expected));
      whole.bound(0, Long.MAX_VALUE, expected);

      RecordJoiner first = joiner(0, 0, Map.of());
      List<JoinedRecord> got = new ArrayList<>();
      int stop = random.nextInt(records.size() + 1);
      for (RawRecord record : records.subList(0, stop)) {
        first.accept(record, got);
        if (random.nextInt(10) == 0) {
          first.bound(0, record.receivedNanos(), got);
        }
      }
      if (stop < records.size() && random.nextBoolean()) {
        first.bound(0, records.get(stop).receivedNanos(), got);
      }
      RecordJoiner second = joiner(first.nextOffset(), first.timeBelowNext(), first.straddling());
      for (RawRecord record : records) {
        if (record.offset() >= first.nextOffset()) {
          second.accept(record, got);
        }
      }
      second.bound(0, Long.MAX_VALUE, got);

      assertThat(texts(got)).as("seed %d", seed).isEqualTo(texts(expected));
    }
  }

  /** What a wrong bound has ended stays ended for a replay that knows only the cuts. */
  @Test
  void givesTheSameAfterARestartThoughBoundsWereWrong() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<RawRecord> records = randomRecords(random);
      int stop = random.nextInt(records.size());
      RecordJoiner whole = joiner(0, 0, Map.of());
      List<JoinedRecord> expected = new ArrayList<>();
      List<JoinedRecord> got = new ArrayList<>();
      Set<Long> cuts = new HashSet<>();
      long next = 0;
      long time = 0;
      Map<String, Long> straddling = Map.of();
      for (int i = 0; i < records.size(); i++) {
        whole.accept(records.get(i), expected);
        if (random.nextInt(10) == 0) {
          long late = random.nextLong(2_000) * MILLI;
          whole.bound(0, records.get(i).receivedNanos() + late, expected);
          cuts.addAll(whole.takeCuts());
        }
        if (i == stop) {
          got.addAll(expected);
          next = whole.nextOffset();
          time = whole.timeBelowNext();
          straddling = whole.straddling();
        }
      }
      whole.bound(0, Long.MAX_VALUE, expected);

      RecordJoiner replay =
          new RecordJoiner(new TraceJoining(), LIMITS, next, time, straddling, cuts);
      for (RawRecord record : records) {
        if (record.offset() >= next) {
          replay.accept(record, got);
        }
      }
      replay.bound(0, Long.MAX_VALUE, got);

      assertThat(texts(got)).as("seed %d", seed).isEqualTo(texts(expected));
    }
  }

  private static List<RawRecord> randomRecords(SplittableRandom random) {
    List<RawRecord> records = new ArrayList<>();
    long time = 0;
    long offset = 0;
    int sources = 1 + random.nextInt(5);
    for (int i = 0; i < 80; i++) {
      time += random.nextInt(8) == 0 ? random.nextLong(800) : random.nextLong(30);
      offset += 1 + (random.nextInt(10) == 0 ? 7 : 0);
      String line = (random.nextInt(2) == 0 ? " line " : "line ") + i;
      records.add(record(offset, time, "s" + random.nextInt(sources), line));
    }
    return records;
  }

  private static RecordJoiner joiner(long next, long time, Map<String, Long> straddling) {
    return new RecordJoiner(new TraceJoining(), LIMITS, next, time, straddling, Set.of());
  }

  private void accept(long offset, long millis, String source, String line) {
    joiner.accept(record(offset, millis, source, line), done);
  }

  private static RawRecord record(long offset, long millis, String source, String line) {
    byte[] body = line.getBytes(UTF_8);
    return new RawRecord(
        Origin.ofProducer(1, 1, offset),
        offset,
        millis * MILLI,
        "default",
        source,
        Map.of(),
        body,
        0,
        body.length);
  }

  private List<String> texts() {
    return texts(done);
  }

  private static List<String> texts(List<JoinedRecord> records) {
    return records.stream().map(joined -> joined.record().text()).toList();
  }
}
