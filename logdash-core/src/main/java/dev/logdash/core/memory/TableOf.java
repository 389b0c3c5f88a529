package dev.logdash.core.memory;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Table;
import dev.logdash.core.query.CodePointOrder;
import dev.logdash.core.query.EventFields;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Computes a table from the events of its query, exactly. */
final class TableOf {

  private final Aggregation aggregation;

  TableOf(Aggregation aggregation) {
    this.aggregation = aggregation;
  }

  Table rows(List<LogEvent> events) {
    Map<List<String>, List<LogEvent>> groups = new LinkedHashMap<>();
    if (aggregation.groups().isEmpty()) {
      groups.put(List.of(), events);
    } else {
      for (LogEvent event : events) {
        for (List<String> key : keys(event)) {
          groups.computeIfAbsent(key, any -> new ArrayList<>()).add(event);
        }
      }
    }
    List<Table.Row> rows =
        groups.entrySet().stream()
            .sorted(
                Comparator.comparingInt(
                        (Map.Entry<List<String>, List<LogEvent>> group) -> -group.getValue().size())
                    .thenComparing(Map.Entry::getKey, this::compareKeys))
            .limit(aggregation.maxRows())
            .map(group -> new Table.Row(group.getKey(), values(group.getValue())))
            .sorted(Comparator.comparing(Table.Row::key, this::compareKeys))
            .toList();
    return new Table(rows, rows.size() < groups.size());
  }

  /** One key for each combination of values, since an event with a list is in several groups. */
  private List<List<String>> keys(LogEvent event) {
    List<List<String>> keys = List.of(List.of());
    for (Aggregation.Group group : aggregation.groups()) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> key : keys) {
        for (String part : parts(group, event)) {
          List<String> extended = new ArrayList<>(key);
          extended.add(part);
          longer.add(extended);
        }
      }
      keys = longer;
    }
    return keys;
  }

  private static Set<String> parts(Aggregation.Group group, LogEvent event) {
    if (group instanceof Aggregation.ByTime time) {
      long start =
          event.timestampNanos() - Math.floorMod(event.timestampNanos(), time.widthNanos());
      return Set.of(Long.toString(start));
    }
    String field = EventFields.canonicalName(((Aggregation.ByField) group).field());
    Set<String> parts = new LinkedHashSet<>();
    EventFields.values(event, field).forEach(value -> parts.add(EventFields.groupKey(value)));
    return parts.isEmpty() ? Set.of("") : parts;
  }

  private List<Double> values(List<LogEvent> events) {
    return aggregation.functions().stream().map(function -> value(function, events)).toList();
  }

  private static double value(Aggregation.Function function, List<LogEvent> events) {
    if (function instanceof Aggregation.Count) {
      return events.size();
    }
    if (function instanceof Aggregation.Sum sum) {
      return numbers(sum.field(), events).stream()
          .reduce(BigDecimal.ZERO, BigDecimal::add)
          .doubleValue();
    }
    if (function instanceof Aggregation.Min min) {
      return numbers(min.field(), events).stream()
          .min(Comparator.naturalOrder())
          .map(BigDecimal::doubleValue)
          .orElse(Double.NaN);
    }
    if (function instanceof Aggregation.Max max) {
      return numbers(max.field(), events).stream()
          .max(Comparator.naturalOrder())
          .map(BigDecimal::doubleValue)
          .orElse(Double.NaN);
    }
    if (function instanceof Aggregation.Mean mean) {
      List<BigDecimal> numbers = numbers(mean.field(), events);
      return numbers.isEmpty()
          ? Double.NaN
          : numbers.stream()
              .reduce(BigDecimal.ZERO, BigDecimal::add)
              .divide(BigDecimal.valueOf(numbers.size()), MathContext.DECIMAL64)
              .doubleValue();
    }
    if (function instanceof Aggregation.Percentile percentile) {
      List<BigDecimal> numbers = numbers(percentile.field(), events);
      numbers.sort(Comparator.naturalOrder());
      return numbers.isEmpty()
          ? Double.NaN
          : numbers.get((int) (percentile.share() * (numbers.size() - 1))).doubleValue();
    }
    if (function instanceof Aggregation.Distinct distinct) {
      String field = EventFields.canonicalName(distinct.field());
      return events.stream()
          .flatMap(event -> EventFields.values(event, field).stream())
          .map(EventFields::groupKey)
          .distinct()
          .count();
    }
    throw new AssertionError(function);
  }

  private static List<BigDecimal> numbers(String field, List<LogEvent> events) {
    List<BigDecimal> numbers = new ArrayList<>();
    for (LogEvent event : events) {
      for (Object value : EventFields.values(event, EventFields.canonicalName(field))) {
        if (value instanceof Number number) {
          numbers.add(EventFields.number(number));
        }
      }
    }
    return numbers;
  }

  private int compareKeys(List<String> left, List<String> right) {
    for (int i = 0; i < left.size(); i++) {
      boolean isTime = aggregation.groups().get(i) instanceof Aggregation.ByTime;
      int order =
          isTime
              ? Long.compare(Long.parseLong(left.get(i)), Long.parseLong(right.get(i)))
              : CodePointOrder.compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
