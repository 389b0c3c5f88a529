package dev.logdash.dashboard;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.OrderKey;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Page;
import dev.logdash.core.auth.ScopedReader;
import dev.logdash.core.decode.Timestamps;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.store.EventLimits;
import dev.logdash.core.view.Panel;
import dev.logdash.core.view.VisualizationManager;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;

/** Finding events: pages, counts, charts, one event and its neighbours. */
final class SearchRoutes {

  private static final int MAX_LIMIT = 1_000;
  private static final int MAX_NEIGHBOURS = 200;
  private static final int MAX_FIELD_NAME = 512;
  // A page is cut behind the event with which its texts reach this length.
  private static final long MAX_PAGE_CHARS = 4_000_000;

  private final ScopedReader reader;
  private final VisualizationManager panels;
  private final SearchSlots slots;
  private final Queries queries;

  SearchRoutes(
      ScopedReader reader, VisualizationManager panels, SearchSlots slots, Queries queries) {
    this.reader = reader;
    this.panels = panels;
    this.slots = slots;
    this.queries = queries;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "api/v1/search",
            Permission.SEARCH,
            Queries.parameters("limit", "order", "after"),
            this::search),
        Route.get("api/v1/count", Permission.SEARCH, Queries.parameters(), this::count),
        Route.get(
            "api/v1/histogram",
            Permission.SEARCH,
            Queries.parameters("buckets", "by"),
            this::histogram),
        Route.get(
            "api/v1/facets", Permission.SEARCH, Queries.parameters("fields", "top"), this::facets),
        Route.get("api/v1/event/{id}", Permission.SEARCH, Queries.spanParameters(), this::event),
        Route.get(
            "api/v1/context/{id}",
            Permission.SEARCH,
            Queries.spanParameters("before", "after"),
            this::context));
  }

  private Mono<Reply> search(Exchange exchange) {
    LogQuery query =
        queries.query(exchange).toBuilder()
            .limit(exchange.number("limit", 100, 1, MAX_LIMIT))
            .order(order(exchange))
            .after(after(exchange))
            .build();
    long started = System.nanoTime();
    return slots
        .run(exchange.principal().name(), reader.search(exchange.principal(), query))
        .map(page -> Reply.object(json -> page(json, page, query, started)));
  }

  private Mono<Reply> count(Exchange exchange) {
    LogQuery query = queries.query(exchange);
    return slots
        .run(exchange.principal().name(), reader.count(exchange.principal(), query))
        .map(count -> Reply.object(json -> json.writeNumberProperty("count", count)));
  }

  private Mono<Reply> histogram(Exchange exchange) {
    int buckets = exchange.number("buckets", 120, 2, Panel.MAX_BUCKETS);
    String by = exchange.text("by", "severity");
    if (!by.equals("severity")) {
      throw Problem.badRequest("parameter", "by is severity, not: " + by);
    }
    return show(exchange, Panel.histogram(queries.query(exchange), buckets));
  }

  private Mono<Reply> facets(Exchange exchange) {
    List<String> fields =
        exchange.list("fields").stream().map(SearchRoutes::field).distinct().toList();
    int top = exchange.number("top", 10, 1, Panel.MAX_TOP);
    if (fields.size() > Panel.MAX_FIELDS) {
      throw Problem.badRequest("parameter", "more than " + Panel.MAX_FIELDS + " fields");
    }
    LogQuery query = queries.query(exchange);
    return show(
        exchange, fields.isEmpty() ? Panel.fields(query) : Panel.topValues(query, fields, top));
  }

  private Mono<Reply> show(Exchange exchange, Panel panel) {
    String scope = reader.cacheKey(exchange.principal(), Permission.SEARCH);
    LogSearch search = new PrincipalSearch(reader, exchange.principal());
    return panels
        .show(
            scope,
            exchange.question(),
            panel,
            new SlottedSearch(slots, exchange.principal().name(), search))
        .map(json -> Reply.json(json.getBytes(StandardCharsets.UTF_8)));
  }

  private Mono<Reply> event(Exchange exchange) {
    LogQuery span = queries.span(exchange, "0", "now+1d").build();
    return slots
        .run(
            exchange.principal().name(),
            reader.event(exchange.principal(), exchange.variable("id"), span))
        .<Reply>map(event -> Reply.json(Json.value(json -> EventWriter.write(event, json))))
        .switchIfEmpty(Mono.error(SearchRoutes::noSuchEvent));
  }

  private Mono<Reply> context(Exchange exchange) {
    LogQuery span = queries.span(exchange, "0", "now+1d").build();
    int before = exchange.number("before", 20, 0, MAX_NEIGHBOURS);
    int after = exchange.number("after", 20, 0, MAX_NEIGHBOURS);
    return slots
        .run(
            exchange.principal().name(),
            reader.context(exchange.principal(), exchange.variable("id"), span, before, after))
        .<Reply>map(context -> Reply.object(json -> context(json, context)))
        .switchIfEmpty(Mono.error(SearchRoutes::noSuchEvent));
  }

  private static Problem noSuchEvent() {
    return Problem.notFound("there is no such event");
  }

  private static LogQuery.Order order(Exchange exchange) {
    switch (exchange.text("order", "newest")) {
      case "newest":
        return LogQuery.Order.NEWEST_FIRST;
      case "oldest":
        return LogQuery.Order.OLDEST_FIRST;
      default:
        throw Problem.badRequest("parameter", "order is newest or oldest");
    }
  }

  private static @Nullable OrderKey after(Exchange exchange) {
    String cursor = exchange.text("after", "");
    try {
      return cursor.isEmpty() ? null : EventWriter.key(cursor);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("parameter", "after is not what 'next' of an answer said");
    }
  }

  private static String field(String written) {
    String name = EventFields.canonicalName(written.strip());
    if (name.isEmpty() || name.length() > MAX_FIELD_NAME) {
      throw Problem.badRequest("parameter", "fields are names with commas in between");
    }
    if (EventFields.isText(name)) {
      throw Problem.badRequest(
          "parameter", name + " is searched by its words; it has no values to count");
    }
    return name;
  }

  private static void page(JsonGenerator json, Page page, LogQuery query, long started) {
    json.writeArrayPropertyStart("events");
    long chars = 0;
    int written = 0;
    for (LogEvent event : page.events()) {
      if (written > 0 && chars > MAX_PAGE_CHARS) {
        break;
      }
      EventWriter.write(event, json);
      chars += EventLimits.textLength(event);
      written++;
    }
    json.writeEndArray();
    boolean more = page.more() || written < page.events().size();
    json.writeBooleanProperty("more", more);
    if (written > 0) {
      json.writeStringProperty(
          "next", EventWriter.cursor(page.events().get(written - 1).orderKey()));
    }
    json.writeStringProperty("from", Timestamps.format(query.fromNanos()));
    json.writeStringProperty("to", Timestamps.format(query.toNanos()));
    json.writeNumberProperty(
        "tookMillis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
  }

  private static void context(JsonGenerator json, ScopedReader.Context context) {
    json.writeArrayPropertyStart("events");
    context.events().forEach(event -> EventWriter.write(event, json));
    json.writeEndArray();
    json.writeNumberProperty("index", context.index());
  }
}
