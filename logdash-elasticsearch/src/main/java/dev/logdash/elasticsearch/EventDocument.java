package dev.logdash.elasticsearch;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.table.QuantileSketch;
import dev.logdash.core.text.Tokenizer;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes the documents of events, one after the other. Not safe for use by several threads. */
final class EventDocument {

  private static final List<String> FIXED =
      List.of(
          EcsFields.MESSAGE,
          EcsFields.LOG_LEVEL,
          EcsFields.SEVERITY,
          EcsFields.SERVICE_NAME,
          EcsFields.TRACE_ID,
          EcsFields.SPAN_ID,
          EcsFields.LOG_SOURCE);
  private static final List<String> COLUMNS =
      IndexFields.GROUPED.stream().map(IndexFields::column).toList();

  private static final List<String> NUMBERS =
      IndexFields.MEASURED.stream().map(IndexFields::numbers).toList();
  private static final List<String> BUCKETS =
      IndexFields.MEASURED.stream().map(IndexFields::buckets).toList();

  private final Tokenizer tokenizer = new Tokenizer();
  private final Chars chars = new Chars();

  /** Writes the document of an event. */
  void write(LogEvent event, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty(IndexFields.TIME, event.timestampNanos());
    json.writeNumberProperty(IndexFields.MILLIS, event.timestampNanos() / 1_000_000);
    json.writeStringProperty(IndexFields.PRODUCER, EventText.wellFormed(event.producer()));
    json.writeNumberProperty(IndexFields.SEQ, event.seq());
    json.writeStringProperty(IndexFields.ID, EventText.wellFormed(event.id()));
    json.writeStringProperty(IndexFields.DATASET, EventText.wellFormed(event.dataset()));
    values(event, json);
    for (int i = 0; i < COLUMNS.size(); i++) {
      column(event, json, COLUMNS.get(i), IndexFields.GROUPED.get(i));
    }
    for (int i = 0; i < NUMBERS.size(); i++) {
      measured(event, json, i);
    }
    texts(event, json);
    EventText.write(event, chars);
    json.writeName(IndexFields.EVENT);
    write(json);
    json.writeEndObject();
  }

  private static void column(LogEvent event, JsonGenerator json, String column, String field) {
    List<Object> values = EventFields.values(event, field);
    if (values.isEmpty()) {
      return;
    }
    json.writeName(column);
    json.writeStartArray();
    for (Object value : values) {
      json.writeString(EventFields.groupKey(value));
    }
    json.writeEndArray();
  }

  private static void measured(LogEvent event, JsonGenerator json, int i) {
    List<Object> values = EventFields.values(event, IndexFields.MEASURED.get(i));
    if (values.size() == 1
        && values.get(0) instanceof Long number
        && number >= 0
        && number <= IndexFields.MAX_MEASURED) {
      json.writeNumberProperty(NUMBERS.get(i), number);
      json.writeNumberProperty(BUCKETS.get(i), QuantileSketch.bucket(number));
    }
  }

  private void values(LogEvent event, JsonGenerator json) {
    json.writeName(IndexFields.VALUES);
    json.writeStartArray();
    FIXED.forEach(name -> addValues(event, name, json));
    event
        .attributes()
        .forEach(
            (name, value) -> {
              if (!EventFields.isFixed(name)) {
                addValues(event, name, json);
              }
            });
    json.writeEndArray();
  }

  private void addValues(LogEvent event, String name, JsonGenerator json) {
    List<Object> values = EventFields.values(event, name);
    if (values.isEmpty()) {
      return;
    }
    String existence = EventText.wellFormed(IndexFields.existence(name));
    json.writeString(existence);
    if (!EventFields.isText(name)) {
      values.forEach(value -> addValue(existence, value, json));
    }
  }

  private void addValue(String existence, Object value, JsonGenerator json) {
    String folded = Tokenizer.fold(EventFields.text(value));
    boolean isNumber = value instanceof Number;
    term(existence, isNumber ? IndexFields.NUMBER_VALUE : IndexFields.TEXT_VALUE, folded, json);
    if (value instanceof Long number) {
      term(existence, IndexFields.LONG_VALUE, IndexFields.sortable(number), json);
    } else if (value instanceof Double number) {
      term(existence, IndexFields.DOUBLE_VALUE, IndexFields.sortable(number), json);
    }
  }

  private void term(String existence, char kind, String value, JsonGenerator json) {
    chars.reset();
    chars.write(existence);
    chars.write(kind);
    chars.write(value);
    write(json);
  }

  private void texts(LogEvent event, JsonGenerator json) {
    Attributes attributes = event.attributes();
    text(json, IndexFields.MESSAGE, event.message());
    for (int i = 0; i < attributes.size(); i++) {
      if (isOwn(attributes.name(i))) {
        text(json, IndexFields.textField(attributes.name(i)), attributes.value(i));
      }
    }
    json.writeName(IndexFields.REST);
    json.writeStartArray();
    tokens(json, event.service());
    tokens(json, event.severityText());
    tokens(json, event.traceId());
    tokens(json, event.spanId());
    for (int i = 0; i < attributes.size(); i++) {
      if (!isOwn(attributes.name(i))) {
        tokens(json, attributes.value(i));
      }
    }
    json.writeEndArray();
  }

  private static boolean isOwn(String attribute) {
    return EventFields.isText(attribute) && !EventFields.isFixed(attribute);
  }

  private void text(JsonGenerator json, String field, Object value) {
    json.writeName(field);
    json.writeStartArray();
    tokens(json, value);
    json.writeEndArray();
  }

  /** The tokens of each text between blanks, which no token contains. */
  private void tokens(JsonGenerator json, Object value) {
    if (value instanceof List<?> list) {
      list.forEach(element -> tokens(json, element));
    } else if (value instanceof String text) {
      chars.reset();
      tokenizer.reset(text);
      while (tokenizer.advance()) {
        if (chars.length() > 0) {
          chars.write(' ');
        }
        chars.write(tokenizer.buffer(), 0, tokenizer.length());
      }
      if (chars.length() > 0) {
        write(json);
      }
    }
  }

  private void write(JsonGenerator json) {
    json.writeString(chars.array(), 0, chars.length());
  }
}
