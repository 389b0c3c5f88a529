package dev.logdash.dashboard;

import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Page;
import dev.logdash.api.store.Table;
import reactor.core.publisher.Mono;

/**
 * The searches of a user, each in its turn. Whoever waits for an answer that somebody else has
 * asked for takes no turn.
 */
final class SlottedSearch implements LogSearch {

  private final SearchSlots slots;
  private final String user;
  private final LogSearch search;

  SlottedSearch(SearchSlots slots, String user, LogSearch search) {
    this.slots = slots;
    this.user = user;
    this.search = search;
  }

  @Override
  public Mono<Page> search(LogQuery query) {
    return slots.run(user, search.search(query));
  }

  @Override
  public Mono<Long> count(LogQuery query) {
    return slots.run(user, search.count(query));
  }

  @Override
  public Mono<Table> aggregate(Aggregation aggregation) {
    return slots.run(user, search.aggregate(aggregation));
  }
}
