package dev.logdash.core.memory;

import dev.logdash.api.document.DocumentStore;
import dev.logdash.tck.DocumentStoreContract;

class InMemoryDocumentStoreTest extends DocumentStoreContract {

  @Override
  protected DocumentStore openStore() {
    return new InMemoryDocumentStore();
  }
}
