package dev.logdash.elasticsearch;

import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Table;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Computes a table. The server counts and measures where it is exact: by fields that have a column,
 * by spans of whole milliseconds, and whole numbers whose sum a double has. All else is computed
 * from the events.
 */
final class TableFinder {

  private final Finder finder;
  private final int groupsOfAPart;

  TableFinder(Finder finder, int groupsOfAPart) {
    this.finder = finder;
    this.groupsOfAPart = groupsOfAPart;
  }

  Mono<Table> table(Aggregation aggregation) {
    StoreQuery asked = StoreQuery.of(aggregation.query());
    TablePlan plan = asked.exact() ? TablePlan.of(aggregation) : null;
    Mono<TableRows> read = Mono.defer(() -> read(aggregation, asked, new TableRows(aggregation)));
    if (plan == null) {
      return read.map(TableRows::table);
    }
    return Mono.defer(() -> ask(aggregation, asked, plan, false))
        .switchIfEmpty(Mono.defer(() -> ask(aggregation, asked, plan, true)))
        .switchIfEmpty(read)
        .map(TableRows::table);
  }

  private Mono<TableRows> read(Aggregation aggregation, StoreQuery asked, TableRows rows) {
    return finder.events(aggregation.query(), asked).doOnNext(rows::add).then(Mono.just(rows));
  }

  /** The answer of the server, together with the events that miss a column; empty if not exact. */
  private Mono<TableRows> ask(
      Aggregation aggregation, StoreQuery asked, TablePlan plan, boolean small) {
    TableRows rows = new TableRows(aggregation);
    Map<String, Object> rest = plan.withoutColumn();
    Mono<TableRows> start =
        rest == null ? Mono.just(rows) : read(aggregation, asked.and(rest), rows);
    StoreQuery inColumns = rest == null ? asked : asked.without(rest);
    return start
        .thenMany(Flux.fromIterable(plan.passes(small)))
        .concatMap(pass -> run(pass, aggregation, inColumns, rows), 0)
        .all(exact -> exact)
        .filter(exact -> exact)
        .map(exact -> rows);
  }

  /** Answers for each part whether it is exact. */
  private Flux<Boolean> run(
      TablePass pass, Aggregation aggregation, StoreQuery asked, TableRows rows) {
    LogQuery query = aggregation.query();
    if (pass.sources().isEmpty()) {
      return finder
          .count(query, asked)
          .doOnNext(count -> rows.add(List.of(), count))
          .thenReturn(true)
          .flux();
    }
    return finder
        .parts(query, before -> pass.next(asked, groupsOfAPart, before))
        .map(answer -> pass.fold(answer, aggregation, rows));
  }
}
