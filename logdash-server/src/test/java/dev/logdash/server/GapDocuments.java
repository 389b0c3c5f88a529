package dev.logdash.server;

import dev.logdash.api.document.Change;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The snapshots and what goes with them, with their gaps. */
final class GapDocuments implements DocumentStore {

  static final String SNAPSHOT = "snapshot/";

  private final DocumentStore store;
  private final GapWatch watch;

  GapDocuments(DocumentStore store, GapWatch watch) {
    this.store = store;
    this.watch = watch;
  }

  @Override
  public Mono<Document> get(String key) {
    return store.get(key);
  }

  @Override
  public Mono<Long> put(String key, long expectedVersion, String body) {
    boolean snapshot = key.startsWith(SNAPSHOT);
    return watch
        .during(
            snapshot ? Gap.SNAPSHOT_SAVING : Gap.ADMISSION_SAVING,
            store.put(key, expectedVersion, body))
        .doOnNext(version -> watch.pass(snapshot ? Gap.SNAPSHOT_SAVED : Gap.ADMISSION_SAVED));
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
