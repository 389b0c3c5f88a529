package dev.logdash.server;

import dev.logdash.api.rollup.RollupStore;
import dev.logdash.api.store.LogSearch;
import dev.logdash.embedded.EmbeddedStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.ExitCode;

/** What a data folder has stored, for reading, also while another process writes it. */
final class ReadSide implements AutoCloseable {

  private final EmbeddedStorage storage;

  private ReadSide(EmbeddedStorage storage) {
    this.storage = storage;
  }

  /**
   * Opens a folder; never makes one.
   *
   * @throws CommandFailed if there is none
   * @throws dev.logdash.api.error.BackendException if it cannot be read
   */
  static ReadSide open(Path folder, Clock clock) {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailed(
          ExitCode.SOFTWARE,
          "there is no data folder "
              + folder
              + " yet; 'logdash import FILE' makes it, --data names another one");
    }
    return new ReadSide(EmbeddedStorage.read(folder, clock));
  }

  LogSearch search() {
    return storage.logStore();
  }

  /** The days that answers are without, each with what is wrong and what to do. */
  List<String> leftOut() {
    return Waiting.on(storage.logStore().leftOut());
  }

  RollupStore rollups() {
    return storage.rollupStore();
  }

  @Override
  public void close() {
    storage.close();
  }
}
