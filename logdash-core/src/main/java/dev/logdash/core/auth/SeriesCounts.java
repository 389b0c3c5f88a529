package dev.logdash.core.auth;

import dev.logdash.api.event.LogEvent;
import dev.logdash.core.rollup.DurationSketch;
import dev.logdash.core.rollup.RollupDefinition;
import dev.logdash.core.rollup.SeriesPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts events as the rollups do, for readers that may not see all that the rollups hold. */
final class SeriesCounts {

  private final RollupDefinition definition;
  private final int tierSeconds;
  private final Map<Long, Map<String, Series>> byWindow = new TreeMap<>();

  SeriesCounts(RollupDefinition definition, int tierSeconds) {
    this.definition = definition;
    this.tierSeconds = tierSeconds;
  }

  void add(LogEvent event) {
    List<String> dimensions = definition.series(event);
    if (dimensions == null) {
      return;
    }
    long second = Math.floorDiv(event.timestampNanos(), 1_000_000_000L);
    Series series =
        byWindow
            .computeIfAbsent(
                second - Math.floorMod(second, (long) tierSeconds), window -> new TreeMap<>())
            .computeIfAbsent(String.join("\u0000", dimensions), key -> new Series(dimensions));
    series.count++;
    series.errors += definition.isError(event) ? 1 : 0;
    long duration = definition.duration(event);
    if (duration >= 0) {
      series.sum += duration;
      series.sketch.add(duration);
    }
  }

  /** By ascending window, then by series. */
  List<SeriesPoint> points() {
    List<SeriesPoint> points = new ArrayList<>();
    byWindow.forEach(
        (window, all) -> all.values().forEach(series -> points.add(series.point(window))));
    return points;
  }

  private static final class Series {

    private final List<String> dimensions;
    private final DurationSketch sketch = new DurationSketch();
    private long count;
    private long errors;
    private long sum;

    Series(List<String> dimensions) {
      this.dimensions = dimensions;
    }

    SeriesPoint point(long window) {
      return new SeriesPoint(dimensions, window, count, errors, sum, sketch);
    }
  }
}
