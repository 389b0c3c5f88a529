package dev.logdash.dashboard;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.OrderKey;
import dev.logdash.core.decode.EventJson;
import dev.logdash.core.decode.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JsonGenerator;

/** Events and their places in the total order, as the HTTP API shows them. */
final class EventWriter {

  private EventWriter() {}

  static void write(LogEvent event, JsonGenerator json) {
    json.writeStartObject();
    Json.text(json, "id", event.id());
    json.writeStringProperty(EcsFields.TIMESTAMP, Timestamps.format(event.timestampNanos()));
    json.writeStringProperty(EcsFields.EVENT_INGESTED, Timestamps.format(event.observedNanos()));
    json.writeNumberProperty("severity", event.severity().number());
    Json.text(json, "level", event.severityText());
    Json.text(json, "service", event.service());
    Json.text(json, "source", event.source());
    Json.text(json, "message", event.message());
    if (!event.traceId().isEmpty()) {
      Json.text(json, EcsFields.TRACE_ID, event.traceId());
    }
    if (!event.spanId().isEmpty()) {
      Json.text(json, EcsFields.SPAN_ID, event.spanId());
    }
    json.writeObjectPropertyStart("attributes");
    event.attributes().forEach((name, value) -> EventJson.attribute(json, name, value));
    json.writeEndObject();
    json.writeEndObject();
  }

  static String cursor(OrderKey key) {
    String text = key.timestampNanos() + ":" + key.seq() + ":" + key.producer();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The place that {@link #cursor} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  static OrderKey key(String cursor) {
    String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    String[] parts = text.split(":", 3);
    if (parts.length < 3) {
      throw new IllegalArgumentException("no cursor");
    }
    return new OrderKey(Long.parseLong(parts[0]), parts[2], Long.parseLong(parts[1]));
  }
}
