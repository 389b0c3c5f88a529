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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Shows events that other processes store, by asking the store each second: about two seconds late,
 * and only events whose time is at most {@value #LOOK_BACK_SECONDS} s past; one that is dated ahead
 * is shown when its time comes. For several processes that share no feed; what is published here is
 * in the store too, and is passed over.
 *
 * <p>It keeps less than {@link LiveFeed} promises: events come when the store is asked, older ones
 * not at all, and where there were more than are shown it tells a gap in place of their number.
 */
public final class PolledLiveFeed implements LiveFeed {

  /** How often the store is asked, for each who watches. */
  public static final Duration PERIOD = Duration.ofSeconds(1);

  private static final int LOOK_BACK_SECONDS = 60;
  // Clocks differ; what is dated further ahead would hide what happens now until its time comes.
  private static final Duration AHEAD = Duration.ofSeconds(2);

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
    // The ids of what was shown of the time that is looked at, and when each happened.
    private final Map<String, Long> shown = new HashMap<>();

    Watch(LogQuery query, int capacity) {
      this.query = query;
      this.capacity = capacity;
    }

    /** Takes what is there as shown. */
    Mono<Void> begin() {
      return newest(LogQuery.MAX_LIMIT).doOnNext(page -> fresh(page.events())).then();
    }

    Mono<LiveEvents> look() {
      return newest(capacity)
          .flatMap(
              page -> {
                List<LogEvent> news = fresh(page.events());
                // Where all of a full page is new, there may be more behind it.
                boolean gap = page.more() && news.size() == page.events().size();
                Collections.reverse(news);
                return news.isEmpty()
                    ? Mono.<LiveEvents>empty()
                    : Mono.just(new LiveEvents(news, 0, gap));
              })
          // A store that does not answer now is asked again in a second.
          .onErrorResume(error -> Mono.empty());
    }

    private List<LogEvent> fresh(List<LogEvent> events) {
      long from = from();
      shown.values().removeIf(nanos -> nanos < from);
      List<LogEvent> fresh = new ArrayList<>();
      for (LogEvent event : events) {
        if (shown.put(event.id(), event.timestampNanos()) == null) {
          fresh.add(event);
        }
      }
      return fresh;
    }

    private Mono<Page> newest(int limit) {
      return Mono.defer(
          () ->
              search.search(
                  query.toBuilder()
                      .between(Math.max(0, from()), now() + AHEAD.toNanos())
                      .order(LogQuery.Order.NEWEST_FIRST)
                      .after(null)
                      .limit(limit)
                      .build()));
    }
  }

  private long from() {
    return now() - Duration.ofSeconds(LOOK_BACK_SECONDS).toNanos();
  }

  private long now() {
    return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
  }
}
