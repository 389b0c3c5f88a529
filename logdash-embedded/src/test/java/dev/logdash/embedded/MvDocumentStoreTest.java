package dev.logdash.embedded;

import dev.logdash.api.document.DocumentStore;
import dev.logdash.tck.DocumentStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class MvDocumentStoreTest extends DocumentStoreContract {

  @TempDir private Path folder;

  @Override
  protected DocumentStore openStore() {
    return new MvDocumentStore(folder.resolve("store.mv"));
  }
}
