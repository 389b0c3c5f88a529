package dev.logdash.dashboard;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.auth.ScopedReader;
import dev.logdash.core.decode.Timestamps;
import dev.logdash.core.query.PipedQuery;
import dev.logdash.core.table.PipedSearch;
import dev.logdash.core.table.TableJson;
import java.util.List;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/** Tables of queries with pipes. */
final class TableRoutes {

  private final ScopedReader reader;
  private final SearchSlots slots;
  private final Queries queries;

  TableRoutes(ScopedReader reader, SearchSlots slots, Queries queries) {
    this.reader = reader;
    this.slots = slots;
    this.queries = queries;
  }

  List<Route> routes() {
    return List.of(Route.get("api/v1/table", Permission.SEARCH, Queries.parameters(), this::table));
  }

  private Mono<Reply> table(Exchange exchange) {
    PipedQuery query = queries.piped(exchange);
    LogQuery where = queries.span(exchange).build();
    PrincipalSearch search = new PrincipalSearch(reader, exchange.principal());
    long started = System.nanoTime();
    return slots
        .run(exchange.principal().name(), PipedSearch.run(query, where, search))
        .map(
            table ->
                Reply.object(
                    json -> {
                      TableJson.writeMembers(table, json);
                      json.writeStringProperty("from", Timestamps.format(where.fromNanos()));
                      json.writeStringProperty("to", Timestamps.format(where.toNanos()));
                      json.writeNumberProperty(
                          "tookMillis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
                    }));
  }
}
