package dev.logdash.notify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads what was written, by the parser of the library. */
final class Json {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final String ID = "Message\n";

  private Json() {}

  /** Objects as maps, arrays as lists, numbers as texts. */
  static Object parse(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      return value(parser);
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static List<Object> array(Object value) {
    return (List<Object>) value;
  }

  /** All texts and numbers of a document and the names of its members, each on a line. */
  static String texts(String text) {
    List<String> texts = new ArrayList<>();
    collect(parse(text), texts);
    return texts.stream().map(Json::unescaped).collect(Collectors.joining("\n"));
  }

  /** Slack has no headers, so the id stands among the facts. */
  static String idOfSlack(String text) {
    List<String> texts = new ArrayList<>();
    collect(parse(text), texts);
    return texts.stream()
        .filter(each -> each.startsWith(ID))
        .map(each -> each.substring(ID.length()))
        .findFirst()
        .orElseThrow();
  }

  /** What Slack makes of its three escapes. */
  static String unescaped(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  private static void collect(Object value, List<String> texts) {
    if (value instanceof Map<?, ?> members) {
      members.forEach(
          (name, member) -> {
            texts.add(name.toString());
            collect(member, texts);
          });
    } else if (value instanceof List<?> elements) {
      elements.forEach(element -> collect(element, texts));
    } else {
      texts.add(String.valueOf(value));
    }
  }

  private static Object value(JsonParser parser) {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> members = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        members.put(name, value(parser));
      }
      return members;
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<Object> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(value(parser));
      }
      return elements;
    }
    return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getString();
  }
}
