package dev.logdash.elasticsearch;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.text.Tokenizer;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The document of an event. */
final class EventDocument {

  private static final JsonFactory JSON = new JsonFactory();
  private static final List<String> FIXED =
      List.of(
          EcsFields.TIMESTAMP,
          EcsFields.MESSAGE,
          EcsFields.LOG_LEVEL,
          EcsFields.SEVERITY,
          EcsFields.SERVICE_NAME,
          EcsFields.TRACE_ID,
          EcsFields.SPAN_ID,
          EcsFields.LOG_SOURCE);

  private final Tokenizer tokenizer = new Tokenizer();
  private final LogEvent event;

  private EventDocument(LogEvent event) {
    this.event = event;
  }

  /** The document, as JSON in UTF-8 without a line feed. */
  static byte[] of(LogEvent event) {
    StringWriter text = new StringWriter(2_048);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      new EventDocument(event).write(json);
    }
    // What is no character has become U+FFFD before, or an escape in the text of the event.
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write(JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty(IndexFields.TIME, event.timestampNanos());
    json.writeNumberProperty(IndexFields.MILLIS, event.timestampNanos() / 1_000_000);
    json.writeStringProperty(IndexFields.PRODUCER, event.producer());
    json.writeNumberProperty(IndexFields.SEQ, event.seq());
    json.writeStringProperty(IndexFields.ID, event.id());
    json.writeStringProperty(IndexFields.DATASET, event.dataset());
    array(json, IndexFields.VALUES, values());
    for (String field : IndexFields.GROUPED) {
      Set<String> keys = new TreeSet<>();
      EventFields.values(event, field).forEach(value -> keys.add(EventFields.groupKey(value)));
      array(json, IndexFields.column(field), keys);
    }
    texts(json);
    json.writeStringProperty(IndexFields.EVENT, EventText.write(event));
    json.writeEndObject();
  }

  private Set<String> values() {
    Set<String> terms = new TreeSet<>();
    FIXED.forEach(name -> addValues(name, terms));
    event
        .attributes()
        .forEach(
            (name, value) -> {
              if (!EventFields.isFixed(name)) {
                addValues(name, terms);
              }
            });
    return terms;
  }

  private void addValues(String name, Set<String> terms) {
    if (name.equals(EcsFields.TIMESTAMP)) {
      return;
    }
    EventFields.anyValue(
        event,
        name,
        value -> {
          terms.add(IndexFields.existence(name));
          if (!EventFields.isText(name)) {
            addValue(name, value, terms);
          }
          return false;
        });
  }

  private static void addValue(String name, Object value, Set<String> terms) {
    String folded = Tokenizer.fold(EventFields.text(value));
    if (value instanceof Number) {
      terms.add(IndexFields.term(name, IndexFields.NUMBER_VALUE, folded));
    } else {
      terms.add(IndexFields.term(name, IndexFields.TEXT_VALUE, folded));
    }
    if (value instanceof Long number) {
      terms.add(IndexFields.term(name, IndexFields.LONG_VALUE, IndexFields.sortable(number)));
    } else if (value instanceof Double number) {
      terms.add(IndexFields.term(name, IndexFields.DOUBLE_VALUE, IndexFields.sortable(number)));
    }
  }

  private void texts(JsonGenerator json) {
    array(json, IndexFields.MESSAGE, List.of(tokens(event.message())));
    Attributes attributes = event.attributes();
    StringList rest = new StringList();
    for (String fixed :
        List.of(event.service(), event.severityText(), event.traceId(), event.spanId())) {
      rest.add(tokens(fixed));
    }
    for (int i = 0; i < attributes.size(); i++) {
      String name = attributes.name(i);
      boolean own = EventFields.isText(name) && !EventFields.isFixed(name);
      StringList texts = own ? new StringList() : rest;
      if (attributes.value(i) instanceof String text) {
        texts.add(tokens(text));
      } else if (attributes.value(i) instanceof List<?> list) {
        list.forEach(element -> texts.add(tokens((String) element)));
      }
      if (own) {
        array(json, IndexFields.textField(name), texts.list());
      }
    }
    array(json, IndexFields.REST, rest.list());
  }

  /** The tokens of a text between blanks, which no token contains. */
  private String tokens(String text) {
    tokenizer.reset(text);
    StringBuilder tokens = new StringBuilder(text.length());
    while (tokenizer.advance()) {
      if (tokens.length() > 0) {
        tokens.append(' ');
      }
      tokens.append(tokenizer.buffer(), 0, tokenizer.length());
    }
    return tokens.toString();
  }

  private static void array(JsonGenerator json, String name, Iterable<String> texts) {
    json.writeName(name);
    json.writeStartArray();
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  /** Texts that are not empty. */
  private static final class StringList {
    private final List<String> texts = new ArrayList<>();

    void add(String text) {
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }

    List<String> list() {
      return texts;
    }
  }
}
