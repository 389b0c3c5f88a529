package dev.logdash.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.client.result.DeleteResult;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.rollup.RollupStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A {@link RollupStore} with a document for each cell. */
final class MongoRollupStore implements RollupStore {

  /*
   * A cell that is to be new is inserted, and a key that is there already refuses it. One that is to
   * be replaced is found by key and offset, and a bulk tells only how many were found. Where that
   * are not all, those that carry the mark of this write are ours. Were one of ours replaced again
   * meanwhile it counts as refused, as the partition is then somebody else's.
   */

  private static final String CELLS = "cells";
  private static final int AT_ONCE = 1_000;
  private static final int DUPLICATE_KEY = 11_000;

  private final MongoAccess access;
  private final CellDocuments documents;
  private final Once indexes;

  MongoRollupStore(MongoAccess access, Map<Integer, Duration> retention) {
    this.access = access;
    this.documents = new CellDocuments(retention);
    this.indexes = new Once(access.many(CELLS, cells -> cells.createIndexes(indexes())).then());
  }

  @Override
  public Mono<List<Cell>> load(Collection<CellKey> keys) {
    List<CellKey> wanted = List.copyOf(keys);
    return Flux.fromIterable(wanted)
        .map(CellDocuments::id)
        .buffer(AT_ONCE)
        .concatMap(ids -> access.many(CELLS, cells -> cells.find(in(CellDocuments.ID, ids))))
        .map(CellDocuments::decode)
        .collectList();
  }

  @Override
  public Mono<List<CellKey>> write(List<CellWrite> writes) {
    List<CellWrite> all = List.copyOf(writes);
    return indexes
        .ensured()
        .thenMany(Flux.defer(() -> Flux.fromIterable(rounds(all))))
        .concatMap(this::writeRound)
        .doOnNext(refused -> access.counters().refusedCells.add(refused.size()))
        .flatMapIterable(refused -> refused)
        .collectList();
  }

  @Override
  public Flux<Cell> read(RollupQuery query) {
    Bson range =
        and(
            eq(CellDocuments.TIER, query.tierSeconds()),
            eq(CellDocuments.DEFINITION, CellDocuments.text(query.definition())),
            gte(CellDocuments.WINDOW, query.fromSecond()),
            lt(CellDocuments.WINDOW, query.toSecond()));
    return access
        .many(CELLS, cells -> cells.find(range).batchSize(AT_ONCE))
        .map(CellDocuments::decode);
  }

  @Override
  public Mono<Long> expire(int tierSeconds, long beforeSecond) {
    Bson ended =
        and(
            eq(CellDocuments.TIER, tierSeconds),
            lte(CellDocuments.WINDOW, beforeSecond - tierSeconds));
    return access.one(CELLS, cells -> cells.deleteMany(ended)).map(DeleteResult::getDeletedCount);
  }

  @Override
  public Mono<Void> check() {
    return access.check();
  }

  @Override
  public void close() {}

  /** Parts without a key twice, since the writes of a bulk are judged in no order. */
  private static List<List<CellWrite>> rounds(List<CellWrite> writes) {
    List<List<CellWrite>> rounds = new ArrayList<>();
    List<CellWrite> round = new ArrayList<>();
    Set<CellKey> keys = new HashSet<>();
    for (CellWrite write : writes) {
      if (round.size() == AT_ONCE || keys.contains(write.cell().key())) {
        rounds.add(round);
        round = new ArrayList<>();
        keys.clear();
      }
      round.add(write);
      keys.add(write.cell().key());
    }
    if (!round.isEmpty()) {
      rounds.add(round);
    }
    return rounds;
  }

  private Mono<List<CellKey>> writeRound(List<CellWrite> round) {
    long writer = ThreadLocalRandom.current().nextLong();
    List<WriteModel<BsonDocument>> models = new ArrayList<>();
    List<CellWrite> replacing = new ArrayList<>();
    for (CellWrite write : round) {
      models.add(model(write, writer));
      if (write.expectedOffset() != CellWrite.ABSENT) {
        replacing.add(write);
      }
    }
    BulkWriteOptions options = new BulkWriteOptions().ordered(false);
    return access
        .one(CELLS, cells -> cells.bulkWrite(models, options))
        .map(result -> new Outcome(result.getMatchedCount(), List.of()))
        .onErrorResume(MongoBulkWriteException.class, failure -> outcome(failure, round))
        .flatMap(
            outcome ->
                outcome.replaced() == replacing.size()
                    ? Mono.just(outcome.present())
                    : moved(replacing, writer)
                        .map(
                            moved -> {
                              moved.addAll(outcome.present());
                              return moved;
                            }));
  }

  /**
   * @param replaced how many cells were replaced
   * @param present the keys that were to be new and were there
   */
  private record Outcome(int replaced, List<CellKey> present) {}

  private WriteModel<BsonDocument> model(CellWrite write, long writer) {
    Cell cell = write.cell();
    if (write.expectedOffset() == CellWrite.ABSENT) {
      return new InsertOneModel<>(documents.whole(cell, writer));
    }
    return new UpdateOneModel<>(
        and(
            eq(CellDocuments.ID, CellDocuments.id(cell.key())),
            eq(CellDocuments.OFFSET, write.expectedOffset())),
        new BsonDocument("$set", documents.content(cell, writer)));
  }

  private Mono<Outcome> outcome(MongoBulkWriteException failure, List<CellWrite> round) {
    List<CellKey> present = new ArrayList<>();
    for (BulkWriteError error : failure.getWriteErrors()) {
      if (error.getCode() != DUPLICATE_KEY) {
        return Mono.error(access.failed(failure));
      }
      present.add(round.get(error.getIndex()).cell().key());
    }
    return failure.getWriteConcernError() != null
        ? Mono.error(access.failed(failure))
        : Mono.just(new Outcome(failure.getWriteResult().getMatchedCount(), present));
  }

  /** The keys that this write did not replace. */
  private Mono<List<CellKey>> moved(List<CellWrite> replacing, long writer) {
    Set<CellKey> left = new HashSet<>();
    replacing.forEach(write -> left.add(write.cell().key()));
    List<BsonDocument> ids = left.stream().map(CellDocuments::id).toList();
    Bson ours = and(in(CellDocuments.ID, ids), eq(CellDocuments.WRITER, new BsonInt64(writer)));
    return access
        .many(CELLS, cells -> cells.find(ours).projection(Projections.include(CellDocuments.ID)))
        .map(found -> CellDocuments.key(found.getDocument(CellDocuments.ID)))
        .doOnNext(left::remove)
        .then(Mono.fromSupplier(() -> new ArrayList<>(left)));
  }

  private static List<IndexModel> indexes() {
    return List.of(
        new IndexModel(
            Indexes.ascending(CellDocuments.TIER, CellDocuments.DEFINITION, CellDocuments.WINDOW),
            new IndexOptions().name("range")),
        new IndexModel(
            Indexes.ascending(CellDocuments.EXPIRES),
            new IndexOptions().name("expiry").expireAfter(0L, TimeUnit.SECONDS)));
  }
}
