package dev.logdash.core.auth;

import dev.logdash.api.error.AccessDeniedException;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.rollup.RollupStore;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.core.rollup.RollupDefinition;
import dev.logdash.core.rollup.SeriesPoint;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Reads statistics within a scope. */
final class ScopedRollups {

  /** The most events counted one by one for an answer; a second or two of work. */
  static final int MAX_EVENTS = 200_000;

  // What the aggregator puts in every dimension of the series beyond the admitted ones. It mixes
  // services, so no scope can be decided for it.
  private static final String OTHER = "other";

  private static final int PAGE = LogQuery.MAX_LIMIT;
  private static final long NANOS = 1_000_000_000L;

  private final LogSearch search;
  private final RollupStore store;
  private final List<RollupDefinition> definitions;

  ScopedRollups(LogSearch search, RollupStore store, List<RollupDefinition> definitions) {
    this.search = search;
    this.store = store;
    this.definitions = List.copyOf(definitions);
  }

  Mono<List<SeriesPoint>> read(Filter scope, RollupQuery query, String dataset) {
    if (scope.equals(Filter.ALL)) {
      return store.read(query).collectList().map(SeriesPoint::merge);
    }
    RollupDefinition definition = definition(query.definition());
    ServiceScope services = new ServiceScope(scope);
    int service = definition.dimensions().indexOf(EcsFields.SERVICE_NAME);
    return store
        .read(query)
        .collectList()
        .flatMap(
            cells -> {
              List<Cell> visible = new ArrayList<>();
              for (Cell cell : cells) {
                ServiceScope.Verdict verdict = verdict(services, cell, service);
                if (verdict == ServiceScope.Verdict.OPEN) {
                  return count(scope, query, dataset, definition);
                }
                if (verdict == ServiceScope.Verdict.ALL) {
                  visible.add(cell);
                }
              }
              return Mono.just(SeriesPoint.merge(visible));
            });
  }

  private RollupDefinition definition(String name) {
    for (RollupDefinition definition : definitions) {
      if (definition.name().equals(name)) {
        return definition;
      }
    }
    throw new AccessDeniedException("the statistics " + name + " cannot be limited to your scope");
  }

  private static ServiceScope.Verdict verdict(ServiceScope services, Cell cell, int service) {
    List<String> series = cell.key().dimensions();
    boolean mixed = service < 0 || series.stream().allMatch(OTHER::equals);
    return mixed ? ServiceScope.Verdict.OPEN : services.of(series.get(service));
  }

  private Mono<List<SeriesPoint>> count(
      Filter scope, RollupQuery query, String dataset, RollupDefinition definition) {
    int tier = query.tierSeconds();
    LogQuery events =
        LogQuery.builder()
            .dataset(dataset)
            .scope(scope)
            .between(firstNano(query.fromSecond(), tier), firstNano(query.toSecond(), tier))
            .order(LogQuery.Order.OLDEST_FIRST)
            .limit(PAGE)
            .build();
    return search
        .count(events)
        .flatMap(
            count -> {
              if (count > MAX_EVENTS) {
                return Mono.error(
                    new AccessDeniedException(
                        "the statistics cannot be limited to your scope, and its "
                            + count
                            + " events are more than the "
                            + MAX_EVENTS
                            + " that are counted one by one: ask for a shorter time"));
              }
              return fold(events, new SeriesCounts(definition, tier)).map(SeriesCounts::points);
            });
  }

  private Mono<SeriesCounts> fold(LogQuery query, SeriesCounts counts) {
    return search
        .search(query)
        .flatMap(
            page -> {
              page.events().forEach(counts::add);
              if (!page.more()) {
                return Mono.just(counts);
              }
              LogEvent last = page.events().get(page.events().size() - 1);
              return fold(query.toBuilder().after(last.orderKey()).build(), counts);
            });
  }

  /** The start of the first window at or after a second, within the times an event can have. */
  private static long firstNano(long second, int tier) {
    long bounded = Math.max(0, Math.min(second, Long.MAX_VALUE / NANOS - tier));
    return Math.floorDiv(bounded + tier - 1, (long) tier) * tier * NANOS;
  }
}
