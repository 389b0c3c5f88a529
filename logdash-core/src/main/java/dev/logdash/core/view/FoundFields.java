package dev.logdash.core.view;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.template.FormIds;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;

/** Which fields the newest events of a query have, and how many of those have each. */
final class FoundFields {

  private static final int SAMPLE = 500;
  private static final int MAX_NAMES = 1_000;
  // Parts of every event that are worth grouping by; the attributes bring their own names.
  private static final List<String> FIXED =
      List.of(
          EcsFields.SERVICE_NAME,
          EcsFields.LOG_LEVEL,
          EcsFields.LOG_SOURCE,
          EcsFields.TRACE_ID,
          EcsFields.SPAN_ID);

  private FoundFields() {}

  private static final class Found {
    final String type;
    long events;

    Found(Object value) {
      type = value instanceof Number ? "number" : value instanceof Boolean ? "boolean" : "string";
    }
  }

  static Mono<String> of(Panel panel, LogSearch search) {
    LogQuery newest =
        panel.query().toBuilder()
            .order(LogQuery.Order.NEWEST_FIRST)
            .after(null)
            .limit(SAMPLE)
            .build();
    return search
        .count(panel.query())
        .flatMap(
            total ->
                search
                    .search(newest)
                    .map(page -> PanelJson.object(json -> write(json, page.events(), total))));
  }

  private static void write(JsonGenerator json, List<LogEvent> sample, long total) {
    Map<String, Found> found = new TreeMap<>();
    for (LogEvent event : sample) {
      for (String name : FIXED) {
        EventFields.anyValue(event, name, value -> count(found, name, value));
      }
      event.attributes().forEach((name, value) -> count(found, name, value));
      // An id, which the patterns show as what it stands for.
      found.remove(FormIds.FIELD);
    }
    json.writeArrayPropertyStart("fields");
    found.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> -entry.getValue().events))
        .limit(MAX_NAMES)
        .forEach(
            entry -> {
              json.writeStartObject();
              PanelJson.text(json, "field", entry.getKey());
              json.writeNumberProperty("events", entry.getValue().events);
              json.writeStringProperty("type", entry.getValue().type);
              json.writeEndObject();
            });
    json.writeEndArray();
    json.writeNumberProperty("sampled", sample.size());
    json.writeNumberProperty("total", total);
  }

  private static boolean count(Map<String, Found> found, String name, Object value) {
    found.computeIfAbsent(name, unused -> new Found(value)).events++;
    return true;
  }
}
