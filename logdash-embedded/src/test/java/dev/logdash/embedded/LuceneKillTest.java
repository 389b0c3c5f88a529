package dev.logdash.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies at any moment loses nothing it flushed, and its replay doubles nothing. */
class LuceneKillTest {

  private static final int KILLS = Boolean.getBoolean("logdash.test.deep") ? 100 : 6;
  private static final int BATCH = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void hasEachEventOnceHoweverOftenItIsKilled() throws Exception {
    Random random = new Random(7);
    long safe = 1;
    for (int kill = 0; kill < KILLS; kill++) {
      safe = runAndKill(safe, 1 + random.nextInt(6), random.nextInt(30));

      assertThat(countBelow(safe)).as("flushed before kill %s", kill).isEqualTo(safe - 1);
    }

    // Behind the flushed events there may be some that were committed just before the kill.
    long end = safe + 40 * BATCH;
    try (LuceneLogStore store = open()) {
      for (long offset = safe; offset < end; offset += BATCH) {
        store.append(AppendingProcess.batch(offset, BATCH)).block(PATIENCE);
      }
      store.flush().block(PATIENCE);
    }
    try (LuceneLogStore store = open()) {
      assertThat(store.count(LogQuery.builder().build()).block(PATIENCE)).isEqualTo(end - 1);
      for (long seq = 1; seq < end; seq += 97) {
        Filter id = new Filter.Equal("event.id", LogEvents.event(seq).build().id());
        assertThat(store.count(LogQuery.builder().filter(id).build()).block(PATIENCE)).isOne();
      }
    }
  }

  /** Runs from an offset until some flushes were reported and a little longer. */
  private long runAndKill(long from, int flushes, int moreMillis) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AppendingProcess.class.getName(),
                folder.toString(),
                Long.toString(from))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long safe = from;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < flushes; i++) {
        safe = number(lines.readLine());
      }
      process.waitFor(moreMillis, TimeUnit.MILLISECONDS);
      process.destroyForcibly();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        safe = number(line);
      }
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return safe;
  }

  private static long number(String line) {
    assertThat(line).as("what the process says").isNotNull();
    return Long.parseLong(line);
  }

  private long countBelow(long seq) {
    try (LuceneLogStore store = open()) {
      LogQuery query =
          LogQuery.builder().between(0, LogEvents.NOON + seq * LogEvents.SECOND).build();
      return store.count(query).block(PATIENCE);
    }
  }

  private LuceneLogStore open() {
    return LuceneLogStore.builder(folder, MutableClock.atNoon()).build();
  }
}
