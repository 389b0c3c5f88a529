package dev.logdash.elasticsearch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** A part of what the server answered; what is not there is empty, 0 or false. */
record Answer(@Nullable Object value) {

  // What a document holds comes back in one, however long it is.
  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          // The names come from events, and none may keep the others from being read.
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  static final Answer NONE = new Answer(null);

  /** Reads an answer; one without a body is empty. */
  static Answer read(byte[] body) {
    if (body.length == 0) {
      return NONE;
    }
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      json.nextToken();
      return new Answer(value(json));
    }
  }

  Answer at(String... names) {
    Object at = value;
    for (String name : names) {
      at = at instanceof Map<?, ?> object ? object.get(name) : null;
    }
    return new Answer(at);
  }

  List<Answer> elements() {
    List<Answer> elements = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(element -> elements.add(new Answer(element)));
    }
    return elements;
  }

  /** The names of the parts. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    if (value instanceof Map<?, ?> object) {
      object.keySet().forEach(name -> names.add((String) name));
    }
    return names;
  }

  /** The elements as they are, to be sent back. */
  List<Object> raw() {
    List<Object> raw = new ArrayList<>();
    if (value instanceof List<?> list) {
      raw.addAll(list);
    }
    return raw;
  }

  boolean isThere() {
    return value != null;
  }

  String text() {
    return value == null ? "" : value.toString();
  }

  /** A number, or a text that is one. */
  long number() {
    if (value instanceof Number number) {
      return number.longValue();
    }
    return value instanceof String text && !text.isEmpty() ? Long.parseLong(text) : 0;
  }

  boolean flag() {
    return Boolean.TRUE.equals(value);
  }

  private static @Nullable Object value(JsonParser json) {
    switch (json.currentToken()) {
      case START_OBJECT:
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = json.currentName();
          json.nextToken();
          object.put(name, value(json));
        }
        return object;
      case START_ARRAY:
        List<@Nullable Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(json));
        }
        return list;
      case VALUE_TRUE:
      case VALUE_FALSE:
        return json.getBooleanValue();
      case VALUE_NUMBER_INT:
        return json.getLongValue();
      case VALUE_NUMBER_FLOAT:
        return json.getDoubleValue();
      case VALUE_NULL:
        return null;
      default:
        return json.getString();
    }
  }
}
