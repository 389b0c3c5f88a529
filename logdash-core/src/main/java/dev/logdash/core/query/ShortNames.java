package dev.logdash.core.query;

import dev.logdash.api.event.EcsFields;
import java.util.List;
import java.util.Map;

/**
 * Names that people write for attributes. A log may have an attribute of the very name, so a short
 * name asks for both; a backslash in front of it asks for that attribute alone.
 */
final class ShortNames {

  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "status", EcsFields.HTTP_STATUS,
          "method", EcsFields.HTTP_METHOD,
          "path", EcsFields.URL_PATH,
          "route", EcsFields.HTTP_ROUTE,
          "logger", EcsFields.LOGGER,
          "thread", EcsFields.THREAD_NAME,
          "host", EcsFields.HOST_NAME,
          "exception", EcsFields.ERROR_TYPE);

  private ShortNames() {}

  static boolean contains(String field) {
    return ATTRIBUTES.containsKey(field);
  }

  /** Whether a name, as written, is a part of every event or short for a field. */
  static boolean isKnown(String written) {
    String name = Lexer.unescape(written);
    return contains(name) || EventFields.isFixed(EventFields.canonicalName(name));
  }

  /**
   * The canonical names of the fields that a name asks for.
   *
   * @param written the name as it stands in the query, with its escapes
   */
  static List<String> fields(String written) {
    String attribute = ATTRIBUTES.get(written);
    String canonical = EventFields.canonicalName(Lexer.unescape(written));
    return attribute == null ? List.of(canonical) : List.of(attribute, canonical);
  }
}
