package dev.logdash.api.live;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.LogQuery;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * Shows events to those who watch, as they come. Best effort: memory is bounded, whoever is too
 * slow misses events and is told so. Safe for use by many threads; passes {@code LiveFeedContract}.
 */
public interface LiveFeed extends AutoCloseable {

  /**
   * Offers events to all who watch. Returns at once and never fails, whatever they do; costs next
   * to nothing while nobody watches.
   */
  void publish(List<LogEvent> events);

  /**
   * The matching events that are published from the subscription on. Each one that is asked for
   * comes as soon as there is something to tell, with all that came since: the newest up to a
   * number, and a count of the rest. Nothing outside the scope of the query shows, not even in a
   * count. Completes when the feed closes.
   *
   * @param query its dataset, filter and scope; its time, order, limit and page do not matter
   * @param capacity the most events at a time, and the most that are kept for this watcher; at
   *     least 1, else {@link IllegalArgumentException} is thrown at once
   */
  Flux<LiveEvents> watch(LogQuery query, int capacity);

  /** Completes all who watch. Idempotent. */
  @Override
  void close();
}
