package dev.logdash.core.rollup;

import dev.logdash.api.rollup.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The statistics of one series in one window, over all partitions.
 *
 * @param dimensions the values that make the series
 * @param windowStart in seconds since 1970
 * @param sum of the measured values
 * @param sketch of the measured values; empty where nothing was measured
 */
public record SeriesPoint(
    List<String> dimensions,
    long windowStart,
    long count,
    long errors,
    long sum,
    DurationSketch sketch) {

  /** Merges cells of one definition and tier, by ascending window, then by series. */
  public static List<SeriesPoint> merge(Iterable<Cell> cells) {
    Map<Long, Map<String, SeriesPoint>> byWindow = new TreeMap<>();
    for (Cell cell : cells) {
      byWindow
          .computeIfAbsent(cell.key().windowStart(), window -> new TreeMap<>())
          .merge(String.join("\u0000", cell.key().dimensions()), ofCell(cell), SeriesPoint::plus);
    }
    List<SeriesPoint> points = new ArrayList<>();
    byWindow.values().forEach(window -> points.addAll(window.values()));
    return points;
  }

  private static SeriesPoint ofCell(Cell cell) {
    return new SeriesPoint(
        cell.key().dimensions(),
        cell.key().windowStart(),
        cell.count(),
        cell.errors(),
        cell.sum(),
        DurationSketch.decode(cell.sketch()));
  }

  /** Both together, with the window that starts first. */
  public SeriesPoint plus(SeriesPoint other) {
    DurationSketch both = DurationSketch.decode(sketch.encode());
    both.merge(other.sketch);
    return new SeriesPoint(
        dimensions,
        Math.min(windowStart, other.windowStart),
        count + other.count,
        errors + other.errors,
        sum + other.sum,
        both);
  }
}
