package dev.logdash.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.cache.DashboardCache;
import dev.logdash.api.cache.PanelKey;
import dev.logdash.api.error.BackendException;
import dev.logdash.testing.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

/** A Redis in trouble costs time, within bounds, and nothing else. */
@Timeout(120)
class RedisFaultsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final PanelKey KEY = new PanelKey("ada", "count");
  // The limit of a read is 50 ms; the rest is what a busy machine may add.
  private static final Duration SOON = Duration.ofMillis(500);

  @TempDir private Path folder;
  private TestRedis redis;
  private RedisBackend backend;
  private DashboardCache cache;
  private final List<Throwable> dropped = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    Hooks.onErrorDropped(dropped::add);
    redis = TestRedis.startOwn(folder);
    backend = new RedisBackend(redis.uri());
    cache = backend.cache();
    backend.check().block(PATIENCE);
  }

  @AfterEach
  void stop() {
    backend.close();
    redis.close();
    Hooks.resetOnErrorDropped();
    assertThat(dropped).as("failures that Reactor reports as errors of the program").isEmpty();
  }

  @Test
  void missesAndCountsWhereNobodyAnswers() {
    try (RedisBackend nowhere = new RedisBackend("redis://127.0.0.1:" + ServerProcess.freePort())) {
      assertThat(nowhere.cache().get(KEY).block(PATIENCE)).isNull();
      assertThat(nowhere.statistics().failures()).isPositive();
      assertThatThrownBy(() -> nowhere.check().block(PATIENCE))
          .isInstanceOf(BackendException.Unavailable.class);
      assertThatThrownBy(() -> nowhere.cache().invalidate("ada").block(PATIENCE))
          .isInstanceOf(BackendException.Unavailable.class);
    }
  }

  @Test
  void forgetsAConnectionThatFailsWhenNobodyWaitsForItAnyMore() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        RedisBackend late = new RedisBackend("redis://127.0.0.1:" + silent.getLocalPort())) {
      silent.setSoTimeout(100);
      assertThat(late.cache().get(KEY).block(PATIENCE)).isNull();
      silent.accept().close();

      // A second connection is made once the first has failed.
      long end = System.nanoTime() + PATIENCE.toNanos();
      for (boolean again = false; !again; ) {
        assertThat(System.nanoTime()).as("no second connection").isLessThan(end);
        assertThat(late.cache().get(KEY).block(PATIENCE)).isNull();
        again = isAsked(silent);
      }
    }
  }

  private static boolean isAsked(ServerSocket server) throws IOException {
    try {
      server.accept().close();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Test
  void failsNoReaderWhenItIsKilledUnderLoadAndServesWhenItIsBack() throws Exception {
    AtomicBoolean loading = new AtomicBoolean(true);
    List<Long> millis = Collections.synchronizedList(new ArrayList<>());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> readers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      readers.add(threads.submit(() -> load(loading, millis)));
    }
    awaitMore(millis, 500);
    redis.process().kill();
    awaitMore(millis, 500);
    redis.restart();
    awaitMore(millis, 500);
    loading.set(false);
    for (Future<?> reader : readers) {
      reader.get(20, TimeUnit.SECONDS);
    }
    threads.shutdown();

    assertThat(Collections.max(millis)).isLessThan(2 * SOON.toMillis());
    assertThat(backend.statistics().failures()).isPositive();
    awaitServed();
  }

  @Test
  void waitsLittleForARedisThatStandsStill() {
    cache.put(KEY, "1", MINUTE).block(PATIENCE);
    redis.process().pause();
    long start = System.nanoTime();
    long slowest = 0;
    int reads = 0;
    while (System.nanoTime() - start < 2_000_000_000L) {
      long before = System.nanoTime();
      assertThat(cache.get(KEY).block(PATIENCE)).isNull();
      slowest = Math.max(slowest, System.nanoTime() - before);
      reads++;
    }
    redis.process().resume();

    assertThat(Duration.ofNanos(slowest)).isLessThan(SOON);
    // Most were not even asked: at two a second and 50 ms each there would be forty.
    assertThat(reads).isGreaterThan(100);
    RedisStatistics counted = backend.statistics();
    assertThat(counted.timeouts()).isPositive();
    assertThat(counted.skipped()).isGreaterThan(counted.failures());
    assertThat(counted.misses()).isEqualTo(reads);
    awaitServed();
  }

  @Test
  void losesNothingButTimeWhenItIsEmptied() {
    cache.put(KEY, "1", MINUTE).block(PATIENCE);
    cache.invalidate("ada").block(PATIENCE);
    cache.put(KEY, "2", MINUTE).block(PATIENCE);

    redis.command(commands -> commands.flushall());

    assertThat(backend.cache().get(KEY).block(PATIENCE)).isNull();
    awaitServed();
  }

  @Test
  void computesAPanelOnceForSeveralInstances() {
    AtomicInteger computed = new AtomicInteger();
    List<RedisBackend> backends = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RedisBackend one = redis.backend();
      one.check().block(PATIENCE);
      backends.add(one);
    }

    List<String> shown =
        Flux.fromIterable(backends)
            .flatMap(one -> show(one.cache(), computed, Duration.ofMillis(300)), 4)
            .collectList()
            .block(PATIENCE);

    assertThat(shown).containsExactly("panel", "panel", "panel", "panel");
    assertThat(computed).hasValue(1);
    backends.forEach(RedisBackend::close);
  }

  @Test
  void computesItselfWhenTheOtherInstanceDoesNotComeBack() {
    try (RedisBackend dead = redis.backend();
        RedisBackend alive = redis.backend()) {
      assertThat(dead.cache().get(KEY).block(PATIENCE)).isNull();
      long start = System.nanoTime();

      assertThat(alive.cache().get(KEY).block(PATIENCE)).isNull();

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
    }
  }

  @Test
  void saysThatThePasswordIsWrong() {
    String denied = redis.uri().replace("redis://", "redis://:hunter2@");
    redis.command(commands -> commands.configSet("requirepass", "right"));
    try (RedisBackend wrong = new RedisBackend(denied)) {
      assertThatThrownBy(() -> wrong.check().block(PATIENCE))
          .isInstanceOf(BackendException.Misconfigured.class)
          .satisfies(
              failure -> {
                for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                  assertThat(cause.toString()).doesNotContain("hunter2");
                }
              });
    }
  }

  /** As the dashboard does it. */
  private static Mono<String> show(DashboardCache cache, AtomicInteger computed, Duration time) {
    return cache
        .get(KEY)
        .switchIfEmpty(
            Mono.delay(time)
                .flatMap(
                    unused -> {
                      computed.incrementAndGet();
                      return cache.put(KEY, "panel", MINUTE).thenReturn("panel");
                    }));
  }

  private void load(AtomicBoolean loading, List<Long> millis) {
    for (int i = 0; loading.get(); i++) {
      PanelKey key = new PanelKey("ada", "panel " + i % 50);
      long start = System.nanoTime();
      String panel = cache.get(key).block(PATIENCE);
      millis.add((System.nanoTime() - start) / 1_000_000);
      if (panel == null) {
        cache
            .put(key, "x", MINUTE)
            .onErrorResume(BackendException.class, unused -> Mono.empty())
            .block(PATIENCE);
      } else {
        assertThat(panel).isEqualTo("x");
      }
    }
  }

  private void awaitServed() {
    PanelKey key = new PanelKey("ada", "after");
    long end = System.nanoTime() + PATIENCE.toNanos();
    String panel = null;
    while (panel == null && System.nanoTime() < end) {
      cache
          .put(key, "served", MINUTE)
          .onErrorResume(BackendException.class, unused -> Mono.empty())
          .block(PATIENCE);
      panel = cache.get(key).block(PATIENCE);
    }
    assertThat(panel).isEqualTo("served");
  }

  private static void awaitMore(List<Long> list, int more) {
    int enough = list.size() + more;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (list.size() < enough) {
      assertThat(System.nanoTime()).as("no progress").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
