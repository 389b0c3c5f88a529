package dev.logdash.core.auth;

import dev.logdash.api.document.Change;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import dev.logdash.core.memory.InMemoryDocumentStore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A store that stops answering for some keys. */
final class BreakableStore implements DocumentStore {

  private static final Runnable NOTHING = () -> {};

  private final InMemoryDocumentStore store = new InMemoryDocumentStore();
  private volatile Predicate<String> broken = key -> false;
  private final AtomicReference<Runnable> afterRead = new AtomicReference<>(NOTHING);
  private volatile String readPrefix = "";

  /** Does something once, behind the next read of a key that starts so. */
  void afterRead(String prefix, Runnable action) {
    readPrefix = prefix;
    afterRead.set(action);
  }

  void breakKeys(Predicate<String> keys) {
    broken = keys;
  }

  @Override
  public Mono<Document> get(String key) {
    return check(key)
        .then(store.get(key))
        .doOnNext(
            document -> {
              if (key.startsWith(readPrefix)) {
                afterRead.getAndSet(NOTHING).run();
              }
            });
  }

  @Override
  public Mono<Long> put(String key, long expectedVersion, String body) {
    return check(key).then(store.put(key, expectedVersion, body));
  }

  @Override
  public Mono<Boolean> delete(String key, long expectedVersion) {
    return check(key).then(store.delete(key, expectedVersion));
  }

  @Override
  public Flux<Document> list(String prefix, String after, int limit) {
    return check(prefix).thenMany(store.list(prefix, after, limit));
  }

  @Override
  public Flux<Change> changesSince(long cursor, int limit) {
    return store.changesSince(cursor, limit);
  }

  @Override
  public Mono<Void> check() {
    return check("");
  }

  @Override
  public void close() {
    store.close();
  }

  private Mono<Void> check(String key) {
    return Mono.fromRunnable(
        () -> {
          if (broken.test(key)) {
            throw new BackendException.Unavailable("broken for the test", null);
          }
        });
  }
}
