package dev.logdash.core.alert;

import dev.logdash.api.auth.Principal;
import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Table;
import dev.logdash.core.auth.ScopedReader;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.query.FilterMatcher;
import dev.logdash.core.query.QueryParser;
import dev.logdash.core.rollup.RollupDefinitions;
import dev.logdash.core.rollup.SeriesPoint;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Measures a rule over a span of time, in parts of equal width, as its owner sees the events. */
final class Measuring {

  private static final long NANOS = 1_000_000_000L;
  // What the statistics of requests know.
  private static final List<String> REQUEST_FIELDS =
      List.of(EcsFields.SERVICE_NAME, EcsFields.HTTP_ROUTE, EcsFields.HTTP_METHOD);

  private final ScopedReader reader;

  Measuring(ScopedReader reader) {
    this.reader = reader;
  }

  /**
   * What was measured from one second, included, to another, excluded, in parts of a width.
   *
   * @throws dev.logdash.api.error.QuerySyntaxException if a query of the rule cannot be read
   */
  Mono<Measured> measure(AlertRule rule, Principal reader, long from, long to, long width) {
    return Mono.defer(
        () -> {
          Measured measured = new Measured(from, width, (int) ((to - from) / width));
          return switch (rule.measure().source()) {
            case REQUESTS -> requests(rule, reader, from, to, measured);
            case EVENTS -> events(rule, reader, from, to, measured);
          };
        });
  }

  private Mono<Measured> events(
      AlertRule rule, Principal principal, long from, long to, Measured measured) {
    LogQuery query = query(rule, filter(rule.query(), from), from, to);
    return switch (rule.measure().kind()) {
      case PERCENTILE -> {
        Aggregation.Function percentile =
            new Aggregation.Percentile(rule.measure().field(), rule.measure().percentile());
        yield table(rule, principal, query, percentile, measured, Measured::setPercentile);
      }
      case RATIO -> {
        Filter of = filter(rule.measure().of(), from);
        LogQuery all = query(rule, of, from, to);
        LogQuery both =
            query(rule, new Filter.And(List.of(of, filter(rule.query(), from))), from, to);
        yield count(rule, principal, all, measured, Measured::addAll)
            .then(count(rule, principal, both, measured, Measured::addMatching));
      }
      default -> count(rule, principal, query, measured, Measured::addMatching);
    };
  }

  /** Puts what a store computed into a part of a group. */
  private interface Adding {
    void add(Measured measured, List<String> group, long second, double value);
  }

  private Mono<Measured> count(
      AlertRule rule, Principal principal, LogQuery query, Measured measured, Adding adding) {
    return table(rule, principal, query, new Aggregation.Count(), measured, adding);
  }

  private Mono<Measured> table(
      AlertRule rule,
      Principal principal,
      LogQuery query,
      Aggregation.Function function,
      Measured measured,
      Adding adding) {
    List<Aggregation.Group> groups = new ArrayList<>();
    boolean byTime = measured.parts() > 1;
    if (byTime) {
      groups.add(new Aggregation.ByTime(measured.width() * NANOS));
    }
    groups.addAll(groups(rule));
    return reader
        .aggregate(
            principal, new Aggregation(query, groups, List.of(function), Aggregation.MAX_ROWS))
        .map(
            table -> {
              if (table.truncated()) {
                throw new IllegalArgumentException(
                    "there are too many groups: more than " + Aggregation.MAX_ROWS + " rows");
              }
              for (Table.Row row : table.rows()) {
                List<String> group = byTime ? row.key().subList(1, row.key().size()) : row.key();
                long second = byTime ? Long.parseLong(row.key().get(0)) / NANOS : measured.from();
                adding.add(measured, group, second, row.values().get(0).doubleValue());
              }
              return measured;
            });
  }

  static List<Aggregation.Group> groups(AlertRule rule) {
    return rule.groupBy().stream().<Aggregation.Group>map(Aggregation.ByField::new).toList();
  }

  private static List<String> group(AlertRule rule, LogEvent event) {
    return rule.groupBy().stream()
        .map(
            field -> {
              List<Object> values = EventFields.values(event, field);
              return values.isEmpty() ? "" : EventFields.groupKey(values.get(0));
            })
        .toList();
  }

  private Mono<Measured> requests(
      AlertRule rule, Principal principal, long from, long to, Measured measured) {
    requireRequestFields(rule, from);
    FilterMatcher matcher = FilterMatcher.of(filter(rule.query(), from));
    return reader
        .rollups(
            principal,
            new RollupQuery(RollupDefinitions.REQUESTS, AlertRule.TICK_SECONDS, from, to),
            rule.dataset())
        .map(
            points -> {
              for (SeriesPoint point : points) {
                LogEvent like = like(point);
                if (matcher.test(like)) {
                  measured.addRequests(group(rule, like), point);
                }
              }
              return measured;
            });
  }

  /** An event that has of the fields of a series what the series has. */
  private static LogEvent like(SeriesPoint point) {
    List<String> series = point.dimensions();
    return LogEvent.builder("series")
        .service(series.get(0))
        .attributes(
            Attributes.builder()
                .put(EcsFields.HTTP_ROUTE, series.get(1))
                .put(EcsFields.HTTP_METHOD, series.get(2))
                .build())
        .build();
  }

  /**
   * @throws IllegalArgumentException if a rule over requests needs what their statistics lack
   */
  static void requireRequestFields(AlertRule rule, long second) {
    if (rule.measure().source() != AlertRule.Source.REQUESTS) {
      return;
    }
    Set<String> fields = QueryFields.of(filter(rule.query(), second));
    fields.addAll(rule.groupBy());
    fields.removeAll(REQUEST_FIELDS);
    if (!fields.isEmpty()) {
      throw new IllegalArgumentException(
          "statistics of requests know "
              + String.join(", ", REQUEST_FIELDS)
              + " only, not: "
              + String.join(", ", fields.stream().map(f -> f.isEmpty() ? "words" : f).toList()));
    }
  }

  LogQuery query(AlertRule rule, Filter filter, long from, long to) {
    return LogQuery.builder()
        .dataset(rule.dataset())
        .between(from * NANOS, to * NANOS)
        .filter(filter)
        .build();
  }

  /** Relative times in a query are relative to the tick, so that a replay asks the same. */
  static Filter filter(String query, long second) {
    return new QueryParser(Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC)).parse(query);
  }

  /**
   * The filter of a rule for one group. It also finds what differs from the group in case alone, or
   * behind the first {@value dev.logdash.core.text.Tokenizer#MAX_TERM} characters.
   */
  static Filter filter(AlertRule rule, List<String> group, long second) {
    List<Filter> filters = new ArrayList<>();
    filters.add(filter(rule.query(), second));
    for (int i = 0; i < group.size() && i < rule.groupBy().size(); i++) {
      String field = rule.groupBy().get(i);
      filters.add(
          group.get(i).isEmpty()
              ? new Filter.Not(new Filter.Exists(field))
              : new Filter.Equal(field, group.get(i)));
    }
    return filters.size() == 1 ? filters.get(0) : new Filter.And(filters);
  }

  static Map<String, String> named(AlertRule rule, List<String> group) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < group.size() && i < rule.groupBy().size(); i++) {
      named.put(rule.groupBy().get(i), group.get(i));
    }
    return named;
  }
}
