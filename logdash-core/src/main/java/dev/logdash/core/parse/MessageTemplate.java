package dev.logdash.core.parse;

import java.util.List;

/**
 * The message of a record of Serilog, which has the template and what stands in its places as
 * members of their own: in the compact format {@code @mt} ({@code {Name} paid}), and in {@code @r}
 * those that are formatted, in their order; in the other {@code MessageTemplate} and {@code
 * Properties}. A place of which nothing is known stays as it is.
 */
final class MessageTemplate {

  private static final String COMPACT = "@mt";
  private static final String LONG = "MessageTemplate";
  private static final String PROPERTIES = "Properties.";

  private static final String RENDERINGS = "@r";
  static final int LONGEST_NAME = 128;
  static final int MOST_FILLED = 65_536;

  private MessageTemplate() {}

  /** Whether a template was read so far. */
  static boolean isIn(FieldSink sink) {
    return sink.contains(COMPACT);
  }

  /** Puts the message if the record has a template. */
  static void put(FieldSink sink) {
    boolean compact = sink.contains(COMPACT);
    String template = sink.text(compact ? COMPACT : LONG);
    if (!template.isEmpty()) {
      sink.message(filled(template, compact ? "" : PROPERTIES, sink));
    }
  }

  static String filled(CharSequence template, String prefix, FieldSink sink) {
    StringBuilder message = new StringBuilder(template.length() + 32);
    // A value may be asked for again and again; behind so much the places stay as they are.
    int longest = template.length() + MOST_FILLED;
    int rendered = 0;
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      boolean doubled = at + 1 < template.length() && template.charAt(at + 1) == c;
      if ((c == '{' || c == '}') && doubled) {
        message.append(c);
        at += 2;
        continue;
      }
      int close = c == '{' ? closing(template, at) : -1;
      if (close < 0) {
        message.append(c);
        at++;
        continue;
      }
      String place = template.subSequence(at + 1, close).toString();
      int format = place.indexOf(':');
      String value = format < 0 || message.length() > longest ? "" : rendering(rendered++, sink);
      value = value.isEmpty() && message.length() <= longest ? value(prefix, place, sink) : value;
      message.append(value.isEmpty() ? template.subSequence(at, close + 1) : value);
      at = close + 1;
    }
    return message.toString();
  }

  private static int closing(CharSequence template, int open) {
    int limit = Math.min(template.length(), open + LONGEST_NAME + 1);
    for (int at = open + 1; at < limit; at++) {
      if (template.charAt(at) == '}') {
        return at;
      }
    }
    return -1;
  }

  private static String rendering(int index, FieldSink sink) {
    Object renderings = sink.get(RENDERINGS);
    if (renderings instanceof List<?> list) {
      return index < list.size() ? String.valueOf(list.get(index)) : "";
    }
    return index == 0 && renderings != null ? renderings.toString() : "";
  }

  private static String value(String prefix, String place, FieldSink sink) {
    int end = 0;
    while (end < place.length() && place.charAt(end) != ',' && place.charAt(end) != ':') {
      end++;
    }
    int start = end > 0 && (place.charAt(0) == '@' || place.charAt(0) == '$') ? 1 : 0;
    String name = place.substring(start, end);
    if (name.isEmpty()) {
      return "";
    }
    if (!prefix.isEmpty()) {
      return sink.text(prefix + name);
    }
    Key key = KnownKeys.of(name);
    // A duration has another unit now.
    return sink.contains(name) || key.role() == Key.Role.DURATION
        ? sink.text(name)
        : sink.text(key.field());
  }
}
