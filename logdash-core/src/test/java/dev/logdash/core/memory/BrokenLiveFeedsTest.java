package dev.logdash.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.live.LiveEvents;
import dev.logdash.api.live.LiveFeed;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.tck.ContractRun;
import dev.logdash.tck.LiveFeedContract;
import dev.logdash.tck.LogEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A feed that breaks a promise is noticed by the test of that promise. */
class BrokenLiveFeedsTest {

  @ParameterizedTest
  @EnumSource
  void isNoticed(Broken broken) {
    Subject.current = broken;

    assertThat(ContractRun.of(Subject.class).failed()).contains(broken.noticedBy);
  }

  enum Broken {
    TURNS_THE_ORDER("showsWhatIsPublishedInItsOrder"),
    REPLAYS("showsNothingOfTheTimeBeforeTheSubscription"),
    IGNORES_THE_FILTER("showsOnlyWhatMatchesTheFilter"),
    IGNORES_THE_SCOPE("showsNothingOutsideTheScopeNotEvenInACount"),
    IGNORES_THE_DATASET("showsOnlyTheDatasetThatIsAskedFor"),
    COUNTS_NOTHING("keepsTheNewestForWhoIsSlowAndCountsTheRest"),
    STAYS_OPEN("completesWhoWatchesWhenItCloses"),
    TAKES_ANY_CAPACITY("refusesACapacityThatIsNoneAtOnce");

    final String noticedBy;

    Broken(String noticedBy) {
      this.noticedBy = noticedBy;
    }
  }

  /** The contract, run on the variant that is set. */
  @Tag("broken")
  static class Subject extends LiveFeedContract {

    private static final Scheduler SCHEDULER = Schedulers.newParallel("broken-feed", 3, true);
    private static Broken current = Broken.REPLAYS;

    @Override
    protected Duration patience() {
      return Duration.ofMillis(500);
    }

    @Override
    protected LiveFeed openFeed() {
      return new BrokenFeed(new InMemoryLiveFeed(SCHEDULER), current);
    }
  }

  private record BrokenFeed(LiveFeed feed, Broken broken) implements LiveFeed {

    @Override
    public void publish(List<LogEvent> events) {
      List<LogEvent> offered = new ArrayList<>(events);
      if (broken == Broken.TURNS_THE_ORDER) {
        Collections.reverse(offered);
      }
      feed.publish(offered);
    }

    @Override
    public Flux<LiveEvents> watch(LogQuery query, int capacity) {
      LogQuery.Builder watched = query.toBuilder();
      if (broken == Broken.IGNORES_THE_FILTER) {
        watched.filter(Filter.ALL);
      } else if (broken == Broken.IGNORES_THE_SCOPE) {
        watched.scope(Filter.ALL);
      } else if (broken == Broken.IGNORES_THE_DATASET) {
        watched.dataset("default");
      }
      Flux<LiveEvents> news =
          feed.watch(
              watched.build(),
              broken == Broken.TAKES_ANY_CAPACITY ? Math.max(1, capacity) : capacity);
      switch (broken) {
        case COUNTS_NOTHING:
          return news.map(batch -> new LiveEvents(batch.events(), 0, batch.gap()));
        case REPLAYS:
          return news.startWith(new LiveEvents(LogEvents.burst(1, 1), 0, false));
        default:
          return news;
      }
    }

    @Override
    public void close() {
      if (broken != Broken.STAYS_OPEN) {
        feed.close();
      }
    }
  }
}
