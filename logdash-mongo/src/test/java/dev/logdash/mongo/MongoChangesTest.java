package dev.logdash.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.document.Change;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No reader misses a change, in whatever order writers and readers come. */
@Timeout(120)
class MongoChangesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ScriptedBackend backend = new ScriptedBackend();
  private final TestMongo mongo = TestMongo.emulate(backend);
  private final MongoStorage storage = mongo.storage();
  private final DocumentStore store = storage.documents();

  @AfterEach
  void stop() {
    storage.close();
    mongo.close();
  }

  @Test
  void showsAChangeWhoseNumberWasOvertaken() throws Exception {
    put("first", "1");
    ScriptedBackend.Held numbering = backend.hold(ScriptedBackend.command("update", "t_documents"));
    Future<Long> slow = store.put("slow", DocumentStore.ABSENT, "1").toFuture();
    numbering.awaitReached();
    put("fast", "1");

    Set<String> seen = new HashSet<>();
    long cursor = read(0, seen);
    numbering.release();
    slow.get(20, TimeUnit.SECONDS);
    read(cursor, seen);

    assertThat(seen).containsExactlyInAnyOrder("first", "slow", "fast");
  }

  @Test
  void showsAChangeOfAWriterThatDiedBeforeItHadItsNumber() {
    backend.fail(1, 10_107, ScriptedBackend.command("findAndModify", "t_counters"));

    put("a", "1");

    assertThat(backend.seen()).isEqualTo(1);
    assertThat(store.changesSince(0, 10).collectList().block(PATIENCE))
        .extracting(Change::key)
        .containsExactly("a");
  }

  @Test
  void showsEachChangeToEveryReaderWhileManyWrite() throws Exception {
    int writers = 6;
    int rounds = Boolean.getBoolean("logdash.test.deep") ? 2_000 : 150;
    AtomicInteger writing = new AtomicInteger(writers);
    ExecutorService threads = Executors.newFixedThreadPool(writers + 3);
    try {
      List<Future<?>> written =
          IntStream.range(0, writers)
              .<Future<?>>mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            try {
                              write(new Random(i), rounds);
                            } finally {
                              writing.decrementAndGet();
                            }
                          }))
              .toList();
      List<Future<Map<String, Change>>> readers =
          IntStream.range(0, 3).mapToObj(i -> threads.submit(() -> follow(writing))).toList();
      for (Future<?> one : written) {
        one.get(60, TimeUnit.SECONDS);
      }
      Map<String, String> present =
          store
              .list("", "", 1_000)
              .collect(Collectors.toMap(Document::key, Document::body))
              .block(PATIENCE);

      for (Future<Map<String, Change>> reader : readers) {
        Map<String, Change> last = reader.get(60, TimeUnit.SECONDS);
        assertThat(last.keySet()).containsAll(present.keySet());
        last.forEach(
            (key, change) ->
                assertThat(change.deleted())
                    .as("the last change of " + key)
                    .isEqualTo(!present.containsKey(key)));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Keys of its own are few, so that they change again while they are read. */
  private void write(Random random, int rounds) {
    for (int i = 0; i < rounds; i++) {
      String key = "k" + random.nextInt(40);
      Document stored = store.get(key).block(PATIENCE);
      if (stored == null) {
        store.put(key, DocumentStore.ABSENT, "" + i).block(PATIENCE);
      } else if (random.nextInt(3) == 0) {
        store.delete(key, stored.version()).block(PATIENCE);
      } else {
        store.put(key, stored.version(), "" + i).block(PATIENCE);
      }
    }
  }

  /** The last change of each key that a reader saw who went on from each cursor. */
  private Map<String, Change> follow(AtomicInteger writing) {
    Map<String, Change> last = new HashMap<>();
    long cursor = 0;
    for (boolean more = true; more; ) {
      boolean ended = writing.get() == 0;
      List<Change> changes = store.changesSince(cursor, 25).collectList().block(PATIENCE);
      for (Change change : changes) {
        assertThat(change.cursor()).isGreaterThan(cursor);
        cursor = change.cursor();
        last.put(change.key(), change);
      }
      more = !ended || !changes.isEmpty();
    }
    return last;
  }

  private long read(long cursor, Set<String> seen) {
    long last = cursor;
    for (Change change : store.changesSince(cursor, 10).collectList().block(PATIENCE)) {
      seen.add(change.key());
      last = change.cursor();
    }
    return last;
  }

  private void put(String key, String body) {
    assertThat(store.put(key, DocumentStore.ABSENT, body).block(PATIENCE)).isPositive();
  }
}
