package dev.logdash.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** The lives of one installation: killed in each gap and elsewhere, and started again. */
final class KillChain {

  private static final Duration BEFORE_MIDNIGHT = Duration.ofMinutes(8);
  private static final Duration LEAP = Duration.ofMinutes(9);
  private static final int RECORDS = 80;
  // More than a reader takes at once.
  private static final int MANY_RECORDS = 540;
  private static final int MANY_EVERY = 5;
  private static final int ATTEMPTS = 4;
  private static final int LONGEST_PASSES = 150;
  private static final int LONGEST_MICROS = 3_000;
  private static final int QUICK_MILLIS = 25;
  // So seldom that a fault has time to do harm.
  private static final int SLOW_MILLIS = 400;
  private static final int FAULTY_GROWTH = 4;
  private static final String INPUT = "input";
  private static final String DATA = "data";

  private final List<String> machine;
  private final Path place;
  private final Random random;
  private final NumberedLogs logs;
  private final Map<Gap, Long> hits = new EnumMap<>(Gap.class);
  private final Map<Gap, Integer> kills = new EnumMap<>(Gap.class);
  private long aheadMillis;
  private int outsideKills;
  private int lives;
  private int cut;

  KillChain(List<String> machine, Path place, long seed) throws IOException {
    this.machine = machine;
    this.place = Files.createDirectories(place);
    this.random = new Random(seed);
    long day = Duration.ofDays(1).toMillis();
    this.aheadMillis =
        day - Math.floorMod(System.currentTimeMillis(), day) - BEFORE_MIDNIGHT.toMillis();
    Instant start = never(DATA).clock().instant().minus(3, ChronoUnit.HOURS);
    this.logs = new NumberedLogs(place.resolve(INPUT), seed, start.truncatedTo(ChronoUnit.SECONDS));
  }

  NumberedLogs logs() {
    return logs;
  }

  Map<Gap, Long> hits() {
    return hits;
  }

  Map<Gap, Integer> kills() {
    return kills;
  }

  int outsideKills() {
    return outsideKills;
  }

  /** Stack traces of the last count that were torn apart. */
  int cut() {
    return cut;
  }

  int lives() {
    return lives;
  }

  /**
   * Dies in each gap, each time with new lines before it.
   *
   * @param rounds how often in each gap
   * @param outside how often anywhere
   */
  void die(int rounds, int outside) throws IOException, InterruptedException {
    List<List<Gap>> acts = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      acts.addAll(acts());
    }
    acts.addAll(Collections.nCopies(outside, List.of()));
    Collections.shuffle(acts, random);
    for (int i = 0; i < acts.size(); i++) {
      if (i == acts.size() / 2) {
        // The day of reception ends, so there is a second index.
        aheadMillis += LEAP.toMillis();
      }
      play(acts.get(i));
    }
  }

  /** What can only be killed behind another kill stands behind it. */
  private static List<List<Gap>> acts() {
    List<List<Gap>> acts = new ArrayList<>();
    for (Gap gap : Gap.values()) {
      switch (gap) {
        case SPOOL_TORN -> acts.add(List.of(gap, Gap.TAIL_CUT));
        case SEGMENT_UNNAMED -> acts.add(List.of(gap, Gap.LEFTOVER_SWEPT));
        case CHECKPOINT_FORCED -> acts.add(List.of(gap, Gap.LEFTOVER_DELETED));
        case TAIL_CUT, LEFTOVER_SWEPT, LEFTOVER_DELETED -> {}
        default -> acts.add(List.of(gap));
      }
    }
    return acts;
  }

  private void play(List<Gap> act) throws IOException, InterruptedException {
    boolean done = false;
    for (int attempt = 0; attempt < ATTEMPTS && !done; attempt++) {
      if (act.isEmpty()) {
        done = killAnywhere();
      } else {
        done = kill(act.get(0), attempt == 0 ? 1 + random.nextInt(2) : 1);
        for (Gap behind : act.subList(1, act.size())) {
          done = done && kill(behind, 1);
        }
      }
    }
    if (!done) {
      throw new AssertionError("no import came to " + act);
    }
  }

  private boolean killAnywhere() throws IOException, InterruptedException {
    grow();
    try (ImportLife life = ImportLife.begin(machine, never(DATA))) {
      boolean killed =
          life.killAfter(1 + random.nextInt(LONGEST_PASSES), random.nextInt(LONGEST_MICROS));
      count(life);
      outsideKills += killed ? 1 : 0;
      return killed;
    }
  }

  private boolean kill(Gap gap, int times) throws IOException, InterruptedException {
    grow();
    return kill(order(DATA, QUICK_MILLIS, gap, times, Fault.NONE));
  }

  private boolean kill(KilledImport.Order order) throws IOException, InterruptedException {
    try (ImportLife life = ImportLife.begin(machine, order)) {
      boolean killed = life.killInGap();
      count(life);
      if (killed) {
        kills.merge(order.gap(), 1, Integer::sum);
      }
      return killed;
    }
  }

  private void grow() throws IOException {
    logs.grow(lives % MANY_EVERY == MANY_EVERY - 1 ? MANY_RECORDS : RECORDS);
  }

  private void count(ImportLife life) throws IOException {
    long[] passes = life.report().hits();
    for (Gap gap : Gap.values()) {
      hits.merge(gap, passes[gap.ordinal()], Long::sum);
    }
    lives++;
  }

  /** Dies once of a fault, with many lines on the road, and counts what the next life leaves. */
  ImportCheck.Result dieOf(Fault fault, Gap gap, int times)
      throws IOException, InterruptedException {
    boolean died = false;
    // A quick import may end before it has passed the gap as often as that.
    for (int attempt = 1; attempt <= ATTEMPTS && !died; attempt++) {
      for (int i = 0; i < attempt * FAULTY_GROWTH; i++) {
        logs.grow(RECORDS);
      }
      died = kill(order(DATA, SLOW_MILLIS, gap, times, fault));
    }
    if (!died) {
      throw new AssertionError("no import came to " + gap);
    }
    finish(order(DATA, QUICK_MILLIS, gap, 0, fault));
    return check(DATA);
  }

  /** Lets the import come to its end; what it said. */
  String finish() throws IOException, InterruptedException {
    return finish(never(DATA));
  }

  /** Imports the same files in one undisturbed life into a folder of its own, and counts. */
  ImportCheck.Result undisturbed() throws IOException, InterruptedException {
    finish(never("undisturbed"));
    return check("undisturbed");
  }

  /** On how many days lines were received. */
  long days() throws IOException {
    try (Stream<Path> folders = Files.list(place.resolve(DATA).resolve("search"))) {
      return folders.filter(Files::isDirectory).count();
    }
  }

  ImportCheck.Result check() throws IOException {
    ImportCheck.Result result = check(DATA);
    cut = result.cut().size();
    return result;
  }

  private ImportCheck.Result check(String data) throws IOException {
    return ImportCheck.of(place.resolve(data), never(data).clock(), logs);
  }

  private String finish(KilledImport.Order order) throws IOException, InterruptedException {
    try (ImportLife life = ImportLife.begin(machine, order)) {
      return life.finish();
    }
  }

  private KilledImport.Order never(String data) {
    return order(data, QUICK_MILLIS, Gap.STORE_FLUSHED, 0, Fault.NONE);
  }

  private KilledImport.Order order(
      String data, int checkpointMillis, Gap gap, int times, Fault fault) {
    return new KilledImport.Order(
        place.resolve(INPUT),
        place.resolve(data),
        place.resolve("report"),
        aheadMillis,
        checkpointMillis,
        gap,
        times,
        fault);
  }
}
