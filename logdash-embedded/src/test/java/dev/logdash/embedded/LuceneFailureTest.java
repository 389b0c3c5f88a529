package dev.logdash.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Retention;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneFailureTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final LogQuery ALL = LogQuery.builder().build();

  @TempDir private Path folder;

  @Test
  void acceptsNothingBehindWhatWasLostUntilThatComesAgain() throws Exception {
    try (LuceneLogStore store = open()) {
      append(store, 1, 10);
      store.flush().block(PATIENCE);
      append(store, 11, 10);
      Path index = folder.resolve("logdash-default-2026.11.23");
      Path aside = folder.resolve("aside");
      Files.move(index, aside);
      assertThatThrownBy(() -> store.flush().block(PATIENCE)).isInstanceOf(BackendException.class);
      Files.move(aside, index);

      assertThatThrownBy(() -> append(store, 21, 10))
          .isInstanceOf(BackendException.Unavailable.class)
          .hasMessageContaining("from offset 11");
      assertThatThrownBy(() -> store.flush().block(PATIENCE))
          .isInstanceOf(BackendException.Unavailable.class);

      append(store, 6, 10);
      append(store, 16, 15);
      store.flush().block(PATIENCE);
      assertThat(store.count(ALL).block(PATIENCE)).isEqualTo(30);
    }
    try (LuceneLogStore store = open()) {
      assertThat(store.count(ALL).block(PATIENCE)).isEqualTo(30);
    }
  }

  @Test
  void readsTheOtherDatasetsWhenOneIndexIsDamaged() throws Exception {
    try (LuceneLogStore store = open()) {
      append(store, 1, 3);
      store.append(LogEvents.batch(LogEvents.event(9).dataset("audit").build())).block(PATIENCE);
      store.flush().block(PATIENCE);
    }
    try (Stream<Path> files = Files.list(folder.resolve("logdash-default-2026.11.23"))) {
      for (Path file : files.filter(path -> path.toString().contains("segments_")).toList()) {
        Files.writeString(file, "no index");
      }
    }

    try (LuceneLogStore store = open()) {
      assertThat(store.count(ALL).block(PATIENCE)).isZero();
      assertThat(store.leftOut().block(PATIENCE))
          .singleElement()
          .asString()
          .contains("logdash-default-2026.11.23", "is damaged");
      assertThat(store.count(LogQuery.builder().dataset("audit").build()).block(PATIENCE)).isOne();
    }
  }

  @Test
  void keepsNoFileOfAnIndexThatWasReplacedOrClosed() throws Exception {
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.isReadable(maps), "this system does not show mapped files");
    try (LuceneLogStore store = open()) {
      for (int i = 0; i < 30; i++) {
        append(store, 1 + 10 * i, 10);
        store.flush().block(PATIENCE);
        assertThat(store.count(ALL).block(PATIENCE)).isEqualTo(10 * (i + 1));
        assertThat(store.search(ALL).block(PATIENCE).events()).isNotEmpty();
      }
    }

    assertThat(Files.readAllLines(maps)).noneMatch(line -> line.contains(folder.toString()));
  }

  @Test
  void dropsDaysUntilEnoughOfTheDiskIsFree() {
    try (LuceneLogStore store =
        LuceneLogStore.builder(folder, MutableClock.atNoon())
            .freeSpace(root -> 1.0 - 0.3 * days())
            .build()) {
      for (int day = 0; day < 4; day++) {
        store
            .append(
                LogEvents.batch(
                    LogEvents.event(1 + day)
                        .observedNanos(LogEvents.NOON - day * LogEvents.DAY)
                        .build()))
            .block(PATIENCE);
      }

      List<String> dropped =
          store.retain(new Retention(Duration.ofDays(30), Long.MAX_VALUE, 0.3)).block(PATIENCE);

      assertThat(dropped)
          .containsExactly("logdash-default-2026.11.20", "logdash-default-2026.11.21");
    }
  }

  private void append(LuceneLogStore store, long first, int count) {
    store.append(LogEvents.batch(LogEvents.burst(first, count))).block(PATIENCE);
  }

  private long days() {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LuceneLogStore open() {
    return LuceneLogStore.builder(folder, MutableClock.atNoon()).refreshNanos(0).build();
  }
}
