package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * An import that is killed with SIGKILL in each gap between two durable steps, again and again, and
 * started again, has each line once and counts it once.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGKILL")
class KillTest {

  private static final int CHAINS = 2;
  private static final int AT_ONCE = 2;
  private static final String COUNTED_WRONGLY = "the cells and the stored events differ";
  private static final long SEED = 20_261_125;

  /** A fault, the kill that makes it do harm, and what must be noticed then. */
  private record Mistake(Fault fault, Gap gap, int times, String problem) {

    boolean isAmong(List<String> problems) {
      return problems.stream().anyMatch(one -> one.contains(problem));
    }
  }

  private static final int DEATHS = 5;
  private static final List<Mistake> MISTAKES =
      List.of(
          new Mistake(Fault.ACKNOWLEDGE_BEFORE_FLUSH, Gap.STORE_APPENDED, 6, "lines lost"),
          new Mistake(Fault.SNAPSHOT_BEFORE_FLUSH, Gap.SNAPSHOT_SAVED, 2, "lines lost"),
          new Mistake(Fault.SNAPSHOT_BEFORE_CELLS, Gap.SNAPSHOT_SAVED, 2, COUNTED_WRONGLY),
          new Mistake(Fault.CELLS_WITHOUT_GUARD, Gap.CELLS_WRITTEN, 2, COUNTED_WRONGLY),
          new Mistake(Fault.RECORD_WITHOUT_POSITION, Gap.STORE_FLUSHED, 2, "lines found twice"));

  @TempDir private static Path classes;
  private static List<String> machine = List.of();

  @TempDir private Path place;

  @BeforeAll
  static void prepare() throws Exception {
    machine = QuickMachine.prepare(classes);
  }

  @Test
  @Timeout(900)
  void noLineIsLostOrDoubledWhereverAnImportIsKilled() throws Exception {
    killAndCheck(1, 3);
  }

  @Test
  @Tag("deep")
  @Timeout(3_600)
  void noLineIsLostOrDoubledByManyKills() throws Exception {
    killAndCheck(10, 60);
  }

  @Test
  @Timeout(900)
  void eachFaultIsBroughtToLight() throws Exception {
    Map<Fault, List<String>> found = new ConcurrentHashMap<>();
    List<Callable<Void>> work = new ArrayList<>();
    for (Mistake mistake : MISTAKES) {
      work.add(
          () -> {
            Fault fault = mistake.fault();
            KillChain chain = new KillChain(machine, place.resolve(fault.name()), SEED);
            List<String> problems = List.of();
            // Death may come when the fault has done no harm yet.
            for (int i = 0; i < DEATHS && !mistake.isAmong(problems); i++) {
              problems = chain.dieOf(fault, mistake.gap(), mistake.times()).problems();
            }
            found.put(fault, problems);
            return null;
          });
    }

    atOnce(work);

    for (Mistake mistake : MISTAKES) {
      assertThat(mistake.isAmong(found.get(mistake.fault())))
          .as("problems of %s: %s", mistake.fault(), found.get(mistake.fault()))
          .isTrue();
    }
    assertThat(found).containsOnlyKeys(EnumSet.complementOf(EnumSet.of(Fault.NONE)));
  }

  /**
   * @param rounds how often each chain dies in each gap
   * @param outside how often each chain dies anywhere
   */
  private void killAndCheck(int rounds, int outside) throws Exception {
    long started = System.nanoTime();
    List<KillChain> chains = new ArrayList<>();
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < CHAINS; i++) {
      KillChain chain = new KillChain(machine, place.resolve("chain" + i), SEED + i);
      chains.add(chain);
      work.add(
          () -> {
            chain.die(rounds, outside);
            checkAll(chain);
            return null;
          });
    }

    atOnce(work);

    print(chains, (System.nanoTime() - started) / 1e9);
    for (Gap gap : Gap.values()) {
      assertThat(kills(chains, gap)).as("kills in %s", gap).isGreaterThanOrEqualTo(2);
    }
    assertThat(chains).allSatisfy(chain -> assertThat(chain.outsideKills()).isEqualTo(outside));
  }

  /** The import comes to its end, then once more, which changes nothing; then it is compared. */
  private static void checkAll(KillChain chain) throws Exception {
    chain.finish();
    ImportCheck.Result killed = chain.check();
    String again = chain.finish();
    ImportCheck.Result after = chain.check();
    ImportCheck.Result undisturbed = chain.undisturbed();

    assertThat(killed.problems()).isEmpty();
    assertThat(chain.days()).isGreaterThanOrEqualTo(2);
    assertThat(again).contains("nothing new");
    assertThat(after).isEqualTo(killed);
    assertThat(undisturbed.problems()).isEmpty();
    assertThat(undisturbed.cut()).isEmpty();
    // A kill within a write of lines may tear a stack trace apart; nothing else may.
    assertThat(killed.cut())
        .hasSizeLessThanOrEqualTo(chain.outsideKills() + chain.kills().get(Gap.SPOOL_TORN));
    ImportCheck.Result expected = undisturbed.without(killed);
    ImportCheck.Result whole = killed.without(killed);
    assertThat(ImportCheck.differences(expected.events(), whole.events())).isEmpty();
    assertThat(ImportCheck.differences(expected.cells(), whole.cells())).isEmpty();
  }

  private static void atOnce(List<Callable<Void>> work)
      throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
    try {
      for (Future<Void> done : executor.invokeAll(work)) {
        done.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static int kills(List<KillChain> chains, Gap gap) {
    return chains.stream().mapToInt(chain -> chain.kills().getOrDefault(gap, 0)).sum();
  }

  private static void print(List<KillChain> chains, double seconds) {
    StringBuilder table = new StringBuilder("    hits  kills  gap\n");
    for (Gap gap : Gap.values()) {
      long hits = chains.stream().mapToLong(chain -> chain.hits().get(gap)).sum();
      table.append(String.format(Locale.ROOT, "%8d %6d  %s%n", hits, kills(chains, gap), gap));
    }
    int outside = chains.stream().mapToInt(KillChain::outsideKills).sum();
    table.append(String.format(Locale.ROOT, "%8s %6d  anywhere%n", "", outside));
    int lives = chains.stream().mapToInt(KillChain::lives).sum();
    int lines = chains.stream().mapToInt(chain -> chain.logs().lines()).sum();
    int cut = chains.stream().mapToInt(KillChain::cut).sum();
    table.append(
        String.format(
            Locale.ROOT,
            "%d lives, %d lines, %d stack traces cut, %.0f s%n",
            lives,
            lines,
            cut,
            seconds));
    System.out.print(table);
  }
}
