package dev.logdash.core.auth;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.error.AccessDeniedException;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.rollup.RollupStore;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Page;
import dev.logdash.api.store.Table;
import dev.logdash.core.query.QueryPrinter;
import dev.logdash.core.rollup.RollupDefinition;
import dev.logdash.core.rollup.SeriesPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * The one gate that every read of a person goes through. It adds the scope of whoever asks beside
 * the filter that they wrote, where nothing they write can reach it, and refuses what they have no
 * permission for with an {@link AccessDeniedException} through the publisher.
 */
public final class ScopedReader {

  private static final int CONTEXT_PAGE = 200;

  // A source whose name differs from another in case alone is told apart here, not by the store.
  private static final int MAX_CONTEXT_PAGES = 20;

  private final LogSearch search;
  private final ScopedRollups rollups;

  /**
   * @param definitions what the cells of {@code rollups} mean
   */
  public ScopedReader(LogSearch search, RollupStore rollups, List<RollupDefinition> definitions) {
    this.search = search;
    this.rollups = new ScopedRollups(search, rollups, definitions);
  }

  /**
   * An event with what its source logged around it, in the total order.
   *
   * @param index the place of the event among them
   */
  public record Context(List<LogEvent> events, int index) {
    public Context {
      events = List.copyOf(events);
    }
  }

  /** A page of the events that a principal may {@link Permission#SEARCH}. */
  public Mono<Page> search(Principal principal, LogQuery query) {
    return scoped(principal, query).flatMap(search::search);
  }

  /** How many events there are, of those alone. */
  public Mono<Long> count(Principal principal, LogQuery query) {
    return scoped(principal, query).flatMap(search::count);
  }

  /** Groups and functions, over those alone. */
  public Mono<Table> aggregate(Principal principal, Aggregation aggregation) {
    return scoped(principal, aggregation.query())
        .map(
            query ->
                new Aggregation(
                    query, aggregation.groups(), aggregation.functions(), aggregation.maxRows()))
        .flatMap(search::aggregate);
  }

  /**
   * The event of an id; empty if there is none, or none that the principal may see.
   *
   * @param span the dataset and the time in which to look; its filter and page do not matter
   */
  public Mono<LogEvent> event(Principal principal, String id, LogQuery span) {
    LogQuery query =
        span.toBuilder()
            .filter(new Filter.Equal(EcsFields.EVENT_ID, id))
            .after(null)
            .limit(1)
            .build();
    return search(principal, query).flatMap(page -> Mono.justOrEmpty(first(page)));
  }

  /**
   * An event with its neighbours of the same source, as far as the principal may see them; empty if
   * there is no such event, or none that the principal may see.
   *
   * @param span the dataset and the time in which to look; its filter and page do not matter
   * @param before how many at most in front of it
   * @param after how many at most behind it
   */
  public Mono<Context> context(
      Principal principal, String id, LogQuery span, int before, int after) {
    return event(principal, id, span)
        .flatMap(
            event ->
                Mono.zip(
                    neighbours(principal, event, span, LogQuery.Order.NEWEST_FIRST, before),
                    neighbours(principal, event, span, LogQuery.Order.OLDEST_FIRST, after),
                    (earlier, later) -> around(event, earlier, later)));
  }

  /** What a live tail may show: the events of a filter, within the scope. */
  public Mono<Filter> tail(Principal principal, Filter filter) {
    return Mono.fromCallable(() -> beside(scope(principal, Permission.TAIL), filter));
  }

  /**
   * The statistics of a definition. A scope that the service alone decides is applied to the cells;
   * for any other, the events within the scope are counted one by one. Where those are more than
   * {@value ScopedRollups#MAX_EVENTS}, it is refused with the reason.
   *
   * @param dataset the events of which are counted where they have to be
   */
  public Mono<List<SeriesPoint>> rollups(Principal principal, RollupQuery query, String dataset) {
    return Mono.fromCallable(() -> scope(principal, Permission.OVERVIEW))
        .flatMap(scope -> rollups.read(scope, query, dataset));
  }

  /**
   * What the key of a cached answer must contain: equal for principals who see the same, different
   * for those who do not.
   */
  public String cacheKey(Principal principal, Permission permission) {
    return Secrets.sha256(QueryPrinter.print(scope(principal, permission)));
  }

  private Mono<LogQuery> scoped(Principal principal, LogQuery query) {
    return Mono.fromCallable(
        () ->
            query.toBuilder()
                .scope(beside(scope(principal, Permission.SEARCH), query.scope()))
                .build());
  }

  private static Filter scope(Principal principal, Permission permission) {
    if (!principal.may(permission)) {
      throw new AccessDeniedException("this needs the permission " + permission);
    }
    return principal.scope(permission);
  }

  private static Filter beside(Filter scope, Filter other) {
    if (scope.equals(Filter.ALL)) {
      return other;
    }
    return other.equals(Filter.ALL) ? scope : new Filter.And(List.of(scope, other));
  }

  private Mono<List<LogEvent>> neighbours(
      Principal principal, LogEvent event, LogQuery span, LogQuery.Order order, int count) {
    if (count < 1) {
      return Mono.just(List.of());
    }
    Filter source =
        event.source().isEmpty()
            ? new Filter.Not(new Filter.Exists(EcsFields.LOG_SOURCE))
            : new Filter.Equal(EcsFields.LOG_SOURCE, event.source());
    LogQuery query =
        span.toBuilder()
            .filter(source)
            .order(order)
            .after(event.orderKey())
            .limit(Math.min(Math.max(count, CONTEXT_PAGE), LogQuery.MAX_LIMIT))
            .build();
    return collect(principal, query, event.source(), count, MAX_CONTEXT_PAGES, new ArrayList<>());
  }

  private Mono<List<LogEvent>> collect(
      Principal principal,
      LogQuery query,
      String source,
      int count,
      int pages,
      List<LogEvent> found) {
    return search(principal, query)
        .flatMap(
            page -> {
              for (LogEvent event : page.events()) {
                if (found.size() < count && event.source().equals(source)) {
                  found.add(event);
                }
              }
              if (found.size() == count || !page.more() || pages == 1) {
                return Mono.just(found);
              }
              LogEvent last = page.events().get(page.events().size() - 1);
              LogQuery next = query.toBuilder().after(last.orderKey()).build();
              return collect(principal, next, source, count, pages - 1, found);
            });
  }

  private static Context around(LogEvent event, List<LogEvent> earlier, List<LogEvent> later) {
    List<LogEvent> events = new ArrayList<>(earlier);
    Collections.reverse(events);
    int index = events.size();
    events.add(event);
    events.addAll(later);
    return new Context(events, index);
  }

  private static Optional<LogEvent> first(Page page) {
    return page.events().stream().findFirst();
  }
}
