package dev.logdash.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.live.LiveEvents;
import dev.logdash.api.live.LiveFeed;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.tck.LiveFeedContract;
import dev.logdash.tck.LogEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Published at one instance and watched at another. */
@Timeout(120)
class RemoteLiveFeedTest extends LiveFeedContract {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long LOOKS_EVERY_NANOS = 1_000_000;
  private static final LogQuery ERRORS =
      LogQuery.builder().filter(new Filter.Equal("error.type", "java.io.IOException")).build();

  @TempDir private static Path folder;
  private static TestRedis redis;
  private static Instance here;
  private static Instance there;

  @BeforeAll
  static void start() {
    redis = TestRedis.startOwn(folder);
    here = new Instance(redis.backend());
    there = new Instance(redis.backend());
  }

  @AfterAll
  static void stop() {
    here.close();
    there.close();
    redis.close();
  }

  @Override
  protected LiveFeed openFeed() {
    return new Across(here.feed(), there.feed());
  }

  /** Who watches has been heard of before anything is published. */
  private record Across(RedisLiveFeed publishing, RedisLiveFeed watching) implements LiveFeed {

    @Override
    public void publish(List<LogEvent> events) {
      publishing.publish(events);
    }

    @Override
    public Flux<LiveEvents> watch(LogQuery query, int capacity) {
      publishing.publish(List.of());
      Flux<LiveEvents> news = watching.watch(query, capacity);
      return new Flux<>() {
        @Override
        public void subscribe(CoreSubscriber<? super LiveEvents> subscriber) {
          // Others may just be leaving.
          long before = timesWatched(query);
          news.subscribe(subscriber);
          await(() -> timesWatched(query) > before);
        }
      };
    }

    private long timesWatched(LogQuery query) {
      return publishing.watchedElsewhere().stream()
          .filter(watched -> watched.filter().equals(query.filter()))
          .count();
    }

    @Override
    public void close() {
      watching.close();
      publishing.close();
    }
  }

  @Test
  void sendsOnlyWhatIsWatched() throws Exception {
    RedisLiveFeed publishing = here.feed();
    RedisLiveFeed watching = there.feed();
    publishing.publish(List.of());
    BlockingQueue<LiveEvents> news = new LinkedBlockingQueue<>();
    Disposable watch = watching.watch(ERRORS, 100).subscribe(news::add);
    await(() -> !publishing.watchedElsewhere().isEmpty());
    long before = inputBytes();

    List<LogEvent> events = new ArrayList<>(LogEvents.burst(1, 2_000));
    events.add(LogEvents.error(5_000, "wanted"));
    publishing.publish(events);

    assertThat(next(news).events()).containsExactly(LogEvents.error(5_000, "wanted"));
    assertThat(inputBytes() - before).isLessThan(20_000);

    watch.dispose();
    await(() -> publishing.watchedElsewhere().isEmpty());
    publishing.close();
    watching.close();
  }

  @Test
  void showsTheSameEventToAllWhoWatchAnywhereOnce() throws Exception {
    RedisLiveFeed first = here.feed();
    RedisLiveFeed second = there.feed();
    BlockingQueue<LiveEvents> local = new LinkedBlockingQueue<>();
    BlockingQueue<LiveEvents> remote = new LinkedBlockingQueue<>();
    BlockingQueue<LiveEvents> again = new LinkedBlockingQueue<>();
    first.watch(ERRORS, 100).subscribe(local::add);
    second.watch(ERRORS, 100).subscribe(remote::add);
    second.watch(LogQuery.builder().build(), 100).subscribe(again::add);
    await(() -> first.watchedElsewhere().size() == 2);

    first.publish(IntStream.range(0, 5).mapToObj(i -> LogEvents.error(i, "e" + i)).toList());

    for (BlockingQueue<LiveEvents> news : List.of(local, remote, again)) {
      List<LogEvent> seen = new ArrayList<>();
      while (seen.size() < 5) {
        seen.addAll(next(news).events());
      }
      assertThat(seen).extracting(LogEvent::message).containsExactly("e0", "e1", "e2", "e3", "e4");
    }
    first.close();
    second.close();
  }

