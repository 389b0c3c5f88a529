package dev.logdash.core.memory;

import dev.logdash.api.document.Change;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A {@link DocumentStore} on the heap, for tests and as the measure of other stores. It keeps its
 * documents as long as it lives; closing it keeps nothing.
 */
public final class InMemoryDocumentStore implements DocumentStore {

  private static final int MAX_BODY_BYTES = 8 << 20;

  private final TreeMap<String, Document> documents = new TreeMap<>();
  private final TreeMap<Long, Change> changes = new TreeMap<>();
  private final Map<String, Long> cursors = new HashMap<>();
  // One counter for versions and cursors, so a version never comes back even after a deletion.
  private long last;

  @Override
  public Mono<Document> get(String key) {
    return Mono.fromCallable(() -> find(key));
  }

  @Override
  public Mono<Long> put(String key, long expectedVersion, String body) {
    return Mono.fromCallable(() -> replace(key, expectedVersion, body));
  }

  @Override
  public Mono<Boolean> delete(String key, long expectedVersion) {
    return Mono.fromCallable(() -> remove(key, expectedVersion));
  }

  @Override
  public Flux<Document> list(String prefix, String after, int limit) {
    requirePositive(limit);
    return Flux.defer(() -> Flux.fromIterable(select(prefix, after, limit)));
  }

  @Override
  public Flux<Change> changesSince(long cursor, int limit) {
    requirePositive(limit);
    return Flux.defer(() -> Flux.fromIterable(selectChanges(cursor, limit)));
  }

  @Override
  public Mono<Void> check() {
    return Mono.empty();
  }

  @Override
  public void close() {}

  private synchronized @Nullable Document find(String key) {
    return documents.get(key);
  }

  private synchronized @Nullable Long replace(String key, long expectedVersion, String body) {
    if (body.getBytes(StandardCharsets.UTF_8).length > MAX_BODY_BYTES) {
      throw new BackendException.Rejected("the document " + key + " is larger than 8 MiB", null);
    }
    if (versionOf(key) != expectedVersion) {
      return null;
    }
    long version = record(key, false);
    documents.put(key, new Document(key, version, body));
    return version;
  }

  private synchronized boolean remove(String key, long expectedVersion) {
    if (expectedVersion == ABSENT || versionOf(key) != expectedVersion) {
      return false;
    }
    documents.remove(key);
    record(key, true);
    return true;
  }

  private synchronized List<Document> select(String prefix, String after, int limit) {
    List<Document> found = new ArrayList<>();
    boolean fromPrefix = prefix.compareTo(after) > 0;
    for (Document document :
        documents.tailMap(fromPrefix ? prefix : after, fromPrefix || after.isEmpty()).values()) {
      if (found.size() == limit || !document.key().startsWith(prefix)) {
        break;
      }
      found.add(document);
    }
    return found;
  }

  private synchronized List<Change> selectChanges(long cursor, int limit) {
    return changes.tailMap(cursor, false).values().stream().limit(limit).toList();
  }

  private long record(String key, boolean deleted) {
    long cursor = ++last;
    Long before = cursors.put(key, cursor);
    if (before != null) {
      changes.remove(before);
    }
    changes.put(cursor, new Change(cursor, key, deleted));
    return cursor;
  }

  private long versionOf(String key) {
    Document document = documents.get(key);
    return document == null ? ABSENT : document.version();
  }

  private static void requirePositive(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is not positive: " + limit);
    }
  }
}
