package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An import that is killed with SIGKILL again and again, and started again, has each line once and
 * counts it once.
 */
@Execution(ExecutionMode.CONCURRENT)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGKILL")
class KillTest {

  private static final long SEED = 20_261_124;
  private static final int OUTSIDE_KILLS = 10;
  private static final int RECORDS_PER_KILL = 1_600;
  private static final Duration BEFORE_MIDNIGHT = Duration.ofMinutes(8);
  // Shorter than the gap that ends an event of several lines.
  private static final Duration LEAP = Duration.ofMinutes(9);

  @TempDir private Path place;
  private long ahead;
  private boolean mixed;
  private final Map<Gap, Integer> hits = new EnumMap<>(Gap.class);
  private int tooLate;

  @BeforeEach
  void setUp() {
    long day = Duration.ofDays(1).toMillis();
    ahead = day - Math.floorMod(System.currentTimeMillis(), day) - BEFORE_MIDNIGHT.toMillis();
  }

  /** Lets the day of reception end, so that there are two indices. */
  private void passMidnight() {
    ahead += LEAP.toMillis();
  }

  @Test
  void noLineIsLostOrDoubledWhereverTheImportIsKilled() throws Exception {
    killAtEachGap(2);
  }

  @Test
  @Tag("deep")
  void noLineIsLostOrDoubledByManyKills() throws Exception {
    killAtEachGap(20);
  }

  @Test
  void noLineIsLostOrDoubledWhenTheImportIsKilledAtAnyMoment() throws Exception {
    mixed = true;
    NumberedLogs logs = write(40_000);
    Random random = new Random(SEED);
    int kills = 0;
    boolean done = false;
    while (kills < OUTSIDE_KILLS && !done) {
      if (kills == OUTSIDE_KILLS / 2) {
        passMidnight();
      }
      done = !killedFromOutside(Fault.NONE, 50 + random.nextInt(700));
      kills += done ? 0 : 1;
    }
    System.out.printf("killed from outside %d times%n", kills);

    assertThat(kills).isEqualTo(OUTSIDE_KILLS);
    checkAll(logs);
  }

  @ParameterizedTest
  @CsvSource({
    "EARLY_ACKNOWLEDGE, SNAPSHOT_WRITTEN, lines lost",
    "SNAPSHOT_BEFORE_CELLS, SNAPSHOT_WRITTEN, the cells and the stored events differ",
    "FORGOTTEN_POSITIONS, STORE_FLUSHED, lines found twice",
  })
  void aFaultIsBroughtToLight(Fault fault, Gap gap, String problem) throws Exception {
    NumberedLogs logs = write(8_000);

    assertThat(killed(gap, 4, fault)).isTrue();
    finish(fault);

    assertThat(ImportCheck.of(never(fault), logs).problems())
        .anySatisfy(found -> assertThat(found).contains(problem));
  }

  private void killAtEachGap(int timesEach) throws Exception {
    long started = System.nanoTime();
    List<Gap> plan = new ArrayList<>();
    for (Gap gap : Gap.values()) {
      plan.addAll(Collections.nCopies(timesEach, gap));
      hits.put(gap, 0);
    }
    Random random = new Random(SEED);
    Collections.shuffle(plan, random);
    NumberedLogs logs = write(RECORDS_PER_KILL * plan.size());
    Deque<Gap> left = new ArrayDeque<>(plan);
    boolean spooled = false;
    while (!left.isEmpty()) {
      if (left.size() == plan.size() / 2) {
        passMidnight();
      }
      Gap gap = left.remove();
      if (killed(gap, 1 + random.nextInt(gap == Gap.RECOVERY ? 8 : 3), Fault.NONE)) {
        hits.merge(gap, 1, Integer::sum);
      } else {
        left.add(gap);
      }
      spooled |= !ImportCheck.filesWith(never(Fault.NONE).data(), "order of kiwis").isEmpty();
      assertNoSecretOnDisk();
    }
    assertThat(spooled).as("a search of the files finds what is there").isTrue();
    checkAll(logs);
    print(logs, (System.nanoTime() - started) / 1e9);
    assertThat(hits.values()).allSatisfy(times -> assertThat(times).isGreaterThanOrEqualTo(2));
  }

