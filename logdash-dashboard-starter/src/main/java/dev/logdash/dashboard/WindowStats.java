package dev.logdash.dashboard;

import dev.logdash.core.rollup.DurationSketch;
import dev.logdash.core.rollup.SeriesPoint;
import tools.jackson.core.JsonGenerator;

/** Statistics of several series together. Durations are in nanoseconds. */
final class WindowStats {

  private long count;
  private long errors;
  private final DurationSketch durations = new DurationSketch();

  void add(SeriesPoint point) {
    count += point.count();
    errors += point.errors();
    durations.merge(point.sketch());
  }

  long count() {
    return count;
  }

  /** Writes the members into an object that has begun. */
  void write(JsonGenerator json) {
    json.writeNumberProperty("count", count);
    json.writeNumberProperty("errors", errors);
    quantile(json, "p50", 0.50);
    quantile(json, "p95", 0.95);
    quantile(json, "p99", 0.99);
  }

  void writeOrNull(JsonGenerator json) {
    if (count == 0) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    write(json);
    json.writeEndObject();
  }

  static void writeCounts(JsonGenerator json, String name, WindowStats[] windows) {
    json.writeArrayPropertyStart(name);
    for (WindowStats window : windows) {
      json.writeNumber(window.count);
    }
    json.writeEndArray();
  }

  static void writeErrors(JsonGenerator json, String name, WindowStats[] windows) {
    json.writeArrayPropertyStart(name);
    for (WindowStats window : windows) {
      json.writeNumber(window.errors);
    }
    json.writeEndArray();
  }

  static void writeQuantile(JsonGenerator json, String name, double share, WindowStats[] windows) {
    json.writeArrayPropertyStart(name);
    for (WindowStats window : windows) {
      window.quantile(json, share);
    }
    json.writeEndArray();
  }

  private void quantile(JsonGenerator json, String name, double share) {
    json.writeName(name);
    quantile(json, share);
  }

  private void quantile(JsonGenerator json, double share) {
    if (durations.isEmpty()) {
      json.writeNull();
    } else {
      json.writeNumber(Math.round(durations.quantile(share)));
    }
  }
}
