package dev.logdash.server;

import dev.logdash.api.document.Change;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The snapshots, with a kill switch at each of their gaps. */
final class DeadlyDocuments implements DocumentStore {

  private static final String SNAPSHOT = "snapshot/";

  private final DocumentStore store;
  private final DeadlySteps steps;

  DeadlyDocuments(DocumentStore store, DeadlySteps steps) {
    this.store = store;
    this.steps = steps;
  }

  @Override
  public Mono<Document> get(String key) {
    return store.get(key);
  }

  @Override
  public Mono<Long> put(String key, long expectedVersion, String body) {
    Mono<Long> write = store.put(key, expectedVersion, body);
    if (!key.startsWith(SNAPSHOT)) {
      return write;
    }
    return steps
        .during(Gap.SNAPSHOT_WRITING, write)
        .doOnNext(version -> steps.pass(Gap.SNAPSHOT_WRITTEN));
  }

  @Override
  public Mono<Boolean> delete(String key, long expectedVersion) {
    return store.delete(key, expectedVersion);
  }

  @Override
  public Flux<Document> list(String prefix, String after, int limit) {
    return store.list(prefix, after, limit);
  }

  @Override
  public Flux<Change> changesSince(long cursor, int limit) {
    return store.changesSince(cursor, limit);
  }

  @Override
  public Mono<Void> check() {
    return store.check();
  }

  @Override
  public void close() {
    store.close();
  }
}
