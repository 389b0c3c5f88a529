package dev.logdash.mongo;

/**
 * Any Java text as a text that MongoDB keeps and orders as Java does.
 *
 * <p>Ports compare by UTF-16 unit and allow half a surrogate pair; MongoDB compares the bytes of
 * UTF-8, which has no such halves and puts U+E000 to U+FFFF before what needs a pair. So units from
 * U+D7FF on, which no letter has, become U+D7FF and their distance from it: everything then lies
 * below the surrogates, where both orders are one. Other text stays as it is and readable, and a
 * prefix stays a prefix.
 */
final class KeyText {

  private static final char ESCAPE = '\uD7FF';

  private KeyText() {}

  static String encode(String text) {
    int first = 0;
    while (first < text.length() && text.charAt(first) < ESCAPE) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    StringBuilder encoded = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < ESCAPE) {
        encoded.append(unit);
      } else {
        encoded.append(ESCAPE).append((char) (unit - ESCAPE));
      }
    }
    return encoded.toString();
  }

  static String decode(String encoded) {
    if (encoded.indexOf(ESCAPE) < 0) {
      return encoded;
    }
    StringBuilder text = new StringBuilder(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char unit = encoded.charAt(i);
      text.append(unit == ESCAPE ? (char) (encoded.charAt(++i) + ESCAPE) : unit);
    }
    return text.toString();
  }

  /** Greater than every encoded text that starts with this one, and smaller than the next. */
  static String behind(String encodedPrefix) {
    return encodedPrefix + ESCAPE + ESCAPE;
  }
}
