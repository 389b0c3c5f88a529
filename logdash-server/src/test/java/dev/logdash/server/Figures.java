package dev.logdash.server;

import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.core.rollup.DurationSketch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Figures by definition, tier, window and series, as texts that can be compared: counted one by
 * one, or taken from cells.
 */
final class Figures {

  private final Map<String, List<long[]>> values = new HashMap<>();

  static String name(String definition, int tier, long window, List<String> series) {
    return definition + " " + tier + " " + window + " " + series;
  }

  void count(String definition, long millis, List<String> series, boolean error, long nanos) {
    for (int seconds : List.of(10, 60, 3_600, 86_400)) {
      long window = Math.floorDiv(millis, 1_000L * seconds) * seconds;
      values
          .computeIfAbsent(name(definition, seconds, window, series), unused -> new ArrayList<>())
          .add(new long[] {error ? 1 : 0, nanos});
    }
  }

  Map<String, String> texts(boolean sketched) {
    Map<String, String> texts = new HashMap<>();
    values.forEach(
        (key, all) -> {
          long errors = 0;
          long sum = 0;
          DurationSketch sketch = new DurationSketch();
          for (long[] value : all) {
            errors += value[0];
            if (value[1] >= 0) {
              sum += value[1];
              sketch.add(value[1]);
            }
          }
          byte[] bytes = sketched && !sketch.isEmpty() ? sketch.encode() : new byte[0];
          texts.put(key, text(all.size(), errors, sum, bytes));
        });
    return texts;
  }

  /** By lane, all of a cell but its offset. */
  static Map<String, String> of(List<Cell> cells) {
    Map<String, String> texts = new HashMap<>();
    for (Cell cell : cells) {
      String key = cell.key().partition().partition() + " " + name(cell);
      String before = texts.put(key, text(cell.count(), cell.errors(), cell.sum(), cell.sketch()));
      if (before != null) {
        texts.put(key, "there twice");
      }
    }
    return texts;
  }

  /** Over all lanes, without sketches. */
  static Map<String, String> withoutLanes(List<Cell> cells) {
    Map<String, long[]> sums = new HashMap<>();
    for (Cell cell : cells) {
      long[] sum = sums.computeIfAbsent(name(cell), unused -> new long[3]);
      sum[0] += cell.count();
      sum[1] += cell.errors();
      sum[2] += cell.sum();
    }
    Map<String, String> texts = new HashMap<>();
    sums.forEach((name, sum) -> texts.put(name, text(sum[0], sum[1], sum[2], new byte[0])));
    return texts;
  }

  private static String name(Cell cell) {
    CellKey key = cell.key();
    return name(key.definition(), key.tierSeconds(), key.windowStart(), key.dimensions());
  }

  private static String text(long count, long errors, long sum, byte[] sketch) {
    return String.format(
        Locale.ROOT,
        "%d with %d errors, %d ns, sketch %s",
        count,
        errors,
        sum,
        HexFormat.of().formatHex(sketch));
  }
}
