package dev.logdash.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.live.LiveEvents;
import dev.logdash.api.live.LiveFeed;
import dev.logdash.api.store.LogQuery;
import dev.logdash.tck.LiveFeedContract;
import dev.logdash.tck.LogEvents;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class InMemoryLiveFeedTest extends LiveFeedContract {

  private static final Scheduler SCHEDULER = Schedulers.newParallel("live-feed-test", 3, true);

  @AfterAll
  static void stop() {
    SCHEDULER.dispose();
  }

  @Override
  protected LiveFeed openFeed() {
    return new InMemoryLiveFeed(SCHEDULER);
  }

  @Test
  void tellsOfAGapWhereMatchingDoesNotKeepUp() {
    List<LiveEvents> news = new ArrayList<>();
    HoldingScheduler holding = new HoldingScheduler();
    InMemoryLiveFeed held = new InMemoryLiveFeed(holding);
    held.watch(LogQuery.builder().build(), 100).subscribe(news::add);
    for (int i = 0; i < 10; i++) {
      held.publish(LogEvents.burst(10L * i, 10));
    }
    holding.release();

    assertThat(news.stream().anyMatch(LiveEvents::gap)).isTrue();
    long shown = news.stream().mapToLong(batch -> batch.events().size()).sum();
    assertThat(shown).isEqualTo(40);
  }

  /** Runs nothing until it is released. */
  private static final class HoldingScheduler implements Scheduler {
    private final List<Runnable> tasks = new ArrayList<>();

    void release() {
      while (!tasks.isEmpty()) {
        tasks.remove(0).run();
      }
    }

    @Override
    public Disposable schedule(Runnable task) {
      tasks.add(task);
      return () -> tasks.remove(task);
    }

    @Override
    public Worker createWorker() {
      return new Worker() {
        @Override
        public Disposable schedule(Runnable task) {
          return HoldingScheduler.this.schedule(task);
        }

        @Override
        public void dispose() {}
      };
    }
  }
}
