package dev.logdash.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import dev.logdash.api.rollup.RollupQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reading the file of the statistics while somebody writes it. */
@Timeout(120)
class MvReaderTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final PartitionId LANE = new PartitionId("1f2e3d4c5b6a7988", 0);
  private static final RollupQuery ALL = new RollupQuery("requests", 60, 0, 1_000_000);
  // Fits into one slice, so that all of it is read of one version.
  private static final int CELLS = 900;

  @TempDir private Path folder;

  @Test
  void sawEveryWriteAsAWholeWhileTheFileWasRewritten() throws Exception {
    int rounds = Boolean.getBoolean("logdash.test.deep") ? 2_000 : 150;
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (MvRollupStore writing = new MvRollupStore(file());
        MvRollupStore reading = reader()) {
      write(writing, 0);
      Thread writer =
          new Thread(
              () -> {
                try {
                  for (int round = 1; round < rounds; round++) {
                    write(writing, round);
                  }
                } catch (RuntimeException | AssertionError e) {
                  failure.set(e);
                }
              },
              "writer");
      writer.start();
      long newest = 0;
      while (writer.isAlive()) {
        long seen = oneRound(reading);
        assertThat(seen).isGreaterThanOrEqualTo(newest);
        newest = seen;
      }
      writer.join();

      assertThat(failure.get()).isNull();
      assertThat(oneRound(reading)).isEqualTo(rounds - 1);
    }
  }

  @Test
  void findsNothingInAFolderWithoutStatisticsAndMakesNone() {
    try (MvRollupStore reading = reader()) {
      assertThat(reading.read(ALL).collectList().block(PATIENCE)).isEmpty();
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void givesItsFileBack() throws Exception {
    try (MvRollupStore writing = new MvRollupStore(file())) {
      write(writing, 0);
    }
    try (MvRollupStore reading = reader()) {
      oneRound(reading);
      oneRound(reading);
    }

    Path handles = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(handles), "this system does not show open files");
    try (Stream<Path> open = Files.list(handles)) {
      assertThat(open.map(MvReaderTest::target)).doesNotContain(file().toRealPath());
    }
  }

  private static Path target(Path handle) {
    try {
      return Files.readSymbolicLink(handle);
    } catch (IOException e) {
      // It was closed in the meantime.
      return handle;
    }
  }

  @Test
  void refusesToWrite() {
    try (MvRollupStore reading = reader()) {
      assertThatThrownBy(() -> write(reading, 0))
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("only to read");
    }
  }

  @Test
  void leavesTheFileAsItIs() throws Exception {
    try (MvRollupStore writing = new MvRollupStore(file())) {
      write(writing, 0);
    }
    byte[] before = Files.readAllBytes(file());

    try (MvRollupStore reading = reader()) {
      oneRound(reading);
    }

    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  private static long oneRound(MvRollupStore store) {
    List<Cell> cells = store.read(ALL).collectList().block(PATIENCE);
    assertThat(cells).hasSize(CELLS);
    assertThat(cells.stream().map(Cell::count).distinct()).hasSize(1);
    return cells.get(0).count();
  }

  private static void write(MvRollupStore store, int round) {
    List<CellWrite> writes = new ArrayList<>();
    for (int i = 0; i < CELLS; i++) {
      CellKey key = new CellKey("requests", 60, 60, List.of("s" + i), LANE);
      byte[] sketch = new byte[100];
      new Random(31L * round + i).nextBytes(sketch);
      writes.add(new CellWrite(round - 1, new Cell(key, round, round, 0, round, sketch)));
    }
    assertThat(store.write(writes).block(PATIENCE)).isEmpty();
  }

  private MvRollupStore reader() {
    return new MvRollupStore(new MvReader(file()));
  }

  private Path file() {
    return folder.resolve("store.mv");
  }
}
