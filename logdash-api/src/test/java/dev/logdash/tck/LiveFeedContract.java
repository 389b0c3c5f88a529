package dev.logdash.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.live.LiveEvents;
import dev.logdash.api.live.LiveFeed;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;

/** What every {@link LiveFeed} promises. */
public abstract class LiveFeedContract {

  private static final LogQuery ALL = LogQuery.builder().build();

  private LiveFeed feed;

  /** A feed that nobody watches. */
  protected abstract LiveFeed openFeed();

  /** How long to wait for what must come; a broken variant need not wait long. */
  protected Duration patience() {
    return Duration.ofSeconds(10);
  }

  @BeforeEach
  final void open() {
    feed = openFeed();
  }

  @AfterEach
  final void close() {
    feed.close();
  }

  @Test
  void showsWhatIsPublishedInItsOrder() throws Exception {
    Watcher watcher = watch(ALL, 10);
    watcher.request(1);

    feed.publish(LogEvents.burst(1, 3));

    LiveEvents news = watcher.next();
    assertThat(news.events()).isEqualTo(LogEvents.burst(1, 3));
    assertThat(news.skipped()).isZero();
    assertThat(news.gap()).isFalse();
  }

  @Test
  void showsNothingOfTheTimeBeforeTheSubscription() throws Exception {
    feed.publish(LogEvents.burst(1, 3));
    Watcher watcher = watch(ALL, 10);
    watcher.request(1);
    feed.publish(LogEvents.burst(4, 1));

    assertThat(watcher.next().events()).isEqualTo(LogEvents.burst(4, 1));
  }

  @Test
  void showsOnlyWhatMatchesTheFilter() throws Exception {
    LogEvent wanted = LogEvents.error(2, "wanted");
    Watcher watcher =
        watch(
            LogQuery.builder()
                .filter(new Filter.Equal("error.type", "java.io.IOException"))
                .build(),
            10);
    watcher.request(1);

    feed.publish(List.of(LogEvents.event(1).build(), wanted, LogEvents.event(3).build()));

    assertThat(watcher.next().events()).containsExactly(wanted);
  }

  @Test
  void showsNothingOutsideTheScopeNotEvenInACount() throws Exception {
    Watcher watcher =
        watch(LogQuery.builder().scope(new Filter.Equal("service.name", "payment")).build(), 1);
    LogEvent first = LogEvents.event(101).service("payment").build();
    LogEvent last = LogEvents.event(102).service("payment").build();

    feed.publish(LogEvents.burst(1, 50));
    feed.publish(List.of(first, last));
    settle();
    watcher.request(1);

    LiveEvents news = watcher.next();
    assertThat(news.events()).containsExactly(last);
    assertThat(news.skipped()).isEqualTo(1);
  }

  @Test
  void showsOnlyTheDatasetThatIsAskedFor() throws Exception {
    LogEvent audit = LogEvents.event(2).dataset("audit").build();
    Watcher watcher = watch(LogQuery.builder().dataset("audit").build(), 10);
    watcher.request(1);

    feed.publish(List.of(LogEvents.event(1).build(), audit));

    assertThat(watcher.next().events()).containsExactly(audit);
  }

  @Test
  void keepsTheNewestForWhoIsSlowAndCountsTheRest() throws Exception {
    Watcher watcher = watch(ALL, 4);

    feed.publish(LogEvents.burst(1, 10));
    settle();
    watcher.request(1);

    LiveEvents news = watcher.next();
    assertThat(news.events()).isEqualTo(LogEvents.burst(7, 4));
    assertThat(news.skipped()).isEqualTo(6);
  }

  @Test
  void countsEachSkippedEventOnce() throws Exception {
    Watcher watcher = watch(ALL, 4);
    feed.publish(LogEvents.burst(1, 10));
    settle();
    watcher.request(1);
    watcher.next();

    watcher.request(1);
    feed.publish(LogEvents.burst(11, 2));

    LiveEvents news = watcher.next();
    assertThat(news.events()).isEqualTo(LogEvents.burst(11, 2));
    assertThat(news.skipped()).isZero();
  }

  @Test
  void givesNoMoreThanIsAskedFor() throws Exception {
    Watcher watcher = watch(ALL, 10);
    watcher.request(1);
    feed.publish(LogEvents.burst(1, 1));
    watcher.next();

    feed.publish(LogEvents.burst(2, 1));
    settle();

    assertThat(watcher.received).isEmpty();
    watcher.request(1);
    assertThat(watcher.next().events()).isEqualTo(LogEvents.burst(2, 1));
  }

