package dev.logdash.core.redact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text that a member of JSON holds as an array of numbers, one for each byte, as systemd's
 * journal writes what is not UTF-8 or has control characters in it. Who reads the record makes text
 * of it, so secrets are looked for in that.
 */
final class ByteText {

  private final int from;
  private final int to;
  private final byte[] bytes;

  private ByteText(int from, int to, byte[] bytes) {
    this.from = from;
    this.to = to;
    this.bytes = bytes;
  }

  /** Where the array begins. */
  int from() {
    return from;
  }

  /** Where it ends. */
  int to() {
    return to;
  }

  byte[] bytes() {
    return bytes;
  }

  /** A cheap look whether an array stands behind a colon, and the name of a member before it. */
  static boolean mayStandBehind(byte[] text, int colon, int start, int end) {
    if (colon == start || "\" ".indexOf(text[colon - 1]) < 0) {
      return false;
    }
    int from = Ascii.skipBlanks(text, colon + 1, end);
    return from < end && text[from] == '[';
  }

  /**
   * The text behind the colon of a member, or null if something else stands there.
   *
   * @param colon the index of the colon
   * @param end behind the last byte of the text
   */
  static @Nullable ByteText behind(byte[] text, int colon, int end) {
    return at(text, Ascii.skipBlanks(text, colon + 1, end), end);
  }

  /** As {@link #behind}, where an array begins. */
  static @Nullable ByteText at(byte[] text, int from, int end) {
    byte[] bytes = new byte[16];
    int count = 0;
    int at = from;
    while (at < end && text[at] != ']') {
      boolean separated = text[at] == (count == 0 ? '[' : ',');
      at = skipSpaces(text, at + 1, end);
      // Numbers in quotes are read alike.
      boolean quoted = at < end && text[at] == '"';
      at += quoted ? 1 : 0;
      int first = at;
      int value = 0;
      while (at < end && at < first + 3 && Ascii.isDigit(text[at])) {
        value = 10 * value + text[at++] - '0';
      }
      if (!separated || at == first || value > 255 || (quoted && !isQuote(text, at, end))) {
        return null;
      }
      at = skipSpaces(text, quoted ? at + 1 : at, end);
      if (count == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * count);
      }
      bytes[count++] = (byte) value;
    }
    return at < end && count > 0 ? new ByteText(from, at + 1, Arrays.copyOf(bytes, count)) : null;
  }

  /** A string of JSON for a text that this becomes. */
  static String json(byte[] redacted) {
    String text = new String(redacted, UTF_8);
    StringBuilder json = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(c == '\n' ? "\\n" : c == '\t' ? "\\t" : c == '\r' ? "\\r" : unicode(c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private static String unicode(char control) {
    return "\\u00" + (control < 0x10 ? "0" : "") + Integer.toHexString(control);
  }

  private static boolean isQuote(byte[] text, int at, int end) {
    return at < end && text[at] == '"';
  }

  private static int skipSpaces(byte[] text, int from, int end) {
    int at = from;
    while (at < end && Ascii.isSpace(text[at])) {
      at++;
    }
    return at;
  }
}
