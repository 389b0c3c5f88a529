package dev.logdash.core.view;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.Severity;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Table;
import java.util.List;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;

/** Events in spans of time, by severity class. */
final class Histogram {

  private static final long MILLI = 1_000_000L;
  // The name of the class of logs that do not say.
  private static final String NONE = "none";
  private static final List<String> CLASSES =
      List.of("fatal", "error", "warn", "info", "debug", "trace", NONE);
  private static final int SEVERITIES = Severity.values().length;

  private final long from;
  private final long width;
  private final long[][] counts;
  private long total;

  private Histogram(long from, long width, int buckets) {
    this.from = from;
    this.width = width;
    this.counts = new long[CLASSES.size()][buckets];
  }

  static Mono<String> of(Panel panel, LogSearch search) {
    LogQuery query = panel.query();
    long width = BucketWidth.nanos(query.fromNanos(), query.toNanos(), Math.max(2, panel.size()));
    long from = query.fromNanos() / width * width;
    int buckets = (int) BucketWidth.count(query.fromNanos(), query.toNanos(), width);
    Aggregation question =
        new Aggregation(
            query,
            List.of(new Aggregation.ByTime(width), new Aggregation.ByField(EcsFields.SEVERITY)),
            List.of(new Aggregation.Count()),
            Math.min(Aggregation.MAX_ROWS, buckets * SEVERITIES));
    return search.aggregate(question).map(table -> new Histogram(from, width, buckets).json(table));
  }

  private String json(Table table) {
    table.rows().forEach(this::add);
    return PanelJson.object(this::write);
  }

  private void add(Table.Row row) {
    String severity = row.key().get(1);
    String name = severity.isEmpty() ? "" : Severity.of(Integer.parseInt(severity)).className();
    long count = row.values().get(0).longValue();
    long bucket = (Long.parseLong(row.key().get(0)) - from) / width;
    counts[CLASSES.indexOf(name.isEmpty() ? NONE : name)][(int) bucket] += count;
    total += count;
  }

  private void write(JsonGenerator json) {
    json.writeNumberProperty("from", from / MILLI);
    json.writeNumberProperty("to", (from + width * counts[0].length) / MILLI);
    json.writeNumberProperty("widthMillis", width / MILLI);
    json.writeArrayPropertyStart("series");
    for (int i = 0; i < counts.length; i++) {
      json.writeStartObject();
      json.writeStringProperty("key", CLASSES.get(i));
      json.writeArrayPropertyStart("counts");
      for (long count : counts[i]) {
        json.writeNumber(count);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("total", total);
  }
}
