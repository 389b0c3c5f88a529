package dev.logdash.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import dev.logdash.api.document.Change;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A {@link DocumentStore} with a document of MongoDB for each key. A deleted key stays as a mark of
 * about a hundred bytes, which remembers its version and tells {@link #changesSince}.
 */
final class MongoDocumentStore implements DocumentStore {

  static final String DOCUMENTS = "documents";
  static final String ID = "_id";
  static final String VERSION = "version";
  static final String CHANGE = "change";
  static final String DELETED = "deleted";

  private static final String BODY = "body";
  private static final int MAX_BODY_BYTES = 8 << 20;

  private final MongoAccess access;
  private final ChangeNumbers changes;

  MongoDocumentStore(MongoAccess access) {
    this.access = access;
    this.changes = new ChangeNumbers(access);
  }

  @Override
  public Mono<Document> get(String key) {
    Bson present = and(eq(ID, KeyText.encode(key)), eq(DELETED, false));
    return access
        .one(DOCUMENTS, documents -> documents.find(present).first())
        .map(MongoDocumentStore::decode);
  }

  @Override
  public Mono<Long> put(String key, long expectedVersion, String body) {
    String id = KeyText.encode(key);
    Objects.requireNonNull(body, "body");
    return Mono.defer(() -> replace(id, expectedVersion, requireSmall(key, body)))
        .doOnSuccess(version -> counted(version != null));
  }

  @Override
  public Mono<Boolean> delete(String key, long expectedVersion) {
    String id = KeyText.encode(key);
    if (expectedVersion == ABSENT) {
      return Mono.just(false);
    }
    Bson deletion = combine(set(DELETED, true), unset(BODY));
    return change(id, version(id, expectedVersion), deletion, false)
        .hasElement()
        .doOnSuccess(this::counted);
  }

  @Override
  public Flux<Document> list(String prefix, String after, int limit) {
    requirePositive(limit);
    String first = KeyText.encode(prefix);
    Bson range = and(gte(ID, first), lt(ID, KeyText.behind(first)), eq(DELETED, false));
    // An empty key is a key, and behind no key at all.
    Bson filter = after.isEmpty() ? range : and(range, gt(ID, KeyText.encode(after)));
    return access
        .many(DOCUMENTS, documents -> documents.find(filter).sort(ascending(ID)).limit(limit))
        .map(MongoDocumentStore::decode);
  }

  @Override
  public Flux<Change> changesSince(long cursor, int limit) {
    requirePositive(limit);
    return changes.since(cursor, limit);
  }

  @Override
  public Mono<Void> check() {
    return access.check();
  }

  @Override
  public void close() {}

  private Mono<Long> replace(String id, long expectedVersion, String body) {
    Bson content = combine(set(DELETED, false), set(BODY, body));
    if (expectedVersion != ABSENT) {
      return change(id, version(id, expectedVersion), content, false);
    }
    // Finds the mark of a deleted key or makes the key. Where the key has a document this does
    // neither, as the key is there: somebody else was first.
    return change(id, and(eq(ID, id), eq(DELETED, true)), content, true)
        .onErrorResume(MongoErrors::isDuplicateKey, unused -> Mono.empty());
  }

  /** Changes what is found, and gives its new version. */
  private Mono<Long> change(String id, Bson expected, Bson content, boolean create) {
    Bson update = combine(content, inc(VERSION, 1L), set(CHANGE, ChangeNumbers.NONE));
    FindOneAndUpdateOptions options =
        new FindOneAndUpdateOptions()
            .upsert(create)
            .returnDocument(ReturnDocument.BEFORE)
            .projection(Projections.include(VERSION));
    return changes
        .indexed()
        .then(
            access.one(
                DOCUMENTS, documents -> documents.findOneAndUpdate(expected, update, options)))
        .map(before -> before.getNumber(VERSION).longValue() + 1)
        .switchIfEmpty(create ? Mono.just(1L) : Mono.empty())
        // The change is durable by now. Where its number fails, a reader gives it one.
        .flatMap(
            version ->
                changes
                    .number(id, version)
                    .onErrorResume(BackendException.class, unused -> Mono.empty())
                    .thenReturn(version));
  }

  private void counted(boolean written) {
    if (!written) {
      access.counters().refusedDocuments.increment();
    }
  }

  private static Bson version(String id, long version) {
    return and(eq(ID, id), eq(VERSION, version), eq(DELETED, false));
  }

  private static String requireSmall(String key, String body) {
    byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > MAX_BODY_BYTES) {
      throw new BackendException.Rejected("the document " + key + " is larger than 8 MiB", null);
    }
    // Half a surrogate pair has no UTF-8, which MongoDB would not notice.
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static Document decode(BsonDocument stored) {
    return new Document(
        KeyText.decode(stored.getString(ID).getValue()),
        stored.getNumber(VERSION).longValue(),
        stored.getString(BODY).getValue());
  }

  private static void requirePositive(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is not positive: " + limit);
    }
  }
}
