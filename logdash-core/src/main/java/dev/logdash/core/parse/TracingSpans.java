package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * The spans with their fields, and the target, that Rust's tracing prints between the level and the
 * text: {@code request{id=1}:query{n=2}: shop::cart: text}.
 */
final class TracingSpans {

  private TracingSpans() {}

  /**
   * Takes fields and target.
   *
   * @return where the text begins, or -1 if there are no spans here
   */
  static int read(byte[] b, int from, int to, LayoutParts parts) {
    if (Bytes.at(b, endOfName(b, from, to), to) != '{') {
      return -1;
    }
    int spansEnd = spans(b, from, to, null);
    int target = spansEnd < 0 ? to : Bytes.skipSpaces(b, spansEnd, to);
    int end = Bytes.endOfWord(b, target, to);
    if (end - 1 <= target
        || b[end - 1] != ':'
        || !LayoutWords.isLogger(b, target, end - 1)
        || parts.logger.isSet()) {
      return -1;
    }
    spans(b, from, to, parts);
    parts.spans.set(from, spansEnd - 1);
    parts.logger.set(target, end - 1);
    return Bytes.skipSpaces(b, end, to);
  }

  /** The names of spans without their fields: {@code request:query}. */
  static String names(byte[] b, int from, int end) {
    StringBuilder names = new StringBuilder();
    int at = from;
    while (at < end) {
      int open = Bytes.indexOf(b, at, end, '{');
      int stop = open < 0 ? end : open;
      names.append(new String(b, at, stop - at, UTF_8));
      int close = open < 0 ? -1 : LayoutWords.closing(b, open, end);
      at = close < 0 ? end : close + 1;
    }
    return names.toString();
  }

  /** Where the spans end, behind their colon; -1 if there are none. */
  private static int spans(byte[] b, int from, int to, @Nullable LayoutParts parts) {
    int at = from;
    while (true) {
      int end = endOfName(b, at, to);
      if (end == at) {
        return -1;
      }
      if (Bytes.at(b, end, to) == '{') {
        int close = LayoutWords.closing(b, end, to);
        if (close < 0 || !arePairs(b, end + 1, close)) {
          return -1;
        }
        if (parts != null) {
          parts.pair(b, end + 1, close);
        }
        end = close + 1;
      }
      if (Bytes.at(b, end, to) != ':') {
        return -1;
      }
      at = end + 1;
      if (Bytes.isSpace(Bytes.at(b, at, to))) {
        return at;
      }
    }
  }

  /** Whether no word would be lost where the range is taken for pairs. */
  private static boolean arePairs(byte[] b, int from, int to) {
    int at = from;
    do {
      int end = Bytes.endOfWord(b, at, to);
      if (!LayoutWords.isPair(b, at, end)) {
        return false;
      }
      at = Bytes.skipSpaces(b, end, to);
    } while (at < to);
    return true;
  }

  /** Modules in a name are apart by two colons. */
  private static int endOfName(byte[] b, int from, int to) {
    int at = from;
    while (at < to) {
      byte c = b[at];
      if (c == ':' && Bytes.at(b, at + 1, to) == ':') {
        at++;
      } else if (!Bytes.isLetter(c) && !Bytes.isDigit(c) && c != '_' && c != '-' && c != '.') {
        break;
      }
      at++;
    }
    return at;
  }
}
