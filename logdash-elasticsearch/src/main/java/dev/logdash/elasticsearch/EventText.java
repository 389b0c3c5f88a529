package dev.logdash.elasticsearch;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * An event as a text, of which every bit comes back: a JSON array of the version, the parts in a
 * fixed order, and the attributes as names and values in turn. A double has a fraction or an
 * exponent, a long has none.
 */
final class EventText {

  private static final long VERSION = 1;

  // The reader is never stricter than what a store takes.
  private static final JsonFactory PLAIN =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();
  private static final byte[] START = JsonBytes.ascii("[" + VERSION + ",\\\"");
  private static final byte[] NEXT = JsonBytes.ascii("\\\",\\\"");
  private static final byte[] NUMBER = JsonBytes.ascii("\\\",");
  private static final byte[] TEXT = JsonBytes.ascii(",\\\"");

  private EventText() {}

  /**
   * Writes the text, as the content of a string.
   *
   * @param forms of the attributes, in their order
   * @param plain of each attribute whether it is a text that {@link JsonBytes#isPlain}
   */
  static void write(LogEvent event, FieldForm[] forms, boolean[] plain, JsonBytes json) {
    json.raw(START);
    json.nested(event.id());
    json.raw(NEXT);
    json.nested(event.dataset());
    json.raw(NUMBER);
    json.number(event.timestampNanos());
    json.raw(',');
    json.number(event.observedNanos());
    json.raw(TEXT);
    json.nested(event.producer());
    json.raw(NUMBER);
    json.number(event.seq());
    json.raw(',');
    json.number(event.severity().number());
    json.raw(TEXT);
    json.nested(event.severityText());
    json.raw(NEXT);
    json.nested(event.service());
    json.raw(NEXT);
    json.nested(event.source());
    json.raw(NEXT);
    json.nested(event.message());
    json.raw(NEXT);
    json.nested(event.traceId());
    json.raw(NEXT);
    json.nested(event.spanId());
    json.raw('\\', '"');
    Attributes attributes = event.attributes();
    for (int i = 0; i < attributes.size(); i++) {
      Object value = attributes.value(i);
      if (plain[i]) {
        json.raw(forms[i].nestedText);
        json.plain((String) value);
        json.raw('\\', '"');
      } else {
        json.raw(forms[i].nested);
        write(value, json);
      }
    }
    json.raw(']');
  }

  private static void write(Object value, JsonBytes json) {
    if (value instanceof Long number) {
      json.number(number);
    } else if (value instanceof Double || value instanceof Boolean) {
      json.text(value.toString());
    } else if (value instanceof List<?> list) {
      json.raw('[');
      for (int i = 0; i < list.size(); i++) {
        write(list.get(i), json);
        json.raw(',');
      }
      json.end(']');
    } else {
      json.raw('\\', '"');
      json.nested((String) value);
      json.raw('\\', '"');
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