  @Test
  void survivesAnEmptiedAndARestartedRedisAndTellsOfTheGap() throws Exception {
    RedisLiveFeed publishing = here.feed();
    RedisLiveFeed watching = there.feed();
    publishing.publish(List.of());
    BlockingQueue<LiveEvents> news = new LinkedBlockingQueue<>();
    watching.watch(ERRORS, 100).subscribe(news::add);
    await(() -> !publishing.watchedElsewhere().isEmpty());
    redis.command(commands -> commands.flushall());
    publishing.publish(List.of(LogEvents.error(1, "before")));
    assertThat(next(news).events()).hasSize(1);

    long before = here.backend().statistics().unsent();
    redis.process().kill();
    publishing.publish(List.of(LogEvents.error(2, "lost")));
    await(() -> here.backend().statistics().unsent() > before);
    redis.restart();

    LiveEvents first = null;
    for (int i = 3; first == null; i++) {
      publishing.publish(List.of(LogEvents.error(i, "after")));
      first = news.poll(100, TimeUnit.MILLISECONDS);
    }
    assertThat(first.events()).extracting(LogEvent::message).contains("after");
    assertThat(first.gap()).isTrue();
    publishing.close();
    watching.close();
  }

  @Test
  void readsWhateverComesWithoutHarm() throws Exception {
    RedisLiveFeed publishing = here.feed();
    RedisLiveFeed watching = there.feed();
    publishing.publish(List.of());
    BlockingQueue<LiveEvents> news = new LinkedBlockingQueue<>();
    watching.watch(ERRORS, 100).subscribe(news::add);
    // Both listen, and no feed of another test does any more.
    await(() -> channels().size() == 3);

    long before = there.backend().statistics().unreadable();
    for (String channel : channels()) {
      for (String message : List.of("", "\1", "\1\0\0\0\1x", "{\"a\":1}", "\1\177\177\177\177")) {
        redis.command(commands -> commands.publish(channel, message));
      }
    }

    await(() -> there.backend().statistics().unreadable() >= before + 10);
    await(() -> !publishing.watchedElsewhere().isEmpty());
    publishing.publish(List.of(LogEvents.error(1, "still here")));
    assertThat(next(news).events()).hasSize(1);
    publishing.close();
    watching.close();
  }

  @Test
  void saysLastWhatHoldsHoweverManyComeAndGoAtOnce() throws Exception {
    RedisLiveFeed publishing = here.feed();
    RedisLiveFeed watching = there.feed();
    publishing.publish(List.of());
    watching.watch(ERRORS, 10).subscribe().dispose();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 100; round++) {
        List<Callable<Void>> visits =
            Collections.nCopies(
                8,
                () -> {
                  watching.watch(ERRORS, 10).subscribe().dispose();
                  return null;
                });
        threads.invokeAll(visits);
      }
    } finally {
      threads.shutdownNow();
    }

    // Long before who is silent is forgotten.
    long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    while (!publishing.watchedElsewhere().isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOKS_EVERY_NANOS);
    }
    assertThat(publishing.watchedElsewhere()).isEmpty();
    publishing.close();
    watching.close();
  }

  private static List<String> channels() {
    return redis.command(commands -> commands.pubsubChannels());
  }

  private static LiveEvents next(BlockingQueue<LiveEvents> news) throws InterruptedException {
    LiveEvents next = news.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(next).as("nothing came").isNotNull();
    return next;
  }

  private static long inputBytes() {
    String info = redis.command(commands -> commands.info("stats"));
    String name = "total_net_input_bytes:";
    int from = info.indexOf(name) + name.length();
    return Long.parseLong(info.substring(from, info.indexOf('\r', from)));
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it does not come about").isLessThan(end);
      LockSupport.parkNanos(LOOKS_EVERY_NANOS);
    }
  }
}
