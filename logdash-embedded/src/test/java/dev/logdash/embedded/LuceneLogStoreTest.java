package dev.logdash.embedded;

import dev.logdash.tck.LogStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class LuceneLogStoreTest extends LogStoreContract<LuceneLogStore> {

  @TempDir private Path folder;

  @Override
  protected LuceneLogStore newStore(Clock clock) {
    return LuceneLogStore.builder(folder.resolve("search"), clock).build();
  }

  @Override
  protected LuceneLogStore reopen(LuceneLogStore store) {
    store.close();
    return newStore(dev.logdash.tck.MutableClock.atNoon());
  }
}
