package dev.logdash.embedded;

import dev.logdash.api.rollup.RollupStore;
import dev.logdash.tck.RollupStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class MvRollupStoreTest extends RollupStoreContract {

  @TempDir private Path folder;

  @Override
  protected RollupStore openStore() {
    return new MvRollupStore(folder.resolve("store.mv"));
  }
}
