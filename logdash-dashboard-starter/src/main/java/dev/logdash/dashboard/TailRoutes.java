package dev.logdash.dashboard;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.OrderKey;
import dev.logdash.api.live.LiveEvents;
import dev.logdash.api.live.LiveFeed;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Page;
import dev.logdash.core.auth.ScopedReader;
import dev.logdash.core.memory.PolledLiveFeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Following events as they come. */
final class TailRoutes {

  // Stored events are found within a second; what comes meanwhile is in the live feed already.
  private static final Duration UNTIL_FOUND = Duration.ofMillis(1_200);

  private final ScopedReader reader;
  private final LiveFeed feed;
  private final Queries queries;
  private final Scheduler scheduler;
  private final Function<Exchange, Mono<Principal>> authentication;

  /**
   * @param authentication says anew who sends a request
   */
  TailRoutes(
      ScopedReader reader,
      LiveFeed feed,
      Queries queries,
      Scheduler scheduler,
      Function<Exchange, Mono<Principal>> authentication) {
    this.reader = reader;
    this.feed = feed;
    this.queries = queries;
    this.scheduler = scheduler;
    this.authentication = authentication;
  }

  List<Route> routes() {
    return List.of(
        Route.get("api/v1/tail", Permission.TAIL, List.of("q", "dataset", "after"), this::tail));
  }

  private Mono<Reply> tail(Exchange exchange) {
    Filter filter = queries.filter(exchange);
    String dataset = queries.dataset(exchange);
    OrderKey last = last(exchange);
    return reader
        .tail(exchange.principal(), filter)
        .map(
            scoped -> {
              LogQuery watched = LogQuery.builder().dataset(dataset).filter(scoped).build();
              return new Reply.Stream(
                  exchange.principal().name(),
                  new TailStream(
                      feed.watch(watched, TailStream.MAX_EVENTS),
                      missed(exchange.principal(), watched, last),
                      permitted(exchange),
                      feed instanceof PolledLiveFeed ? PolledLiveFeed.PERIOD : Duration.ZERO,
                      last,
                      scheduler));
            });
  }

  /** A stream goes on as long as its reader is who it was, with the same rights. */
  private Mono<Boolean> permitted(Exchange exchange) {
    Principal before = exchange.principal();
    return Mono.defer(() -> authentication.apply(exchange))
        .map(
            now ->
                now.name().equals(before.name())
                    && now.may(Permission.TAIL)
                    && now.scope(Permission.TAIL).equals(before.scope(Permission.TAIL)))
        .defaultIfEmpty(false);
  }

  // In the order of time: an event that comes late, with a time before the last one shown, is not
  // among them.
  private Mono<LiveEvents> missed(Principal principal, LogQuery watched, @Nullable OrderKey last) {
    if (last == null) {
      return Mono.empty();
    }
    LogQuery behind =
        watched.toBuilder()
            .between(Math.max(0, last.timestampNanos()), Long.MAX_VALUE)
            .order(LogQuery.Order.NEWEST_FIRST)
            .limit(TailStream.MAX_EVENTS)
            .build();
    return Mono.delay(UNTIL_FOUND, scheduler)
        .flatMap(
            waited -> Mono.zip(reader.search(principal, behind), reader.count(principal, behind)))
        .map(found -> newest(found.getT1(), found.getT2(), last));
  }

  private static LiveEvents newest(Page page, long count, OrderKey last) {
    List<LogEvent> events = new ArrayList<>(page.events());
    Collections.reverse(events);
    long beyond = count - events.size();
    events.removeIf(event -> event.orderKey().compareTo(last) <= 0);
    return new LiveEvents(events, page.more() ? beyond : 0, false);
  }

  private static @Nullable OrderKey last(Exchange exchange) {
    String id = exchange.text("after", exchange.header("Last-Event-ID"));
    try {
      return id.isEmpty() ? null : EventWriter.key(id);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("parameter", "the last event is not one that the tail named");
    }
  }
}
