package dev.logdash.core.decode;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes events as JSON, one object a line, with dotted ECS names. Safe for use by several threads.
 *
 * <p>{@code event.severity} is the OpenTelemetry number. Empty parts are left out, the message is
 * not. Half a surrogate pair becomes U+FFFD.
 */
public final class EventJson {

  private final JsonFactory json = new JsonFactory();
  private final boolean identity;

  /**
   * @param identity whether {@code event.id}, {@code event.ingested} and {@code log.source} are
   *     written as well
   */
  public EventJson(boolean identity) {
    this.identity = identity;
  }

  /** Writes one event and a line feed; neither flushes nor closes the stream. */
  public void write(LogEvent event, OutputStream out) {
    try (JsonGenerator line =
        json.createGenerator(ObjectWriteContext.empty(), new Unclosed(out), JsonEncoding.UTF8)) {
      write(event, line);
      line.writeRaw('\n');
    }
  }

  private void write(LogEvent event, JsonGenerator line) {
    line.writeStartObject();
    line.writeStringProperty(EcsFields.TIMESTAMP, Timestamps.format(event.timestampNanos()));
    text(line, EcsFields.MESSAGE, event.message());
    optional(line, EcsFields.LOG_LEVEL, event.severityText());
    if (event.severity().number() > 0) {
      line.writeNumberProperty(EcsFields.SEVERITY, event.severity().number());
    }
    optional(line, EcsFields.SERVICE_NAME, event.service());
    optional(line, EcsFields.TRACE_ID, event.traceId());
    optional(line, EcsFields.SPAN_ID, event.spanId());
    if (identity) {
      text(line, EcsFields.EVENT_ID, event.id());
      text(line, EcsFields.EVENT_INGESTED, Timestamps.format(event.observedNanos()));
      optional(line, EcsFields.LOG_SOURCE, event.source());
    }
    event.attributes().forEach((name, value) -> attribute(line, name, value));
    line.writeEndObject();
  }

  /**
   * Writes an attribute as a member of an object.
   *
   * @param value as {@link Attributes#value} gives it
   */
  public static void attribute(JsonGenerator line, String name, Object value) {
    line.writeName(Surrogates.repair(name));
    if (value instanceof Long number) {
      line.writeNumber(number);
    } else if (value instanceof Double number) {
      line.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      line.writeBoolean(flag);
    } else if (value instanceof List<?> values) {
      line.writeStartArray();
      for (Object element : values) {
        line.writeString(Surrogates.repair(element.toString()));
      }
      line.writeEndArray();
    } else {
      line.writeString(Surrogates.repair(value.toString()));
    }
  }

  private static void optional(JsonGenerator line, String name, String value) {
    if (!value.isEmpty()) {
      text(line, name, value);
    }
  }

  private static void text(JsonGenerator line, String name, String value) {
    line.writeStringProperty(name, Surrogates.repair(value));
  }
}
