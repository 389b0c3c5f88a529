package dev.logdash.core.sim;

import dev.logdash.api.document.Change;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.api.ingest.RecordBatch;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.rollup.RollupStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Puts one mistake between the processor and what it works with. */
final class Mistakes {

  private final Variant variant;
  private final SimWorld world;
  private final Map<String, Long> lastRead = new HashMap<>();

  Mistakes(Variant variant, SimWorld world) {
    this.variant = variant;
    this.world = world;
  }

  Function<RawRecord, LogEvent> understand(Function<RawRecord, LogEvent> right) {
    if (variant != Variant.INDEX_DAY_FROM_CLOCK) {
      return right;
    }
    return record -> right.apply(record).toBuilder().observedNanos(world.now()).build();
  }

  LogSource source(LogSource right) {
    return new LogSource() {
      @Override
      public Flux<Assignment> assignments() {
        return right.assignments().map(assignment -> watched(assignment));
      }

      @Override
      public Mono<Void> check() {
        return right.check();
      }

      @Override
      public void close() {
        right.close();
      }
    };
  }

  private Assignment watched(Assignment right) {
    return new Assignment() {
      private long handedOut;

      @Override
      public PartitionId id() {
        return right.id();
      }

      @Override
      public Flux<RecordBatch> read(long fromOffset) {
        return right
            .read(fromOffset)
            .doOnNext(batch -> handedOut += batch.records().size())
            .doFinally(signal -> handedOut = 0)
            .concatMap(
                batch -> {
                  if (batch.records().isEmpty()) {
                    return Mono.just(batch);
                  }
                  int last = batch.records().size() - 1;
                  long next = batch.records().get(last).offset() + 1;
                  lastRead.put(Mistakes.key(right.id()), next);
                  return variant == Variant.EARLY_ACKNOWLEDGEMENT
                      ? right.acknowledge(next).thenReturn(batch)
                      : Mono.just(batch);
                },
                1);
      }

      @Override
      public Mono<Long> end() {
        return right.end();
      }

      @Override
      public Mono<Void> acknowledge(long nextOffset) {
        boolean fromSnapshot = handedOut == 0;
        return fromSnapshot && variant == Variant.SNAPSHOT_AHEAD_NOT_ACKNOWLEDGED
            ? Mono.empty()
            : right.acknowledge(nextOffset);
      }
    };
  }

  private static String key(PartitionId partition) {
    return "snapshot/" + partition;
  }

  private Document forgetful(Document document) {
    String body = document.body();
    if (variant == Variant.SEQUENCES_OUTSIDE_SNAPSHOT) {
      body = body.replaceAll("\"producers\":\\{[^}]*}", "\"producers\":{}");
    }
    return new Document(document.key(), document.version(), body);
  }

  private static boolean isAnnouncement(SimStores stores, String key, String body) {
    Document stored = stores.documents.get(key);
    String next = body.replaceAll(".*(\"next\":\\d+).*", "$1,");
    return stored != null && stored.body().contains(next);
  }

  DocumentStore documents(DocumentStore right, SimStores stores) {
    return new DocumentStore() {
      @Override
      public Mono<Document> get(String key) {
        return right.get(key).map(document -> forgetful(document));
      }

      @Override
      public Mono<Long> put(String key, long expectedVersion, String body) {
        if (variant == Variant.CHECKPOINT_DELETED_BEFORE_THE_NEXT_IS_SAFE) {
          stores.documents.remove(key);
          return right.put(key, ABSENT, body);
        }
        if (variant == Variant.CUTS_NOT_ANNOUNCED && isAnnouncement(stores, key, body)) {
          return Mono.just(expectedVersion);
        }
        Long next = lastRead.get(key);
        boolean skip = variant == Variant.OPEN_EVENT_NOT_HELD && next != null;
        return right.put(
            key,
            expectedVersion,
            skip ? body.replaceFirst("\"next\":\\d+", "\"next\":" + next) : body);
      }

      @Override
      public Mono<Boolean> delete(String key, long expectedVersion) {
        return right.delete(key, expectedVersion);
      }

      @Override
      public Flux<Document> list(String prefix, String after, int limit) {
        return right.list(prefix, after, limit);
      }

      @Override
      public Flux<Change> changesSince(long cursor, int limit) {
        return right.changesSince(cursor, limit);
      }

      @Override
      public Mono<Void> check() {
        return right.check();
      }

      @Override
      public void close() {
        right.close();
      }
    };
  }

  RollupStore rollups(RollupStore right, SimStores stores) {
    if (variant != Variant.UNGUARDED_CELL) {
      return right;
    }
    return new RollupStore() {
      @Override
      public Mono<List<Cell>> load(Collection<CellKey> keys) {
        return right.load(keys);
      }

      @Override
      public Mono<List<CellKey>> write(List<CellWrite> writes) {
        return Mono.fromSupplier(
            () -> {
              writes.forEach(write -> stores.cells.put(write.cell().key(), write.cell()));
              return List.of();
            });
      }

      @Override
      public Flux<Cell> read(RollupQuery query) {
        return right.read(query);
      }

      @Override
      public Mono<Long> expire(int tierSeconds, long beforeSecond) {
        return right.expire(tierSeconds, beforeSecond);
      }

      @Override
      public Mono<Void> check() {
        return right.check();
      }

      @Override
      public void close() {
        right.close();
      }
    };
  }
}
