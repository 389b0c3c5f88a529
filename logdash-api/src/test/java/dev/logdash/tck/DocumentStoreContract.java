package dev.logdash.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.document.Change;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What every {@link DocumentStore} promises. */
public abstract class DocumentStoreContract {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MAX_BODY = 8 << 20;

  private DocumentStore store;

  /** An empty store. */
  protected abstract DocumentStore openStore() throws Exception;

  @BeforeEach
  final void open() throws Exception {
    store = openStore();
  }

  @AfterEach
  final void close() {
    store.close();
  }

  @Test
  void isUsableWhenEmpty() {
    store.check().block(PATIENCE);

    assertThat(get("user/ada")).isNull();
    assertThat(list("", "", 10)).isEmpty();
    assertThat(changes(0, 10)).isEmpty();
  }

  @Test
  void keepsKeyVersionAndBody() {
    long version = create("user/zoë", "{\"name\":\"Zoë 日本 \\u0000\"}\n\0");

    assertThat(version).isPositive();
    assertThat(get("user/zoë"))
        .isEqualTo(new Document("user/zoë", version, "{\"name\":\"Zoë 日本 \\u0000\"}\n\0"));
  }

  @Test
  void takesBodiesUpToTheirLimitAndRefusesLarger() {
    String largest = "é".repeat(MAX_BODY / 2);
    create("large", largest);

    assertThat(get("large").body()).isEqualTo(largest);
    assertThatThrownBy(() -> create("larger", largest + "a"))
        .isInstanceOf(BackendException.Rejected.class);
    assertThat(get("larger")).isNull();
  }

  @Test
  void replacesADocumentOfTheExpectedVersionWithAGreaterOne() {
    long first = create("rule/1", "a");

    long second = put("rule/1", first, "b");

    assertThat(second).isGreaterThan(first);
    assertThat(get("rule/1")).isEqualTo(new Document("rule/1", second, "b"));
  }

  @Test
  void refusesToReplaceADocumentOfAnotherVersion() {
    long first = create("rule/1", "a");
    long second = put("rule/1", first, "b");

    assertThat(put("rule/1", first, "c")).isNull();
    assertThat(put("rule/1", second + 1, "c")).isNull();

    assertThat(get("rule/1")).isEqualTo(new Document("rule/1", second, "b"));
  }

  @Test
  void refusesToCreateADocumentThatIsThere() {
    long first = create("rule/1", "a");

    assertThat(put("rule/1", DocumentStore.ABSENT, "b")).isNull();

    assertThat(get("rule/1")).isEqualTo(new Document("rule/1", first, "a"));
  }

  @Test
  void refusesToReplaceADocumentThatIsNotThere() {
    assertThat(put("rule/1", 1, "a")).isNull();

    assertThat(get("rule/1")).isNull();
  }

  @Test
  void deletesADocumentOfTheExpectedVersion() {
    long version = create("rule/1", "a");

    assertThat(delete("rule/1", version)).isTrue();

    assertThat(get("rule/1")).isNull();
    assertThat(list("rule/", "", 10)).isEmpty();
  }

  @Test
  void deletesNoDocumentOfAnotherVersion() {
    long version = create("rule/1", "a");

    assertThat(delete("rule/1", version + 1)).isFalse();
    assertThat(delete("rule/1", DocumentStore.ABSENT)).isFalse();
    assertThat(delete("rule/2", version)).isFalse();

    assertThat(get("rule/1")).isNotNull();
  }

  @Test
  void neverUsesAVersionAgainAfterADeletion() {
    long version = create("rule/1", "a");
    version = put("rule/1", version, "b");
    delete("rule/1", version);

    assertThat(create("rule/1", "c")).isGreaterThan(version);
    assertThat(put("rule/1", version, "d")).isNull();
  }

  @Test
  void listsAPrefixByAscendingKey() {
    for (String key : List.of("rule/b", "rules", "rule/a", "rule", "rule/", "rule/ä", "user/a")) {
      create(key, "body of " + key);
    }

    assertThat(list("rule/", "", 10))
        .extracting(Document::key)
        .containsExactly("rule/", "rule/a", "rule/b", "rule/ä");
    assertThat(list("rule/", "", 10))
        .extracting(Document::body)
        .startsWith("body of rule/", "body of rule/a");
    assertThat(list("", "", 10)).hasSize(7);
  }

