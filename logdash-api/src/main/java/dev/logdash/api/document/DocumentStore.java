package dev.logdash.api.document;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps versioned documents: snapshots, users, rules, dashboards. A change is durable when its
 * publisher completes. Nothing happens until subscription; failures are a {@link
 * dev.logdash.api.error.BackendException}. Safe for use by many threads and, where the technology
 * allows, many processes. Passes {@code DocumentStoreContract}.
 */
public interface DocumentStore extends AutoCloseable {

  /** The version of a key that has no document. */
  long ABSENT = 0;

  /** The document of a key; empty if there is none. */
  Mono<Document> get(String key);

  /**
   * Writes a document if its version is still the expected one.
   *
   * @param expectedVersion {@link #ABSENT} to create
   * @return the new version; empty if the version was another one
   */
  Mono<Long> put(String key, long expectedVersion, String body);

  /**
   * Removes a document if its version is still the expected one.
   *
   * @return whether it was removed
   */
  Mono<Boolean> delete(String key, long expectedVersion);

  /**
   * Documents whose key starts with a prefix, by ascending key.
   *
   * @param after only keys greater than this; empty for all
   * @param limit at least 1
   */
  Flux<Document> list(String prefix, String after, int limit);

  /**
   * What changed since a cursor, oldest first; of several changes to a key only the last is sure to
   * be there.
   *
   * @param cursor 0, or the cursor of a change seen before
   * @param limit at least 1
   */
  Flux<Change> changesSince(long cursor, int limit);

  /** Completes if the store can serve now; fails with the reason if not. Cheap. */
  Mono<Void> check();

  /** Releases what this store opened itself. Idempotent. */
  @Override
  void close();
}
