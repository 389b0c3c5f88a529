package dev.logdash.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import dev.logdash.api.document.Change;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Numbers the changes of documents so that no reader misses one, without a transaction. */
final class ChangeNumbers {

  /*
   * Numbers that are taken first and written with the change can be overtaken: a reader sees 6,
   * remembers it, and never sees the 5 that is written after. So a change is written first, without
   * a number (A). Then a number is taken (B), and put to the document if that still is the one of A
   * and has none (C).
   *
   * A reader reads the last number taken, H; gives a number to every document that has none; and
   * then reads the numbers up to H. Nothing with a number up to H can appear later: its B was before
   * H was read, so its A was too, and the reader either found it numbered, or gave it one above H,
   * after which the C of anybody else finds a number and does nothing. A document that changes again
   * meanwhile loses its number and comes back with one above H.
   *
   * Who dies between A and C leaves a document without a number, which the next reader finds. Both
   * reads ask for what a majority has, and writes are confirmed by one, so a new primary member does
   * not turn the order around.
   */

  /** The number of a change that has none yet. */
  static final long NONE = 0;

  private static final String COUNTERS = "counters";
  private static final String LAST = "last";
  private static final Bson COUNTER = eq(MongoDocumentStore.ID, "changes");
  private static final int AT_ONCE = 100;
  // The second time finds what the first has numbered, and what died meanwhile can wait.
  private static final int ROUNDS = 2;

  private final MongoAccess access;
  private final Once index;

  ChangeNumbers(MongoAccess access) {
    this.access = access;
    this.index =
        new Once(
            access
                .one(
                    MongoDocumentStore.DOCUMENTS,
                    documents ->
                        documents.createIndex(
                            Indexes.ascending(MongoDocumentStore.CHANGE),
                            new IndexOptions().name("changes")))
                .then());
  }

  Mono<Void> indexed() {
    return index.ensured();
  }

  /** Gives a number to a version of a document, unless it has one or is another version. */
  Mono<Void> number(String id, long version) {
    return take(1).flatMap(number -> attach(id, version, number));
  }

  Flux<Change> since(long cursor, int limit) {
    return indexed().then(settled(ROUNDS)).flatMapMany(last -> read(cursor, last, limit));
  }

  /** A number up to which all changes have theirs. */
  private Mono<Long> settled(int rounds) {
    return last()
        .flatMap(
            last ->
                numberAll()
                    .flatMap(
                        numbered ->
                            numbered > 0 && rounds > 1 ? settled(rounds - 1) : Mono.just(last)));
  }

  private Mono<Long> numberAll() {
    return access
        .many(
            MongoDocumentStore.DOCUMENTS,
            documents ->
                documents
                    .find(eq(MongoDocumentStore.CHANGE, NONE))
                    .projection(Projections.include(MongoDocumentStore.VERSION)))
        .buffer(AT_ONCE)
        .concatMap(found -> take(found.size()).flatMapMany(last -> attachAll(found, last)))
        .count();
  }

  private Flux<Boolean> attachAll(List<BsonDocument> found, long last) {
    return Flux.range(0, found.size())
        .concatMap(
            i -> {
              BsonDocument one = found.get(i);
              String id = one.getString(MongoDocumentStore.ID).getValue();
              long version = one.getNumber(MongoDocumentStore.VERSION).longValue();
              return attach(id, version, last - i).thenReturn(true);
            });
  }

  private Mono<Void> attach(String id, long version, long number) {
    Bson unnumbered =
        and(
            eq(MongoDocumentStore.ID, id),
            eq(MongoDocumentStore.VERSION, version),
            eq(MongoDocumentStore.CHANGE, NONE));
    return access
        .one(
            MongoDocumentStore.DOCUMENTS,
            documents -> documents.updateOne(unnumbered, set(MongoDocumentStore.CHANGE, number)))
        .then();
  }

  private Flux<Change> read(long cursor, long last, int limit) {
    Bson range = and(gt(MongoDocumentStore.CHANGE, cursor), lte(MongoDocumentStore.CHANGE, last));
    return access
        .many(
            MongoDocumentStore.DOCUMENTS,
            documents ->
                documents
                    .find(range)
                    .sort(ascending(MongoDocumentStore.CHANGE))
                    .limit(limit)
                    .projection(
                        Projections.include(MongoDocumentStore.CHANGE, MongoDocumentStore.DELETED)))
        .map(
            stored ->
                new Change(
                    stored.getNumber(MongoDocumentStore.CHANGE).longValue(),
                    KeyText.decode(stored.getString(MongoDocumentStore.ID).getValue()),
                    stored.getBoolean(MongoDocumentStore.DELETED).getValue()))
        // One that changed while the answer was made comes with its new number, and later.
        .filter(change -> change.cursor() > cursor && change.cursor() <= last);
  }

  /** Takes numbers, the last of which is the result. */
  private Mono<Long> take(int count) {
    // The counter before is what this call alone saw; there is none before the first number.
    FindOneAndUpdateOptions options =
        new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.BEFORE);
    return access
        .one(
            COUNTERS,
            counters -> counters.findOneAndUpdate(COUNTER, inc(LAST, (long) count), options))
        // Two made the counter at the same time; it is there now.
        .retryWhen(Retry.max(3).filter(MongoErrors::isDuplicateKey))
        // What else failed is sorted already.
        .onErrorMap(failure -> MongoErrors.translate(failure, null))
        .map(before -> before.getNumber(LAST).longValue() + count)
        .defaultIfEmpty((long) count);
  }

  private Mono<Long> last() {
    return access
        .one(COUNTERS, counters -> counters.find(COUNTER).first())
        .map(counter -> counter.getNumber(LAST).longValue())
        .defaultIfEmpty(0L);
  }
}
