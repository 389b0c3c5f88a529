package dev.logdash.embedded;

import dev.logdash.core.kit.StatementContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class LuceneStatementsTest extends StatementContract<LuceneLogStore> {

  @TempDir private Path folder;

  @Override
  protected LuceneLogStore newStore(Clock clock) {
    return LuceneLogStore.builder(folder.resolve("search"), clock).build();
  }
}
