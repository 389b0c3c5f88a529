package dev.logdash.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MvFileTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final PartitionId LANE = new PartitionId("1f2e3d4c5b6a7988", 0);

  @TempDir private Path folder;

  @Test
  void keepsWhatWasWrittenWhenItIsOpenedAgain() {
    long version;
    try (MvDocumentStore store = new MvDocumentStore(file())) {
      version = store.put("a", DocumentStore.ABSENT, "1").block(PATIENCE);
      store.delete("a", version).block(PATIENCE);
    }

    try (MvDocumentStore store = new MvDocumentStore(file())) {
      assertThat(store.put("a", DocumentStore.ABSENT, "2").block(PATIENCE)).isGreaterThan(version);
      assertThat(store.get("a").block(PATIENCE).body()).isEqualTo("2");
    }
  }

  @Test
  void hasOnDiskWhatItSaysIsDurable() throws Exception {
    Path copy = folder.resolve("copy.mv");
    try (MvDocumentStore store = new MvDocumentStore(file())) {
      for (int i = 0; i < 20; i++) {
        store.put("key-" + i, DocumentStore.ABSENT, "body").block(PATIENCE);
        Files.deleteIfExists(copy);
        Files.copy(file(), copy);
        try (MvDocumentStore survivor = new MvDocumentStore(copy)) {
          assertThat(survivor.get("key-" + i).block(PATIENCE)).isNotNull();
        }
      }
    }
  }

  @Test
  void doesNotGrowWithoutBoundWhenCellsAreOverwritten() throws Exception {
    int cells = 1_000;
    int rounds = Boolean.getBoolean("logdash.test.deep") ? 1_000 : 200;
    long early = 0;
    try (MvRollupStore store = new MvRollupStore(file())) {
      for (int round = 0; round < rounds; round++) {
        List<CellWrite> writes = new ArrayList<>();
        for (int i = 0; i < cells; i++) {
          CellKey key = new CellKey("requests", 60, 60, List.of("s" + i), LANE);
          byte[] sketch = new byte[200];
          new Random(31L * round + i).nextBytes(sketch);
          writes.add(new CellWrite(round - 1, new Cell(key, round, round, 0, round, sketch)));
        }
        assertThat(store.write(writes).block(PATIENCE)).isEmpty();
        if (round == rounds / 4) {
          early = Files.size(file());
        }
      }
    }

    // Four times as many writes, less than twice the bytes; the content is 250 KB.
    assertThat(Files.size(file())).isLessThan(Math.max(2 * early, 40L << 20));
  }

  @Test
  void staysOpenForTheOtherStoreWhenOneIsClosedTwice() {
    MvFile shared = new MvFile(file());
    MvDocumentStore documents = new MvDocumentStore(shared);
    try (MvRollupStore cells = new MvRollupStore(shared)) {
      documents.close();
      documents.close();

      cells.check().block(PATIENCE);
    }

    assertThatThrownBy(() -> documents.check().block(PATIENCE))
        .isInstanceOf(BackendException.Unavailable.class);
  }

  @Test
  void saysThatTheFileIsInUse() {
    try (MvDocumentStore first = new MvDocumentStore(file());
        MvDocumentStore second = new MvDocumentStore(file())) {
      first.check().block(PATIENCE);

      assertThatThrownBy(() -> second.check().block(PATIENCE))
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("in use");
    }
  }

  @Test
  void saysThatTheFileIsDamaged() throws Exception {
    try (MvDocumentStore store = new MvDocumentStore(file())) {
      store.put("a", DocumentStore.ABSENT, "1").block(PATIENCE);
    }
    byte[] bytes = Files.readAllBytes(file());
    new Random(1).nextBytes(bytes);
    Files.write(file(), bytes);

    try (MvDocumentStore store = new MvDocumentStore(file())) {
      assertThatThrownBy(() -> store.check().block(PATIENCE))
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("damaged");
    }
    assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
  }

  @Test
  void answersOrSaysThatItIsDamagedWhateverByteIsWrong() throws Exception {
    Path sound = folder.resolve("sound.mv");
    try (MvDocumentStore store = new MvDocumentStore(sound)) {
      for (int i = 0; i < 60; i++) {
        store.put("key-" + i % 20, versionOf(store, "key-" + i % 20), "body " + i).block(PATIENCE);
      }
    }
    byte[] bytes = Files.readAllBytes(sound);
    Random random = new Random(7);
    int rounds = Boolean.getBoolean("logdash.test.deep") ? 5_000 : 150;
    int refused = 0;
    for (int round = 0; round < rounds; round++) {
      byte[] damaged = bytes.clone();
      if (round % 3 == 0) {
        damaged = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      } else {
        int from = random.nextInt(bytes.length);
        for (int i = from; i < Math.min(bytes.length, from + random.nextInt(64)); i++) {
          damaged[i] ^= (byte) (1 + random.nextInt(255));
        }
      }
      Path copy = folder.resolve("copy-" + round + ".mv");
      Files.write(copy, damaged);
      for (boolean reading : new boolean[] {true, false}) {
        MvAccess file = reading ? new MvReader(copy) : new MvFile(copy);
        try (MvDocumentStore store = new MvDocumentStore(file)) {
          store.list("", "", 100).collectList().block(PATIENCE);
          if (!reading) {
            store.put("new", DocumentStore.ABSENT, "1").block(PATIENCE);
          }
        } catch (BackendException e) {
          refused++;
          assertThat(e).isInstanceOf(BackendException.Misconfigured.class);
          assertThat(e).hasMessageContaining(copy.toString());
        }
      }
      Files.delete(copy);
    }
    assertThat(refused).isPositive();
  }

  private static long versionOf(MvDocumentStore store, String key) {
    return store
        .get(key)
        .map(dev.logdash.api.document.Document::version)
        .defaultIfEmpty(DocumentStore.ABSENT)
        .block(PATIENCE);
  }

  @Test
  void refusesANewerFormat() {
    MVStore newer = MVStore.open(file().toString());
    newer.setStoreVersion(MvMaps.FORMAT + 1);
    newer.openMap("cells").put(new byte[0], new byte[0]);
    newer.close();

    try (MvRollupStore store = new MvRollupStore(file())) {
      assertThatThrownBy(() -> store.check().block(PATIENCE))
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("newer version");
    }
  }

  @Test
  void failsClearlyAfterItIsClosed() {
    MvDocumentStore store = new MvDocumentStore(file());
    store.check().block(PATIENCE);
    store.close();
    store.close();

    assertThatThrownBy(() -> store.get("a").block(PATIENCE))
        .isInstanceOf(BackendException.Unavailable.class);
  }

  private Path file() {
    return folder.resolve("store.mv");
  }
}
