package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Decodes the inner part of JSON strings that were found valid. */
final class JsonStrings {

  private static final char REPLACEMENT = '\uFFFD';

  private JsonStrings() {}

  /** The text of a string; half a surrogate pair becomes U+FFFD, since no store can hold it. */
  static String unescape(byte[] b, int from, int to) {
    int at = Bytes.indexOf(b, from, to, '\\');
    if (at < 0) {
      return new String(b, from, to - from, UTF_8);
    }
    StringBuilder text = new StringBuilder(to - from);
    int plain = from;
    while (at >= 0) {
      text.append(new String(b, plain, at - plain, UTF_8));
      at = appendEscape(b, at + 1, to, text);
      plain = at;
      at = Bytes.indexOf(b, at, to, '\\');
    }
    return text.append(new String(b, plain, to - plain, UTF_8)).toString();
  }

  /** Takes the backslash away where it stands before a quote, and nowhere else. */
  static String unescapeQuotes(byte[] b, int from, int to) {
    return new String(b, from, to - from, UTF_8).replace("\\\"", "\"");
  }

  private static int appendEscape(byte[] b, int at, int to, StringBuilder text) {
    switch (b[at]) {
      case 'n':
        text.append('\n');
        break;
      case 't':
        text.append('\t');
        break;
      case 'r':
        text.append('\r');
        break;
      case 'b':
        text.append('\b');
        break;
      case 'f':
        text.append('\f');
        break;
      case 'u':
        return appendUnicode(b, at + 1, to, text);
      default:
        text.append((char) b[at]);
        break;
    }
    return at + 1;
  }

  private static int appendUnicode(byte[] b, int at, int to, StringBuilder text) {
    char c = hex(b, at);
    if (!Character.isSurrogate(c)) {
      text.append(c);
      return at + 4;
    }
    if (Character.isHighSurrogate(c)
        && at + 10 <= to
        && b[at + 4] == '\\'
        && b[at + 5] == 'u'
        && Character.isLowSurrogate(hex(b, at + 6))) {
      text.append(c).append(hex(b, at + 6));
      return at + 10;
    }
    text.append(REPLACEMENT);
    return at + 4;
  }

  private static char hex(byte[] b, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      value = value << 4 | Character.digit(b[i], 16);
    }
    return (char) value;
  }
}
