package dev.logdash.embedded;

import dev.logdash.core.kit.PipeRecipesContract;
import dev.logdash.tck.MutableClock;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LucenePipeRecipesTest extends PipeRecipesContract<LuceneLogStore> {

  @TempDir private Path folder;

  @Override
  protected LuceneLogStore newStore() {
    return LuceneLogStore.builder(folder.resolve("search"), MutableClock.atNoon())
        .refreshNanos(0)
        .build();
  }
}
