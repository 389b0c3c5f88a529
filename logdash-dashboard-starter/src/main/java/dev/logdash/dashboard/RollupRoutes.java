package dev.logdash.dashboard;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.auth.ScopedReader;
import dev.logdash.core.rollup.RollupDefinitions;
import dev.logdash.core.rollup.SeriesPoint;
import dev.logdash.core.rollup.Tier;
import dev.logdash.core.view.VisualizationManager;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;

/** How services and routes do, from statistics. */
final class RollupRoutes {

  private static final long NANOS = 1_000_000_000L;
  private static final long MILLIS = 1_000L;
  private static final int MAX_WINDOWS = 400;
  private static final int MAX_ROUTES = 200;

  // Places in the series of the requests.
  private static final int ROUTE = 1;
  private static final int METHOD = 2;

  private final ScopedReader reader;
  private final VisualizationManager panels;
  private final SearchSlots slots;
  private final Queries queries;
  private final Clock clock;
  private final List<Tier> tiers;

  RollupRoutes(
      ScopedReader reader,
      VisualizationManager panels,
      SearchSlots slots,
      Queries queries,
      Clock clock,
      List<Tier> tiers) {
    this.reader = reader;
    this.panels = panels;
    this.slots = slots;
    this.queries = queries;
    this.clock = clock;
    this.tiers = tiers.stream().sorted(Comparator.comparingInt(Tier::seconds)).toList();
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "api/v1/rollups/services",
            Permission.OVERVIEW,
            Queries.spanParameters(),
            this::services),
        Route.get(
            "api/v1/rollups/routes",
            Permission.OVERVIEW,
            Queries.spanParameters("service", "top"),
            this::routes),
        Route.get(
            "api/v1/rollups/series",
            Permission.OVERVIEW,
            Queries.spanParameters("service"),
            this::series));
  }

  /** Whole windows of one width, in seconds since 1970. */
  private record Windows(long from, long to, int width) {
    int count() {
      return (int) ((to - from) / width);
    }

    int indexOf(SeriesPoint point) {
      return (int) ((point.windowStart() - from) / width);
    }

    void write(JsonGenerator json) {
      json.writeNumberProperty("from", from * MILLIS);
      json.writeNumberProperty("to", to * MILLIS);
      json.writeNumberProperty("widthMillis", width * MILLIS);
    }
  }

  /** Events and requests of the same windows. */
  private record Both(List<SeriesPoint> events, List<SeriesPoint> requests) {}

  private record RouteStats(List<String> series, WindowStats stats) {}

  private static final class ServiceStats {
    final long[] windows;
    long events;
    long errors;
    final WindowStats requests = new WindowStats();

    ServiceStats(int windows) {
      this.windows = new long[windows];
    }
  }

  private Mono<Reply> services(Exchange exchange) {
    Windows windows = windows(exchange);
    return show(
        exchange,
        both(exchange, windows).map(both -> Json.object(json -> services(json, windows, both))));
  }

  private static void services(JsonGenerator json, Windows windows, Both both) {
    Map<String, ServiceStats> services = new TreeMap<>();
    for (SeriesPoint point : both.events()) {
      ServiceStats service = service(services, point, windows);
      service.events += point.count();
      service.errors += point.errors();
      service.windows[windows.indexOf(point)] += point.count();
    }
    for (SeriesPoint point : both.requests()) {
      service(services, point, windows).requests.add(point);
    }
    windows.write(json);
    json.writeArrayPropertyStart("services");
    services.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> -entry.getValue().events))
        .forEach(
            entry -> {
              ServiceStats service = entry.getValue();
              json.writeStartObject();
              Json.text(json, "service", entry.getKey());
              json.writeNumberProperty("events", service.events);
              json.writeNumberProperty("errors", service.errors);
              json.writeName("series");
              json.writeArray(service.windows, 0, service.windows.length);
              json.writeName("requests");
              service.requests.writeOrNull(json);
              json.writeEndObject();
            });
    json.writeEndArray();
  }

  private static ServiceStats service(
      Map<String, ServiceStats> services, SeriesPoint point, Windows windows) {
    return services.computeIfAbsent(
        point.dimensions().get(0), name -> new ServiceStats(windows.count()));
  }

  private Mono<Reply> series(Exchange exchange) {
    Windows windows = windows(exchange);
    String service = exchange.text("service", "");
    return show(
        exchange,
        both(exchange, windows)
            .map(both -> Json.object(json -> series(json, windows, both, service))));
  }

  private static void series(JsonGenerator json, Windows windows, Both both, String service) {
    WindowStats[] events = stats(both.events(), windows, service);
    WindowStats[] requests = stats(both.requests(), windows, service);
    windows.write(json);
    long[] times = new long[windows.count()];
    for (int i = 0; i < times.length; i++) {
      times[i] = (windows.from() + (long) i * windows.width()) * MILLIS;
    }
    json.writeName("times");
    json.writeArray(times, 0, times.length);
    WindowStats.writeCounts(json, "events", events);
    WindowStats.writeErrors(json, "errors", events);
    WindowStats.writeCounts(json, "requests", requests);
    WindowStats.writeErrors(json, "requestErrors", requests);
    WindowStats.writeQuantile(json, "p50", 0.50, requests);
    WindowStats.writeQuantile(json, "p95", 0.95, requests);
    WindowStats.writeQuantile(json, "p99", 0.99, requests);
  }

  private static WindowStats[] stats(List<SeriesPoint> points, Windows windows, String service) {
    WindowStats[] stats = new WindowStats[windows.count()];
    for (int i = 0; i < stats.length; i++) {
      stats[i] = new WindowStats();
    }
    for (SeriesPoint point : points) {
      if (service.isEmpty() || point.dimensions().get(0).equals(service)) {
        stats[windows.indexOf(point)].add(point);
      }
    }
    return stats;
  }

  private Mono<Reply> routes(Exchange exchange) {
    Windows windows = windows(exchange);
    String service = exchange.text("service", "");
    int top = exchange.number("top", 20, 1, MAX_ROUTES);
    return show(
        exchange,
        points(exchange, windows, RollupDefinitions.REQUESTS)
            .map(points -> Json.object(json -> routes(json, windows, points, service, top))));
  }

  private static void routes(
      JsonGenerator json, Windows windows, List<SeriesPoint> points, String service, int top) {
    Map<String, RouteStats> byRoute = new TreeMap<>();
    for (SeriesPoint point : points) {
      List<String> series = point.dimensions();
      if (service.isEmpty() || series.get(0).equals(service)) {
        String key = String.join("\u0000", series.get(0), series.get(METHOD), series.get(ROUTE));
        byRoute
            .computeIfAbsent(key, unused -> new RouteStats(series, new WindowStats()))
            .stats()
            .add(point);
      }
    }
    windows.write(json);
    json.writeArrayPropertyStart("routes");
    byRoute.values().stream()
        .sorted(Comparator.comparingLong(route -> -route.stats().count()))
        .limit(top)
        .forEach(
            route -> {
              json.writeStartObject();
              Json.text(json, "service", route.series().get(0));
              Json.text(json, "method", route.series().get(METHOD));
              Json.text(json, "route", route.series().get(ROUTE));
              route.stats().write(json);
              json.writeEndObject();
            });
    json.writeEndArray();
    json.writeNumberProperty("others", Math.max(0, byRoute.size() - top));
  }

  private Mono<Both> both(Exchange exchange, Windows windows) {
    return points(exchange, windows, RollupDefinitions.EVENTS)
        .zipWith(points(exchange, windows, RollupDefinitions.REQUESTS), Both::new);
  }

  private Mono<Reply> show(Exchange exchange, Mono<byte[]> answer) {
    Mono<String> computation = answer.map(json -> new String(json, StandardCharsets.UTF_8));
    return panels
        .show(
            reader.cacheKey(exchange.principal(), Permission.OVERVIEW),
            exchange.question(),
            slots.run(exchange.principal().name(), computation))
        .map(json -> Reply.json(json.getBytes(StandardCharsets.UTF_8)));
  }

  private Mono<List<SeriesPoint>> points(Exchange exchange, Windows windows, String definition) {
    return reader.rollups(
        exchange.principal(),
        new RollupQuery(definition, windows.width(), windows.from(), windows.to()),
        queries.dataset(exchange));
  }

  /** The narrowest windows that are still kept and not too many. */
  private Windows windows(Exchange exchange) {
    LogQuery span = queries.span(exchange, "now-1h", "now").build();
    long now = clock.instant().getEpochSecond();
    long from = span.fromNanos() / NANOS;
    long to = (span.toNanos() - 1) / NANOS + 1;
    @Nullable Windows found = null;
    for (Tier tier : tiers) {
      int width = tier.seconds();
      found = new Windows(from / width * width, (to + width - 1) / width * width, width);
      boolean kept = tier.kept().equals(Tier.FOR_EVER) || from >= now - tier.kept().toSeconds();
      if (kept && (found.to() - found.from()) / width <= MAX_WINDOWS) {
        return found;
      }
    }
    if (found == null || (found.to() - found.from()) / found.width() > MAX_WINDOWS * 10L) {
      throw Problem.badRequest("time_range", "the span of time is too long for statistics");
    }
    return found;
  }
}
