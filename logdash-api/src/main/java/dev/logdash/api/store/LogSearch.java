package dev.logdash.api.store;

import reactor.core.publisher.Mono;

/**
 * Finds events. A search sees what was appended at least a second ago, and nothing outside the
 * scope of its query. Nothing happens until the returned publisher is subscribed; cancelling it
 * ends the work. Passes {@code LogSearchContract}.
 */
public interface LogSearch {

  /** A page of events in the total order of {@link dev.logdash.api.event.OrderKey}. */
  Mono<Page> search(LogQuery query);

  /** How many events a query has; its order, limit and page do not matter. */
  Mono<Long> count(LogQuery query);

  /**
   * Groups and functions over the events of a query. Exact but for the functions that say
   * otherwise.
   */
  Mono<Table> aggregate(Aggregation aggregation);
}
