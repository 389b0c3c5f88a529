package dev.logdash.core.parse;

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
    parts.logger.set(target, end - 1);
    return Bytes.skipSpaces(b, end, to);
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
        int fieldEnd = close < 0 ? -1 : Bytes.endOfWord(b, end + 1, close);
        if (close < 0 || !LayoutWords.isPair(b, end + 1, fieldEnd)) {
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

  /** Modules in a name are apart by two colons; a name may have two words. */
  private static int endOfName(byte[] b, int from, int to) {
    int at = from;
    boolean words = false;
    while (at < to) {
      byte c = b[at];
      if (c == ':' && Bytes.at(b, at + 1, to) == ':') {
        at++;
      } else if (c == ' ' && !words && at > from) {
        words = true;
      } else if (!Bytes.isLetter(c) && !Bytes.isDigit(c) && c != '_' && c != '-' && c != '.') {
        break;
      }
      at++;
    }
    return at;
  }
}
