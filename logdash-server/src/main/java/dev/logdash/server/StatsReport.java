package dev.logdash.server;

import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.rollup.RollupStore;
import dev.logdash.core.rollup.DurationSketch;
import dev.logdash.core.rollup.RollupDefinitions;
import dev.logdash.core.rollup.SeriesPoint;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** The statistics of a span of time: events by service, requests by route. */
final class StatsReport {

  private static final String[] CLASSES = {"fatal", "error", "warn", "info", "debug", "trace", ""};

  private final StatsTier tier;
  private final long fromSecond;
  private final long toSecond;
  private final Map<String, ServiceRow> services = new TreeMap<>();
  private final Map<String, RouteRow> routes = new TreeMap<>();

  private StatsReport(StatsTier tier, long fromSecond, long toSecond) {
    this.tier = tier;
    this.fromSecond = fromSecond;
    this.toSecond = toSecond;
  }

  /** Reads the windows that a span touches. */
  static StatsReport read(RollupStore rollups, TimeRange.Span span, StatsTier tier) {
    long from = firstSecond(span, tier);
    long to = endSecond(span, tier);
    List<Cell> events = cells(rollups, RollupDefinitions.EVENTS, tier, from, to);
    List<Cell> requests = cells(rollups, RollupDefinitions.REQUESTS, tier, from, to);
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Cell cell : events) {
      first = Math.min(first, cell.key().windowStart());
      last = Math.max(last, cell.key().windowStart() + tier.seconds());
    }
    boolean empty = events.isEmpty();
    long start = span.from() == 0 ? (empty ? 0 : first) : from;
    long end = to == Long.MAX_VALUE ? (empty ? start : last) : to;
    StatsReport report = new StatsReport(tier, start, end);
    SeriesPoint.merge(events).forEach(report::addEvents);
    SeriesPoint.merge(requests).forEach(report::addRequests);
    return report;
  }

  void print(PrintStream out, int limit) {
    if (services.isEmpty()) {
      out.println("no statistics of this time; 'logdash import FILE' takes logs in");
      return;
    }
    out.println(
        "From "
            + TimeRange.describe(fromSecond * 1_000_000_000L)
            + " to "
            + TimeRange.describe(toSecond * 1_000_000_000L)
            + ", in windows of "
            + tier);
    printServices(out, limit);
    if (!routes.isEmpty()) {
      printRoutes(out, limit);
    }
  }

  String json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", TimeRange.describe(fromSecond * 1_000_000_000L));
    json.put("to", TimeRange.describe(toSecond * 1_000_000_000L));
    json.put("tier", tier.toString());
    json.put("services", busiest(services).stream().map(ServiceRow::json).toList());
    json.put("routes", busiest(routes).stream().map(route -> route.json(seconds())).toList());
    return JsonMapper.shared().writeValueAsString(json);
  }

  private void printServices(PrintStream out, int limit) {
    TextTable table =
        new TextTable(
            1, "service", "events", "rate", "errors", "fatal", "error", "warn", "info", "debug",
            "trace", "none");
    List<ServiceRow> all = busiest(services);
    for (ServiceRow service : all.subList(0, Math.min(limit, all.size()))) {
      List<String> cells = new ArrayList<>();
      cells.add(named(service.name));
      cells.add(Numbers.grouped(service.count));
      cells.add(Numbers.rate(service.count / seconds()));
      cells.add(Numbers.share(service.errors, service.count));
      for (String name : CLASSES) {
        cells.add(Numbers.grouped(service.bySeverity.getOrDefault(name, 0L)));
      }
      table.row(cells.toArray(String[]::new));
    }
    out.println();
    table.print(out);
    more(out, all.size(), limit, "services");
  }

  private void printRoutes(PrintStream out, int limit) {
    TextTable table =
        new TextTable(
            3, "service", "method", "route", "requests", "rate", "errors", "p50", "p95", "p99");
    List<RouteRow> all = busiest(routes);
    for (RouteRow route : all.subList(0, Math.min(limit, all.size()))) {
      table.row(
          named(route.service),
          route.method,
          named(route.route),
          Numbers.grouped(route.count),
          Numbers.rate(route.count / seconds()),
          Numbers.share(route.errors, route.count),
          Numbers.nanos(route.durations.quantile(0.50)),
          Numbers.nanos(route.durations.quantile(0.95)),
          Numbers.nanos(route.durations.quantile(0.99)));
    }
    out.println();
    table.print(out);
    more(out, all.size(), limit, "routes");
  }

  private static void more(PrintStream out, int all, int limit, String what) {
    if (all > limit) {
      out.println("  and " + Numbers.grouped(all - limit) + " more " + what + "; see --limit");
    }
  }

  private static String named(String name) {
    return name.isEmpty() ? "-" : name;
  }

  private void addEvents(SeriesPoint point) {
    String name = point.dimensions().get(0);
    services.computeIfAbsent(name, ServiceRow::new).add(point);
  }

  private void addRequests(SeriesPoint point) {
    String key = String.join("\u0000", point.dimensions().subList(0, 3));
    routes.computeIfAbsent(key, unused -> new RouteRow(point.dimensions())).add(point);
  }

  private double seconds() {
    return Math.max(1, toSecond - fromSecond);
  }

  private static List<Cell> cells(
      RollupStore rollups, String definition, StatsTier tier, long from, long to) {
    return Waiting.on(
        rollups.read(new RollupQuery(definition, tier.seconds(), from, to)).collectList());
  }

  /** The start of the first window that a span touches. */
  static long firstSecond(TimeRange.Span span, StatsTier tier) {
    return floor(span.from() / 1_000_000_000L, tier);
  }

  /** The end of the last window that a span touches. */
  static long endSecond(TimeRange.Span span, StatsTier tier) {
    return span.to() == Long.MAX_VALUE
        ? Long.MAX_VALUE
        : floor(Math.floorDiv(span.to() - 1, 1_000_000_000L), tier) + tier.seconds();
  }

  private static long floor(long second, StatsTier tier) {
    return second - Math.floorMod(second, (long) tier.seconds());
  }

  static void putDurations(long sum, DurationSketch durations, Map<String, Object> json) {
    if (durations.isEmpty()) {
      return;
    }
    json.put("duration_sum", sum);
    for (int percent : new int[] {50, 95, 99}) {
      json.put("p" + percent, Math.round(durations.quantile(percent / 100.0)));
    }
  }

  private static <S extends Series> List<S> busiest(Map<String, S> series) {
    List<S> sorted = new ArrayList<>(series.values());
    sorted.sort(Comparator.comparingLong((S one) -> one.count).reversed());
    return sorted;
  }

  private abstract static class Series {
    long count;
    long errors;

    void add(SeriesPoint point) {
      count += point.count();
      errors += point.errors();
    }
  }

  private static final class ServiceRow extends Series {
    private final String name;
    private final Map<String, Long> bySeverity = new LinkedHashMap<>();

    ServiceRow(String name) {
      this.name = name;
    }

    @Override
    void add(SeriesPoint point) {
      super.add(point);
      bySeverity.merge(point.dimensions().get(1), point.count(), Long::sum);
    }

    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("service", name);
      json.put("count", count);
      json.put("errors", errors);
      json.put("severity", bySeverity);
      return json;
    }
  }

  private static final class RouteRow extends Series {
    private final String service;
    private final String route;
    private final String method;
    private final DurationSketch durations = new DurationSketch();
    private final Map<String, Long> byStatus = new TreeMap<>();
    private long sum;

    RouteRow(List<String> dimensions) {
      service = dimensions.get(0);
      route = dimensions.get(1);
      method = dimensions.get(2);
    }

    @Override
    void add(SeriesPoint point) {
      super.add(point);
      sum += point.sum();
      durations.merge(point.sketch());
      byStatus.merge(point.dimensions().get(3), point.count(), Long::sum);
    }

    Map<String, Object> json(double seconds) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("service", service);
      json.put("method", method);
      json.put("route", route);
      json.put("count", count);
      json.put("errors", errors);
      json.put("rate", count / seconds);
      json.put("status", byStatus);
      putDurations(sum, durations, json);
      return json;
    }
  }
}
