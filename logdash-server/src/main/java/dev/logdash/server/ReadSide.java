package dev.logdash.server;

import dev.logdash.api.rollup.RollupStore;
import dev.logdash.api.store.LogSearch;
import dev.logdash.core.config.BackendKeys;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.config.RollupsKind;
import dev.logdash.core.config.StoreKind;
import dev.logdash.dashboard.Stores;
import dev.logdash.embedded.EmbeddedStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.ExitCode;
import reactor.core.publisher.Mono;

/** What is stored, for reading; a data folder also while another process writes it. */
final class ReadSide implements AutoCloseable {

  private final LogSearch search;
  private final RollupStore rollups;
  private final Mono<List<String>> leftOut;
  private final Runnable closing;

  private ReadSide(EmbeddedStorage folder) {
    search = folder.logStore();
    rollups = folder.rollupStore();
    leftOut = folder.logStore().leftOut();
    closing = folder::close;
  }

  private ReadSide(Stores stores) {
    search = stores.search();
    rollups = stores.rollups();
    leftOut = Mono.just(List.of());
    closing = stores::close;
  }

  /**
   * Opens the stores that the settings name.
   *
   * @throws CommandFailed if they name a data folder and there is none, or if only some of them are
   *     in it
   * @throws dev.logdash.api.error.BackendException if they cannot be read
   */
  static ReadSide open(LogdashConfig config, Clock clock) {
    boolean index = config.get(BackendKeys.STORE) == StoreKind.EMBEDDED;
    boolean statistics = config.get(BackendKeys.ROLLUPS) == RollupsKind.EMBEDDED;
    if (index && statistics) {
      return open(config.get(ConfigKeys.DATA_DIR), clock);
    }
    if (index || statistics) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "some of the stores are in a data folder, which the running server has: ask it with"
              + " --url");
    }
    return new ReadSide(Stores.open(config, clock));
  }

  /** Opens a data folder; never makes one. */
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
    return search;
  }

  /** The days that answers are without, each with what is wrong and what to do. */
  List<String> leftOut() {
    return Waiting.on(leftOut);
  }

  RollupStore rollups() {
    return rollups;
  }

  @Override
  public void close() {
    closing.run();
  }
}
