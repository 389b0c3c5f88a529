package dev.logdash.core.json;

import dev.logdash.api.error.BackendException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Documents as JSON: objects of texts, numbers, booleans, lists and objects. What cannot be read is
 * a {@link BackendException.Misconfigured}; there is no value of its own for what is missing.
 */
public final class JsonDocument {

  private static final JsonFactory JSON = new JsonFactory();

  private final String what;
  private final Map<String, Object> fields;

  private JsonDocument(String what, Map<String, Object> fields) {
    this.what = what;
    this.fields = fields;
  }

  public static String write(Map<String, ?> object) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(json, object);
    }
    return text.toString();
  }

  /**
   * Reads an object.
   *
   * @param what names the document in an error; its text does not show there
   */
  public static JsonDocument read(String what, String text) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        return new JsonDocument(what, object(json));
      }
    } catch (JacksonException e) {
      throw new BackendException.Misconfigured("the document " + what + " cannot be read", e);
    }
    throw new BackendException.Misconfigured("the document " + what + " is no object", null);
  }

  public String text(String name) {
    return as(String.class, name);
  }

  public long number(String name) {
    return as(Long.class, name);
  }

  /** A number that need not be whole. */
  public double real(String name) {
    Object value = fields.get(name);
    return value instanceof Long whole ? whole.doubleValue() : as(Double.class, name);
  }

  public boolean isNumber(String name) {
    return fields.get(name) instanceof Number;
  }

  /** Refuses a document that a newer version wrote. */
  public void requireFormat(String name, long newest) {
    if (number(name) > newest) {
      throw new BackendException.Misconfigured(
          "the document " + what + " was written by a newer version of logdash", null);
    }
  }

  public boolean flag(String name) {
    return as(Boolean.class, name);
  }

  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    List<?> elements = as(List.class, name);
    for (Object element : elements) {
      texts.add(cast(String.class, name, element));
    }
    return texts;
  }

  public JsonDocument object(String name) {
    Map<String, Object> parts = new LinkedHashMap<>();
    Map<?, ?> object = as(Map.class, name);
    object.forEach((key, value) -> parts.put((String) key, value));
    return new JsonDocument(what, parts);
  }

  public List<JsonDocument> objects(String name) {
    List<JsonDocument> objects = new ArrayList<>();
    List<?> elements = as(List.class, name);
    for (Object element : elements) {
      Map<String, Object> parts = new LinkedHashMap<>();
      Map<?, ?> object = cast(Map.class, name, element);
      object.forEach((key, value) -> parts.put((String) key, value));
      objects.add(new JsonDocument(what, parts));
    }
    return objects;
  }

  private <T> T as(Class<T> type, String name) {
    return cast(type, name, fields.get(name));
  }

  private <T> T cast(Class<T> type, String name, @Nullable Object value) {
    if (!type.isInstance(value)) {
      throw new BackendException.Misconfigured(
          "the document " + what + " has no right value of " + name, null);
    }
    return type.cast(value);
  }

  private static void write(JsonGenerator json, Object value) {
    if (value instanceof Map<?, ?> object) {
      json.writeStartObject();
      object.forEach(
          (name, part) -> {
            json.writeName((String) name);
            write(json, part);
          });
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      list.forEach(part -> write(json, part));
      json.writeEndArray();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else {
      json.writeString((String) value);
    }
  }

  private static Map<String, Object> object(JsonParser json) {
    Map<String, Object> object = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      object.put(name, value(json));
    }
    return object;
  }

  private static Object value(JsonParser json) {
    switch (json.currentToken()) {
      case START_OBJECT:
        return object(json);
      case START_ARRAY:
        List<Object> list = new ArrayList<>();
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
      default:
        return json.getString();
    }
  }
}
