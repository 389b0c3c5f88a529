package dev.logdash.dashboard;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.auth.ScopedReader;
import dev.logdash.core.decode.Timestamps;
import dev.logdash.core.statement.StatementJson;
import dev.logdash.core.statement.StatementSearch;
import java.util.List;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/** The statements behind the events of a query, which people know as patterns. */
final class PatternRoutes {

  private static final int MAX_LIMIT = 1_000;

  private final ScopedReader reader;
  private final SearchSlots slots;
  private final Queries queries;

  PatternRoutes(ScopedReader reader, SearchSlots slots, Queries queries) {
    this.reader = reader;
    this.slots = slots;
    this.queries = queries;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "api/v1/patterns", Permission.SEARCH, Queries.parameters("limit"), this::patterns));
  }

  private Mono<Reply> patterns(Exchange exchange) {
    LogQuery query = queries.query(exchange);
    int limit = exchange.number("limit", 200, 1, MAX_LIMIT);
    PrincipalSearch search = new PrincipalSearch(reader, exchange.principal());
    long started = System.nanoTime();
    return slots
        .run(exchange.principal().name(), StatementSearch.run(query, limit, search))
        .map(
            table ->
                Reply.object(
                    json -> {
                      StatementJson.writeMembers(table, json);
                      json.writeStringProperty("from", Timestamps.format(query.fromNanos()));
                      json.writeStringProperty("to", Timestamps.format(query.toNanos()));
                      json.writeNumberProperty(
                          "tookMillis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
                    }));
  }
}
