package dev.logdash.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.tck.DocumentStoreContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MongoDocumentStoreTest extends DocumentStoreContract {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestMongo mongo = TestMongo.start();
  private final MongoStorage storage = mongo.storage();

  @Override
  protected DocumentStore openStore() {
    return storage.documents();
  }

  @AfterEach
  void stop() {
    storage.close();
    mongo.close();
  }

  @Test
  void ordersAnyTextAsJavaDoes() {
    DocumentStore store = storage.documents();
    List<String> ascending =
        List.of(
            "k", "k\0", "k$.a", "kz", "k\uD7FE", "k\uD7FF", "k\uD83D", "k😀", "k\uE000", "k\uFFFF");
    assertThat(ascending).isSorted();
    for (int i = ascending.size() - 1; i >= 0; i--) {
      store.put(ascending.get(i), DocumentStore.ABSENT, "").block(PATIENCE);
    }

    List<String> listed = store.list("k", "", 100).map(Document::key).collectList().block(PATIENCE);

    assertThat(listed).isEqualTo(ascending);
    assertThat(store.list("k", "k\uD83D", 2).map(Document::key).collectList().block(PATIENCE))
        .containsExactly("k😀", "k\uE000");
  }

  @Test
  void raisesTheVersionOverDeletions() {
    DocumentStore store = storage.documents();
    long last = 0;
    for (int i = 0; i < 5; i++) {
      long version = store.put("a", DocumentStore.ABSENT, "1").block(PATIENCE);
      assertThat(version).isGreaterThan(last);
      last = version;
      assertThat(store.delete("a", version).block(PATIENCE)).isTrue();
      assertThat(store.delete("a", version).block(PATIENCE)).isFalse();
    }
    assertThat(storage.statistics().refusedDocuments()).isEqualTo(5);
    assertThat(storage.statistics().failures()).isZero();
  }
}
