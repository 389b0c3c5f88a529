package dev.logdash.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Retention;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One day of two is damaged; the other must not suffer from it. */
@Timeout(120)
class LuceneDamageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final LogQuery ALL = LogQuery.builder().build();
  private static final String YESTERDAY = "logdash-default-2026.11.22";
  private static final int OLD = 40;
  private static final int NEW = 3;

  @TempDir private Path folder;
  private Path sound;

  @BeforeEach
  void twoDays() throws IOException {
    sound = folder.resolve("sound");
    try (LuceneLogStore store = open(sound)) {
      store.append(LogEvents.batch(old(1, OLD))).block(PATIENCE);
      store.append(LogEvents.batch(LogEvents.burst(101, NEW))).block(PATIENCE);
      store.flush().block(PATIENCE);
    }
  }

  @Test
  void theOtherDayIsFoundWhateverFileOfADayIsDamagedAndHowever() throws Exception {
    int told = 0;
    for (String file : files(sound.resolve(YESTERDAY))) {
      for (Damage damage : Damage.values()) {
        Path root = copy(file + "-" + damage);
        damage.to(root.resolve(YESTERDAY).resolve(file));

        try (LuceneLogStore store = open(root)) {
          long found = store.count(ALL).block(PATIENCE);
          List<String> problems = store.verify().block(PATIENCE);

          assertThat(found).as("%s %s", file, damage).isIn((long) NEW, (long) NEW + OLD);
          if (damage == Damage.FLIP_THE_MIDDLE && !file.endsWith(".lock")) {
            assertThat(problems).as(file).hasSize(1);
          }
          if (!problems.isEmpty()) {
            told++;
            assertThat(problems.get(0)).contains(YESTERDAY, "is damaged", "restore it");
            assertThat(store.count(ALL).block(PATIENCE)).isEqualTo(NEW);
            assertThat(store.search(ALL).block(PATIENCE).events()).hasSize(NEW);
            assertThatThrownBy(() -> store.check().block(PATIENCE))
                .isInstanceOf(BackendException.Misconfigured.class);
            assertThatThrownBy(() -> store.delete(ALL).block(PATIENCE))
                .isInstanceOf(BackendException.Misconfigured.class);
            assertThatThrownBy(() -> store.append(LogEvents.batch(old(500, 1))).block(PATIENCE))
                .isInstanceOf(BackendException.Misconfigured.class)
                .hasMessageContaining(YESTERDAY);
          }
          store.append(LogEvents.batch(LogEvents.burst(201, 2))).block(PATIENCE);
          store.flush().block(PATIENCE);
          assertThat(store.search(ALL).block(PATIENCE).events().size())
              .isIn(NEW + 2, NEW + 2 + OLD);
        }
      }
    }
    assertThat(told).isGreaterThan(8);
  }

  @Test
  void aMergeThatMeetsDamageIsToldAndNotTriedForEver() throws Exception {
    Path root = folder.resolve("merging");
    try (LuceneLogStore store = open(root)) {
      append(store, 1);
    }
    for (String file : files(root.resolve("logdash-default-2026.11.23"))) {
      if (file.endsWith(".cfs") || file.endsWith(".fdt")) {
        Damage.FLIP_THE_MIDDLE.to(root.resolve("logdash-default-2026.11.23").resolve(file));
      }
    }

    try (LuceneLogStore store = open(root)) {
      Throwable failure = null;
      for (int i = 1; i < 200 && failure == null; i++) {
        int first = 1 + 10 * i;
        failure = catchThrowable(() -> append(store, first));
      }

      assertThat(failure)
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("is damaged");
      assertThatThrownBy(() -> append(store, 10_001))
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("is damaged");
    }
  }

  @Test
  void aDamagedDayIsDroppedWhenItsTimeHasCome() throws Exception {
    for (String file : files(sound.resolve(YESTERDAY))) {
      if (file.startsWith("segments_")) {
        Damage.FLIP_THE_MIDDLE.to(sound.resolve(YESTERDAY).resolve(file));
      }
    }
    MutableClock clock = MutableClock.atNoon();
    try (LuceneLogStore store = LuceneLogStore.builder(sound, clock).build()) {
      Retention week = new Retention(Duration.ofDays(7), Long.MAX_VALUE, 0);
      assertThat(store.retain(week).block(PATIENCE)).isEmpty();

      clock.advance(Duration.ofDays(7));

      assertThat(store.retain(week).block(PATIENCE)).containsExactly(YESTERDAY);
      assertThat(sound.resolve(YESTERDAY)).doesNotExist();
      assertThat(store.leftOut().block(PATIENCE)).isEmpty();
    }
  }

  @Test
  void aReaderSeesWhatWasFlushedAndChangesNothing() throws Exception {
    Files.createDirectory(sound.resolve(".deleted-by-somebody"));
    try (LuceneLogStore writer = open(sound);
        LuceneLogStore reader =
            LuceneLogStore.builder(sound, MutableClock.atNoon()).readOnly().build()) {
      writer.append(LogEvents.batch(LogEvents.burst(201, 2))).block(PATIENCE);
      Files.createDirectories(sound.resolve(".deleted-by-somebody"));

      assertThat(reader.count(ALL).block(PATIENCE)).isEqualTo(OLD + NEW);
      assertThat(sound.resolve(".deleted-by-somebody")).exists();
      assertThatThrownBy(
              () -> reader.append(LogEvents.batch(LogEvents.burst(301, 1))).block(PATIENCE))
          .isInstanceOf(BackendException.Misconfigured.class);
      assertThatThrownBy(() -> reader.delete(ALL).block(PATIENCE))
          .isInstanceOf(BackendException.Misconfigured.class);
      writer.flush().block(PATIENCE);
    }
    try (LuceneLogStore reader =
        LuceneLogStore.builder(folder.resolve("nowhere"), MutableClock.atNoon())
            .readOnly()
            .build()) {
      assertThat(reader.count(ALL).block(PATIENCE)).isZero();
    }
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  private static void append(LuceneLogStore store, int first) {
    store.append(LogEvents.batch(LogEvents.burst(first, 10))).block(PATIENCE);
    store.flush().block(PATIENCE);
  }

  private static List<LogEvent> old(int first, int count) {
    List<LogEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(LogEvents.event(first + i).observedNanos(LogEvents.NOON - LogEvents.DAY).build());
    }
    return events;
  }

  private Path copy(String name) throws IOException {
    Path root = folder.resolve(name);
    try (Stream<Path> all = Files.walk(sound)) {
      for (Path from : all.toList()) {
        Files.copy(from, root.resolve(sound.relativize(from).toString()));
      }
    }
    return root;
  }

  private static List<String> files(Path index) throws IOException {
    try (Stream<Path> files = Files.list(index)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static LuceneLogStore open(Path root) {
    return LuceneLogStore.builder(root, MutableClock.atNoon()).refreshNanos(0).build();
  }

  /** What can happen to a file. */
  private enum Damage {
    FLIP_THE_MIDDLE,
    FLIP_THE_END,
    CUT,
    EMPTY,
    MISSING;

    void to(Path file) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      switch (this) {
        case FLIP_THE_MIDDLE -> flip(file, bytes, bytes.length / 2);
        case FLIP_THE_END -> flip(file, bytes, bytes.length - 1);
        case CUT -> Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        case EMPTY -> Files.write(file, new byte[0]);
        case MISSING -> Files.delete(file);
      }
    }

    private static void flip(Path file, byte[] bytes, int at) throws IOException {
      if (bytes.length > 0) {
        bytes[at] ^= 0x5A;
        Files.write(file, bytes);
      }
    }
  }
}
