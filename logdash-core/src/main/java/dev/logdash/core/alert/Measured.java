package dev.logdash.core.alert;

import dev.logdash.core.rollup.DurationSketch;
import dev.logdash.core.rollup.SeriesPoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was counted and measured of each group, in parts of a span of time. */
final class Measured {

  private static final int MAX_PARTS = 500_000;

  private final long from;
  private final long width;
  private final int parts;
  private final Map<List<String>, Part[]> groups = new HashMap<>();

  private static final class Part {
    long matching;
    long all;
    double percentile = Double.NaN;
    final DurationSketch durations = new DurationSketch();
  }

  Measured(long from, long width, int parts) {
    this.from = from;
    this.width = width;
    this.parts = parts;
  }

  long from() {
    return from;
  }

  long width() {
    return width;
  }

  int parts() {
    return parts;
  }

  void addMatching(List<String> group, long second, double events) {
    part(group, second).matching += (long) events;
  }

  void addAll(List<String> group, long second, double events) {
    part(group, second).all += (long) events;
  }

  /** Percentiles cannot be put together, so one is known of a part alone. */
  void setPercentile(List<String> group, long second, double percentile) {
    part(group, second).percentile = percentile;
  }

  void addRequests(List<String> group, SeriesPoint point) {
    Part part = part(group, point.windowStart());
    part.all += point.count();
    part.matching += point.errors();
    part.durations.merge(point.sketch());
  }

  /** The values of the parts from one on, by group; not a number where there is nothing. */
  Map<List<String>, Double> values(AlertRule rule, int first, int count) {
    Map<List<String>, Double> values = new HashMap<>();
    groups.forEach((group, all) -> values.put(group, value(rule, all, first, count)));
    return values;
  }

  private double value(AlertRule rule, Part[] all, int first, int count) {
    boolean requests = rule.measure().source() == AlertRule.Source.REQUESTS;
    boolean percentile = rule.measure().kind() == AlertRule.Kind.PERCENTILE;
    if (percentile && !requests) {
      return all[first].percentile;
    }
    long matching = 0;
    long of = 0;
    DurationSketch sketch = new DurationSketch();
    for (int i = first; i < first + count; i++) {
      matching += all[i].matching;
      of += all[i].all;
      if (percentile) {
        sketch.merge(all[i].durations);
      }
    }
    long events = requests ? of : matching;
    return switch (rule.measure().kind()) {
      case COUNT, ABSENCE -> events;
      case RATE -> events / (double) (count * width);
      case RATIO -> of == 0 ? Double.NaN : matching / (double) of;
      case PERCENTILE -> sketch.quantile(rule.measure().percentile());
    };
  }

  private Part part(List<String> group, long second) {
    Part[] all =
        groups.computeIfAbsent(
            List.copyOf(group),
            unused -> {
              if ((groups.size() + 1L) * parts > MAX_PARTS) {
                throw new IllegalArgumentException(
                    "there are too many groups for so long a time; group by less");
              }
              Part[] made = new Part[parts];
              for (int i = 0; i < parts; i++) {
                made[i] = new Part();
              }
              return made;
            });
    return all[(int) Math.max(0, Math.min(parts - 1, (second - from) / width))];
  }
}
