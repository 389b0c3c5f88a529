package dev.logdash.core.memory;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.live.LiveEvents;
import dev.logdash.api.live.LiveFeed;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Shows events that other processes store, by asking the store each second: about two seconds late,
 * and only events whose time is at most {@value #LOOK_BACK_SECONDS} s past. For several processes
 * that share no feed; what is published here is in the store too, and is passed over.
 *
 * <p>It keeps less than {@link LiveFeed} promises: events come when the store is asked, older ones
 * not at all, and where there were more than are shown it tells a gap in place of their number.
 */
public final class PolledLiveFeed implements LiveFeed {

  /** How often the store is asked, for each who watches. */
  public static final Duration PERIOD = Duration.ofSeconds(1);

  private static final int LOOK_BACK_SECONDS = 60;

  private final LogSearch search;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Sinks.Empty<Void> closed = Sinks.empty();

  /**
   * @param scheduler keeps the time; stays the caller's to dispose
   */
  public PolledLiveFeed(LogSearch search, Scheduler scheduler, Clock clock) {
    this.search = Objects.requireNonNull(search, "search");
    this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public void publish(List<LogEvent> events) {}

  @Override
  public Flux<LiveEvents> watch(LogQuery query, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity is not positive: " + capacity);
    }
    return Flux.defer(
        () -> {
          Watch watch = new Watch(query, Math.min(capacity, LogQuery.MAX_LIMIT));
          return watch
              .begin()
              .thenMany(
                  Flux.interval(PERIOD, scheduler)
                      .onBackpressureDrop()
                      .concatMap(tick -> watch.look(), 1))
              .takeUntilOther(closed.asMono());
        });
  }

  @Override
  public void close() {
    closed.tryEmitEmpty();
  }

  /** One who watches, and what was shown of the time that is looked at. */
  private final class Watch {

    private final LogQuery query;
    private final int capacity;
    private Set<String> shown = Set.of();

    Watch(LogQuery query, int capacity) {
      this.query = query;
      this.capacity = capacity;
    }

    /** Takes what is there as shown. */
    Mono<Void> begin() {
      return newest(LogQuery.MAX_LIMIT).doOnNext(page -> shown = ids(page)).then();
    }

    Mono<LiveEvents> look() {
      return newest(capacity)
          .flatMap(
              page -> {
                List<LogEvent> news = new ArrayList<>();
                for (LogEvent event : page.events()) {
                  if (!shown.contains(event.id())) {
                    news.add(event);
                  }
                }
                // Where all of a full page is new, there may be more behind it.
                boolean gap = page.more() && news.size() == page.events().size();
                remember(page);
                Collections.reverse(news);
                return news.isEmpty()
                    ? Mono.<LiveEvents>empty()
                    : Mono.just(new LiveEvents(news, 0, gap));
              })
          // A store that does not answer now is asked again in a second.
          .onErrorResume(error -> Mono.empty());
    }

    private void remember(Page page) {
      Set<String> now = ids(page);
      if (page.more() || now.size() >= shown.size()) {
        Set<String> both = new HashSet<>(shown);
        both.addAll(now);
        shown = both.size() > 4 * LogQuery.MAX_LIMIT ? now : both;
      } else {
        shown = now;
      }
    }

    private Mono<Page> newest(int limit) {
      return Mono.defer(
          () -> {
            long now = ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
            long from = now - Duration.ofSeconds(LOOK_BACK_SECONDS).toNanos();
            return search.search(
                query.toBuilder()
                    .between(Math.max(0, from), Long.MAX_VALUE)
                    .order(LogQuery.Order.NEWEST_FIRST)
                    .after(null)
                    .limit(limit)
                    .build());
          });
    }

    private static Set<String> ids(Page page) {
      Set<String> ids = new HashSet<>();
      page.events().forEach(event -> ids.add(event.id()));
      return ids;
    }
  }
}
