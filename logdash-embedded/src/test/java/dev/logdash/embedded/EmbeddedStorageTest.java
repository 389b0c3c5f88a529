package dev.logdash.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.store.LogQuery;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStorageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void findsEverythingAgainWhenOpenedAgain() {
    try (EmbeddedStorage storage = open()) {
      storage.logStore().append(LogEvents.batch(LogEvents.burst(1, 3))).block(PATIENCE);
      storage.logStore().flush().block(PATIENCE);
      storage.documentStore().put("a", DocumentStore.ABSENT, "1").block(PATIENCE);
      storage.rollupStore().check().block(PATIENCE);
    }

    try (EmbeddedStorage storage = open()) {
      assertThat(storage.logStore().count(LogQuery.builder().build()).block(PATIENCE)).isEqualTo(3);
      assertThat(storage.documentStore().get("a").block(PATIENCE).body()).isEqualTo("1");
    }
  }

  @Test
  void refusesAFolderThatIsInUseAndNamesTheOwner() {
    try (EmbeddedStorage storage = open()) {
      assertThat(storage.logStore()).isNotNull();

      assertThatThrownBy(this::open)
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
    }
    open().close();
  }

  @Test
  void isReadBesideItsWriter() {
    try (EmbeddedStorage writer = open();
        EmbeddedStorage reader =
            EmbeddedStorage.read(folder.resolve("data"), MutableClock.atNoon())) {
      writer.logStore().append(LogEvents.batch(LogEvents.burst(1, 3))).block(PATIENCE);
      writer.logStore().flush().block(PATIENCE);
      writer.documentStore().put("a", DocumentStore.ABSENT, "1").block(PATIENCE);

      assertThat(reader.logStore().count(LogQuery.builder().build()).block(PATIENCE)).isEqualTo(3);
      assertThat(reader.documentStore().get("a").block(PATIENCE).body()).isEqualTo("1");
      reader.checkStatistics().block(PATIENCE);
      assertThatThrownBy(
              () -> reader.documentStore().put("b", DocumentStore.ABSENT, "1").block(PATIENCE))
          .isInstanceOf(BackendException.Misconfigured.class);
    }
  }

  @Test
  void namesItsOwnerWithoutTakingTheLockAway() {
    Path data = folder.resolve("data");
    assertThat(EmbeddedStorage.owner(data)).isEmpty();
    try (EmbeddedStorage storage = open()) {
      assertThat(storage.logStore()).isNotNull();

      assertThat(EmbeddedStorage.owner(data)).hasValue("" + ProcessHandle.current().pid());
      assertThatThrownBy(this::open).hasMessageContaining("in use");
      assertThat(EmbeddedStorage.owner(data)).isPresent();
    }
    assertThat(EmbeddedStorage.owner(data)).isEmpty();
  }

  @Test
  void readingRefusesAFolderOfANewerFormat() throws Exception {
    open().close();
    Files.writeString(folder.resolve("data").resolve("format"), "2\n");

    assertThatThrownBy(() -> EmbeddedStorage.read(folder.resolve("data"), MutableClock.atNoon()))
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void refusesAFolderOfANewerFormat() throws Exception {
    open().close();
    Files.writeString(folder.resolve("data").resolve("format"), "2\n");

    assertThatThrownBy(this::open)
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void refusesAFileInPlaceOfTheFolder() throws Exception {
    Files.writeString(folder.resolve("data"), "no folder");

    assertThatThrownBy(this::open)
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("no folder");
  }

  private EmbeddedStorage open() {
    return EmbeddedStorage.open(folder.resolve("data"), MutableClock.atNoon());
  }
}