  /** Lets the import come to its end, and counts; then once more, which must change nothing. */
  private void checkAll(NumberedLogs logs) throws Exception {
    String totals = finish(Fault.NONE);
    ImportCheck.Result first = ImportCheck.of(never(Fault.NONE), logs);
    String again = finish(Fault.NONE);
    ImportCheck.Result second = ImportCheck.of(never(Fault.NONE), logs);

    assertThat(first.problems()).isEmpty();
    int dead = logs.poison().size();
    assertThat(totals)
        .contains(
            String.format(
                Locale.ROOT,
                "lines %d stored %d dead %d repeated 0 events %d letters %d",
                logs.lines(),
                logs.lines() - dead,
                dead,
                mixed ? first.events().size() : logs.events().size(),
                dead));
    assertThat(again).isEqualTo(totals.replaceFirst("read \\d+", "read 0"));
    assertThat(second).isEqualTo(first);
    assertThat(first.partitions()).isEqualTo(2);
    assertThat(first.indices()).isEqualTo(2);
    assertNoSecretOnDisk();
  }

  private void assertNoSecretOnDisk() throws IOException {
    for (String secret : NumberedLogs.SECRETS) {
      assertThat(ImportCheck.filesWith(never(Fault.NONE).data(), secret)).isEmpty();
    }
  }

  /** Whether the import died where it was to. */
  private boolean killed(Gap gap, int times, Fault fault) throws Exception {
    long seed = SEED + hits.hashCode();
    KilledImport.Order order = new KilledImport.Order(place, ahead, mixed, gap, times, seed, fault);
    Files.deleteIfExists(order.mark());
    try (ImportProcess process = ImportProcess.start(order)) {
      int code = process.await();
      if (code != KillSwitch.KILLED) {
        throw new AssertionError("no kill at " + gap + ", but " + code + "; " + process.said());
      }
    }
    boolean inTime = Files.exists(order.mark());
    tooLate += inTime ? 0 : 1;
    return inTime;
  }

  /** Whether the import was killed before it ended. */
  private boolean killedFromOutside(Fault fault, long millis) throws Exception {
    try (ImportProcess process = ImportProcess.start(never(fault))) {
      while (process.isAlive() && !process.hasStarted()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      TimeUnit.MILLISECONDS.sleep(millis);
      process.kill();
      int code = process.await();
      assertThat(code).as(process::said).isIn(0, KillSwitch.KILLED);
      return code != 0;
    }
  }

  private String finish(Fault fault) throws Exception {
    try (ImportProcess process = ImportProcess.start(never(fault))) {
      int code = process.await();
      assertThat(code).as(process::said).isZero();
      return process.lastLine();
    }
  }

  private KilledImport.Order never(Fault fault) {
    return new KilledImport.Order(place, ahead, mixed, Gap.RECOVERY, 0, SEED, fault);
  }

  private NumberedLogs write(int records) throws IOException {
    KilledImport.Order order = never(Fault.NONE);
    Instant start = order.clock().instant().minus(3, ChronoUnit.HOURS);
    return NumberedLogs.write(order.input(), records, SEED, start.truncatedTo(ChronoUnit.SECONDS));
  }

  private void print(NumberedLogs logs, double seconds) {
    StringBuilder table = new StringBuilder("kills, by gap:\n");
    hits.forEach((gap, times) -> table.append(String.format("%4d  %s%n", times, gap)));
    table.append(
        String.format(
            Locale.ROOT,
            "%d lines in %d events and %d dead letters, %.0f s; %d kills came too late%n",
            logs.lines(),
            logs.events().size(),
            logs.poison().size(),
            seconds,
            tooLate));
    System.out.print(table);
  }
}
