package dev.logdash.dashboard;

import dev.logdash.api.auth.Principal;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Page;
import dev.logdash.api.store.Table;
import dev.logdash.core.auth.ScopedReader;
import reactor.core.publisher.Mono;

/** The search as one principal sees it. */
record PrincipalSearch(ScopedReader reader, Principal principal) implements LogSearch {

  @Override
  public Mono<Page> search(LogQuery query) {
    return reader.search(principal, query);
  }

  @Override
  public Mono<Long> count(LogQuery query) {
    return reader.count(principal, query);
  }

  @Override
  public Mono<Table> aggregate(Aggregation aggregation) {
    return reader.aggregate(principal, aggregation);
  }
}
