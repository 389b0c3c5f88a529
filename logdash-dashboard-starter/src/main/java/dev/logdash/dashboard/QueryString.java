package dev.logdash.dashboard;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of an address. The container's own view would also read a body that calls
 * itself a form, as that of a plain {@code curl --data-binary} does.
 */
final class QueryString {

  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * @throws Problem if it is not encoded as it should be, or names something twice
   */
  QueryString(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return;
    }
    for (String part : raw.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = decode(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : decode(part.substring(equals + 1));
      if (!name.isEmpty() && values.put(name, value) != null) {
        throw Problem.badRequest("parameter", name + " is given twice");
      }
    }
  }

  String value(String name) {
    return values.getOrDefault(name, "");
  }

  Set<String> names() {
    return values.keySet();
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("parameter", "the query string is not encoded as it should be");
    }
  }
}