  @Test
  void listsPageByPage() {
    for (int i = 0; i < 25; i++) {
      create("rule/" + (char) ('a' + i), "");
    }

    assertThat(list("rule/", "", 10)).hasSize(10);
    assertThat(list("rule/", "rule/j", 10))
        .extracting(Document::key)
        .hasSize(10)
        .startsWith("rule/k")
        .endsWith("rule/t");
    assertThat(list("rule/", "rule/t", 10)).hasSize(5);
    assertThat(list("rule/", "aaa", 1)).extracting(Document::key).containsExactly("rule/a");
    assertThat(list("rule/", "z", 10)).isEmpty();
  }

  @Test
  void reportsChangesOldestFirst() {
    long version = create("a", "1");
    create("b", "1");
    put("a", version, "2");

    List<Change> changes = changes(0, 10);

    assertThat(changes).extracting(Change::key).endsWith("b", "a");
    assertThat(changes).extracting(Change::deleted).containsOnly(false);
    assertThat(changes).extracting(Change::cursor).isSorted().doesNotHaveDuplicates();
    assertThat(changes.get(0).cursor()).isPositive();
  }

  @Test
  void reportsDeletionsUntilTheKeyComesBack() {
    long version = create("a", "1");
    delete("a", version);

    List<Change> changes = changes(0, 10);
    assertThat(changes.get(changes.size() - 1).deleted()).isTrue();

    create("a", "2");
    List<Change> later = changes(changes.get(changes.size() - 1).cursor(), 10);
    assertThat(later).extracting(Change::key).containsExactly("a");
    assertThat(later).extracting(Change::deleted).containsExactly(false);
  }

  @Test
  void continuesFromACursor() {
    for (int i = 0; i < 5; i++) {
      create("k" + i, "");
    }
    List<Change> first = changes(0, 2);

    assertThat(first).extracting(Change::key).containsExactly("k0", "k1");
    assertThat(changes(first.get(1).cursor(), 10))
        .extracting(Change::key)
        .containsExactly("k2", "k3", "k4");
  }

  @Test
  void reportsNoChangeForWhatItRefused() {
    long version = create("a", "1");
    List<Change> before = changes(0, 10);

    put("a", version + 1, "2");
    delete("a", version + 1);
    delete("b", 1);

    assertThat(changes(0, 10)).isEqualTo(before);
  }

  @Test
  void doesNothingBeforeSubscription() {
    Mono<Long> putting = store.put("a", DocumentStore.ABSENT, "1");
    assertThat(get("a")).isNull();

    long version = putting.block(PATIENCE);
    Mono<Boolean> deleting = store.delete("a", version);
    assertThat(get("a")).isNotNull();

    assertThat(deleting.block(PATIENCE)).isTrue();
  }

  @Test
  void letsOneOfManyRacingWritersWin() {
    List<Long> versions =
        Flux.range(1, 16)
            .flatMap(
                i ->
                    Mono.defer(() -> store.put("lease", DocumentStore.ABSENT, "owner " + i))
                        .subscribeOn(Schedulers.boundedElastic()),
                16)
            .collectList()
            .block(PATIENCE);

    assertThat(versions).hasSize(1);
  }

  @Test
  void refusesALimitBelowOneAtOnce() {
    assertThatThrownBy(() -> store.list("", "", 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.changesSince(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private long create(String key, String body) {
    return put(key, DocumentStore.ABSENT, body);
  }

  private Long put(String key, long expectedVersion, String body) {
    return store.put(key, expectedVersion, body).block(PATIENCE);
  }

  private boolean delete(String key, long expectedVersion) {
    return store.delete(key, expectedVersion).block(PATIENCE);
  }

  private Document get(String key) {
    return store.get(key).block(PATIENCE);
  }

  private List<Document> list(String prefix, String after, int limit) {
    return store.list(prefix, after, limit).collectList().block(PATIENCE);
  }

  private List<Change> changes(long cursor, int limit) {
    return store.changesSince(cursor, limit).collectList().block(PATIENCE);
  }
}
