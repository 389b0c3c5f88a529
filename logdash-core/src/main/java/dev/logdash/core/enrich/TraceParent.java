package dev.logdash.core.enrich;

import org.jspecify.annotations.Nullable;

/**
 * The parent of a span as W3C writes it: {@code 00-<32 digits>-<16 digits>-<2 digits>}, the digits
 * hexadecimal and small.
 */
record TraceParent(String traceId, String spanId) {

  private static final int LENGTH = 55;
  private static final int VERSION_END = 2;
  private static final int TRACE_END = 35;
  private static final int SPAN_END = 52;

  /** Reads a whole text; null if it is no traceparent. Later versions may have more at the end. */
  static @Nullable TraceParent parse(String text) {
    boolean ends =
        text.length() == LENGTH
            || (text.length() > LENGTH && text.charAt(LENGTH) == '-' && !text.startsWith("00"));
    return ends ? at(text, 0) : null;
  }

  /** The first one among the first characters of a text, with no word around it; else null. */
  static @Nullable TraceParent find(String text, int searched) {
    int last = Math.min(text.length(), searched) - LENGTH;
    int dash = text.indexOf('-', VERSION_END);
    while (dash >= 0 && dash - VERSION_END <= last) {
      int start = dash - VERSION_END;
      if (text.charAt(start + TRACE_END) == '-' && isWord(text, start)) {
        TraceParent found = at(text, start);
        if (found != null) {
          return found;
        }
      }
      dash = text.indexOf('-', dash + 1);
    }
    return null;
  }

  private static boolean isWord(String text, int start) {
    int end = start + LENGTH;
    return (start == 0 || !isPart(text.charAt(start - 1)))
        && (end == text.length() || !isPart(text.charAt(end)));
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_';
  }

  private static @Nullable TraceParent at(String text, int start) {
    boolean fits =
        text.charAt(start + VERSION_END) == '-'
            && text.charAt(start + TRACE_END) == '-'
            && text.charAt(start + SPAN_END) == '-'
            && isHex(text, start, start + VERSION_END)
            && !text.startsWith("ff", start)
            && isId(text, start + VERSION_END + 1, start + TRACE_END)
            && isId(text, start + TRACE_END + 1, start + SPAN_END)
            && isHex(text, start + SPAN_END + 1, start + LENGTH);
    return fits
        ? new TraceParent(
            text.substring(start + VERSION_END + 1, start + TRACE_END),
            text.substring(start + TRACE_END + 1, start + SPAN_END))
        : null;
  }

  // Zeros alone stand for none.
  private static boolean isId(String text, int from, int to) {
    boolean zeros = true;
    for (int i = from; i < to; i++) {
      zeros &= text.charAt(i) == '0';
    }
    return !zeros && isHex(text, from, to);
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }
}
