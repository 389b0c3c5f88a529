package dev.logdash.core.sim;

import dev.logdash.api.document.Change;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.rollup.RollupStore;
import dev.logdash.api.store.LogStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The stores behind the road, as servers that outlive processes: slow, refusing, applying what they
 * then do not answer, away for a while, each by itself, and losing what was not flushed.
 */
final class SimStores {

  private static final long SECOND = 1_000_000_000L;

  private final SimWorld world;
  private final SimServer searchServer;
  private final SimServer database;
  private final SimServer letterServer;
  private final SimSearch search;
  final Map<CellKey, Cell> cells = new HashMap<>();
  final Map<String, Document> documents = new TreeMap<>();
  final List<Submission> letters = new ArrayList<>();
  private final Map<String, Long> letterPositions = new HashMap<>();
  private long version;

  SimStores(SimWorld world) {
    this.world = world;
    this.searchServer = new SimServer(world);
    this.database = new SimServer(world);
    this.letterServer = new SimServer(world);
    this.search = new SimSearch(world, searchServer);
  }

  /** The stored events by day of reception and id. */
  Map<String, LogEvent> events() {
    return search.events();
  }

  /** The search store restarts and has lost what was not flushed. */
  void crashLogStore() {
    search.crash();
  }

  /** The search store takes only some events of a batch for a while. */
  void overloadSearch() {
    search.overload(world.random().nextLong(15 * SECOND), 3 + world.random().nextInt(7));
  }

  void cutOffDatabase(long nanos) {
    database.restart(nanos);
  }

  /** One of the servers is away for a while; the others are there. */
  void restartOne() {
    List.of(searchServer, database, letterServer)
        .get(world.random().nextInt(3))
        .restart(world.random().nextLong(15 * SECOND));
  }

  long letterPosition(String key) {
    return letterPositions.getOrDefault(key, -1L);
  }

  LogStore logStore(SimProcess process) {
    return search.open(process);
  }

  RollupStore rollupStore(SimProcess process) {
    return new RollupStore() {
      @Override
      public Mono<List<Cell>> load(Collection<CellKey> keys) {
        return database.call(
            process,
            () -> {
              List<Cell> found = new ArrayList<>();
              for (CellKey key : keys) {
                Cell cell = cells.get(key);
                if (cell != null) {
                  found.add(cell);
                }
              }
              return found;
            });
      }

      @Override
      public Mono<List<CellKey>> write(List<CellWrite> writes) {
        return database.call(process, () -> writeNow(writes));
      }

      @Override
      public Flux<Cell> read(RollupQuery query) {
        return Flux.empty();
      }

      @Override
      public Mono<Long> expire(int tierSeconds, long beforeSecond) {
        return Mono.just(0L);
      }

      @Override
      public Mono<Void> check() {
        return Mono.empty();
      }

      @Override
      public void close() {}
    };
  }

  private List<CellKey> writeNow(List<CellWrite> writes) {
    List<CellKey> refused = new ArrayList<>();
    for (CellWrite write : writes) {
      if (world.once(200)) {
        throw new BackendException.Unavailable("simulated: some cells are written", null);
      }
      Cell stored = cells.get(write.cell().key());
      long offset = stored == null ? CellWrite.ABSENT : stored.offset();
      if (offset == write.expectedOffset()) {
        cells.put(write.cell().key(), write.cell());
      } else {
        refused.add(write.cell().key());
      }
    }
    return refused;
  }

  DocumentStore documents(SimProcess process) {
    return new DocumentStore() {
      @Override
      public Mono<Document> get(String key) {
        return database
            .call(process, () -> Optional.ofNullable(documents.get(key)))
            .flatMap(Mono::justOrEmpty);
      }

      @Override
      public Mono<Long> put(String key, long expectedVersion, String body) {
        return database
            .call(process, () -> putNow(key, expectedVersion, body))
            .filter(written -> written > 0);
      }

      @Override
      public Mono<Boolean> delete(String key, long expectedVersion) {
        return Mono.just(false);
      }

      @Override
      public Flux<Document> list(String prefix, String after, int limit) {
        return Flux.empty();
      }

      @Override
      public Flux<Change> changesSince(long cursor, int limit) {
        return Flux.empty();
      }

      @Override
      public Mono<Void> check() {
        return Mono.empty();
      }

      @Override
      public void close() {}
    };
  }

  private Long putNow(String key, long expectedVersion, String body) {
    @Nullable Document stored = documents.get(key);
    if ((stored == null ? 0 : stored.version()) != expectedVersion) {
      return -1L;
    }
    documents.put(key, new Document(key, ++version, body));
    return version;
  }

  /** Takes dead letters, each whole and with its position. */
  LogSink letters(SimProcess process) {
    return new LogSink() {
      @Override
      public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
        return letterServer.call(
            process,
            () -> {
              for (Submission letter : batch) {
                letters.add(letter);
                if (letter.position() != null) {
                  letterPositions.merge(
                      letter.position().key(), letter.position().end(), Math::max);
                }
              }
              return new SinkAck(atLeast, batch.size(), List.of());
            });
      }

      @Override
      public Mono<Void> check() {
        return Mono.empty();
      }

      @Override
      public void close() {}
    };
  }
}