  @Test
  void goesOnForOthersWhenOneFails() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    Watcher failing =
        new Watcher() {
          @Override
          protected void hookOnNext(LiveEvents news) {
            failed.countDown();
            throw new IllegalStateException("a watcher that fails");
          }
        };
    feed.watch(ALL, 10).subscribe(failing);
    failing.request(1);
    Watcher watcher = watch(ALL, 10);
    watcher.request(1);

    feed.publish(LogEvents.burst(1, 1));
    assertThat(failed.await(patience().toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    assertThat(watcher.next().events()).hasSize(1);
    watcher.request(1);
    feed.publish(LogEvents.burst(2, 1));

    assertThat(watcher.next().events()).isEqualTo(LogEvents.burst(2, 1));
  }

  @Test
  void publishesWithoutWaitingForWhoHolds() throws Exception {
    CountDownLatch holds = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Watcher holding =
        new Watcher() {
          @Override
          protected void hookOnNext(LiveEvents news) {
            holds.countDown();
            try {
              // Bounded, since a broken feed may call from the thread of the test.
              boolean released = release.await(2 * patience().toMillis(), TimeUnit.MILLISECONDS);
              assertThat(released).isTrue();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    feed.watch(ALL, 10).subscribe(holding);
    holding.request(2);
    feed.publish(LogEvents.burst(1, 1));
    assertThat(holds.await(patience().toMillis(), TimeUnit.MILLISECONDS)).isTrue();

    // Were it to wait, it would never come back from here.
    Thread publisher = new Thread(() -> feed.publish(LogEvents.burst(2, 1)));
    publisher.setDaemon(true);
    publisher.start();
    publisher.join(patience().toMillis());

    assertThat(publisher.isAlive()).isFalse();
    release.countDown();
  }

  @Test
  void showsNothingAfterCancelling() throws Exception {
    Watcher cancelled = watch(ALL, 10);
    Watcher watcher = watch(ALL, 10);
    cancelled.request(5);
    watcher.request(1);
    cancelled.cancel();

    feed.publish(LogEvents.burst(1, 1));
    watcher.next();
    settle();

    assertThat(cancelled.received).isEmpty();
  }

  @Test
  void completesWhoWatchesWhenItCloses() throws Exception {
    Watcher watcher = watch(ALL, 10);

    feed.close();

    assertThat(watcher.ended.await(patience().toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    assertThat(watcher.signal).isEqualTo(SignalType.ON_COMPLETE);
  }

  @Test
  void refusesACapacityThatIsNoneAtOnce() {
    assertThatThrownBy(() -> feed.watch(ALL, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Waits until all that was published has reached those who watch. */
  private void settle() throws Exception {
    Watcher probe =
        watch(LogQuery.builder().filter(new Filter.Equal("service.name", "probe")).build(), 1);
    probe.request(1);
    feed.publish(List.of(LogEvents.event(1_000_000).service("probe").dataset("default").build()));
    probe.next();
    probe.cancel();
  }

  private Watcher watch(LogQuery query, int capacity) {
    Watcher watcher = new Watcher();
    feed.watch(excludingProbes(query), capacity).subscribe(watcher);
    return watcher;
  }

  private static LogQuery excludingProbes(LogQuery query) {
    if (query.filter().equals(new Filter.Equal("service.name", "probe"))) {
      return query;
    }
    List<Filter> filters = new ArrayList<>();
    filters.add(query.filter());
    filters.add(new Filter.Not(new Filter.Equal("service.name", "probe")));
    return query.toBuilder().filter(new Filter.And(filters)).build();
  }

  private class Watcher extends BaseSubscriber<LiveEvents> {
    final BlockingQueue<LiveEvents> received = new LinkedBlockingQueue<>();
    final CountDownLatch ended = new CountDownLatch(1);
    volatile SignalType signal;

    @Override
    protected void hookOnSubscribe(Subscription subscription) {}

    @Override
    protected void hookOnNext(LiveEvents news) {
      received.add(news);
    }

    @Override
    protected void hookOnError(Throwable error) {}

    @Override
    protected void hookFinally(SignalType type) {
      signal = type;
      ended.countDown();
    }

    LiveEvents next() throws InterruptedException {
      LiveEvents news = received.poll(patience().toMillis(), TimeUnit.MILLISECONDS);
      assertThat(news).as("nothing came").isNotNull();
      return news;
    }
  }
}
