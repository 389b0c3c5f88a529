package dev.logdash.elasticsearch;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * An event as a text, of which every bit comes back, for those of which a document cannot hold the
 * fields as they are: a JSON array of the version, the parts in a fixed order, and the attributes
 * as names and values in turn. A double has a fraction or an exponent, a long has none.
 */
final class EventText {

  private static final long VERSION = 1;

  // The reader is never stricter than what a store takes.
  private static final JsonFactory PLAIN =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          // Halves of pairs of surrogates come back of their escapes.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private EventText() {}

  static String of(LogEvent event) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = PLAIN.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      json.writeNumber(VERSION);
      json.writeString(event.id());
      json.writeString(event.dataset());
      json.writeNumber(event.timestampNanos());
      json.writeNumber(event.observedNanos());
      json.writeString(event.producer());
      json.writeNumber(event.seq());
      json.writeNumber(event.severity().number());
      json.writeString(event.severityText());
      json.writeString(event.service());
      json.writeString(event.source());
      json.writeString(event.message());
      json.writeString(event.traceId());
      json.writeString(event.spanId());
      event
          .attributes()
          .forEach(
              (name, value) -> {
                json.writeString(name);
                write(value, json);
              });
      json.writeEndArray();
    }
    return text.toString();
  }

  private static void write(Object value, JsonGenerator json) {
    if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      list.forEach(element -> write(element, json));
      json.writeEndArray();
    } else {
      json.writeString((String) value);
    }
  }

  /**
   * @throws IllegalStateException if it is no text of an event
   */
  static LogEvent read(String text) {
    try (JsonParser json = PLAIN.createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      long version = number(json);
      if (version != VERSION) {
        throw new IllegalStateException("event of version " + version);
      }
      LogEvent.Builder event =
          LogEvent.builder(text(json))
              .dataset(text(json))
              .timestampNanos(number(json))
              .observedNanos(number(json))
              .producer(text(json))
              .seq(number(json))
              .severity(Severity.of((int) number(json)))
              .severityText(text(json))
              .service(text(json))
              .source(text(json))
              .message(text(json))
              .traceId(text(json))
              .spanId(text(json));
      Attributes.Builder attributes = Attributes.builder();
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        read(json, json.getString(), attributes);
      }
      return event.attributes(attributes.build()).build();
    }
  }

  private static void read(JsonParser json, String name, Attributes.Builder attributes) {
    switch (json.nextToken()) {
      case VALUE_STRING:
        attributes.put(name, json.getString());
        return;
      case VALUE_NUMBER_INT:
        attributes.put(name, json.getLongValue());
        return;
      case VALUE_NUMBER_FLOAT:
        attributes.put(name, json.getDoubleValue());
        return;
      case VALUE_TRUE:
      case VALUE_FALSE:
        attributes.put(name, json.getBooleanValue());
        return;
      case START_ARRAY:
        List<String> list = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
          list.add(json.getString());
        }
        attributes.put(name, list);
        return;
      default:
        throw new IllegalStateException("value of an unknown type");
    }
  }

  private static String text(JsonParser json) {
    json.nextToken();
    return json.getString();
  }

  private static long number(JsonParser json) {
    json.nextToken();
    return json.getLongValue();
  }
}
