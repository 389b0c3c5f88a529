package dev.logdash.core.template;

import java.util.Locale;

/**
 * A statement as far as its lines tell it.
 *
 * @param id 16 hexadecimal digits, made of the certain words and the places of the others alone:
 *     the same in every process that has learned the same
 * @param text the message with placeholders, such as {@code Failed password for <*> from <ip>}
 */
public record Template(String id, String text) {

  /** The statement of a native event, which names its logger and its format string. */
  public static Template exact(String logger, String format) {
    return new Template(id(logger + '\n' + format), format);
  }

  static Template mined(String pattern, String text) {
    return new Template(id(pattern), text);
  }

  private static String id(String certain) {
    char[] chars = certain.toCharArray();
    return String.format(Locale.ROOT, "%016x", Hash.of(chars, 0, chars.length));
  }
}
