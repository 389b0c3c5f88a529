package dev.logdash.core.parse;

import dev.logdash.core.parse.multiline.Continuation;

/** What the words and brackets of a layout look like. */
final class LayoutWords {

  static final int LONGEST = 256;

  private static final WordTable ZONES =
      new WordTable(
          "est edt cst cdt mst mdt pst pdt akst akdt hst ast adt nst ndt brt art wet west bst ist cet"
              + " cest mez mesz eet eest msk sast gst pkt sgt hkt awst jst kst aest aedt acst acdt nzst"
              + " nzdt");
  private static final String[] AREAS = {
    "America/", "Europe/", "Asia/", "Africa/", "Australia/", "Pacific/", "Atlantic/", "Etc/"
  };

  private static final boolean[] LOGGER_BYTES = Bytes.wordTable(".$_-/#:@*", false);

  private LayoutWords() {}

  /** Whether the range names a zone; which it is, the letters alone do not say for sure. */
  static boolean isZone(byte[] b, int from, int end) {
    if (end - from <= 4) {
      return isUpperCase(b, from, end) && ZONES.get(b, from, end) > 0;
    }
    for (String area : AREAS) {
      if (Bytes.startsWith(b, from, end, area)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the range can be the name of a logger. */
  static boolean isLogger(byte[] b, int from, int end) {
    if (end <= from
        || end - from > LONGEST
        || !(Bytes.isLetter(b[from]) || b[from] == '_' || b[from] == '#')) {
      return false;
    }
    for (int at = from + 1; at < end; at++) {
      if (!LOGGER_BYTES[b[at] & 0xff]) {
        return false;
      }
    }
    return !mayEndThrowable(b, from, end) || Continuation.endOfExceptionType(b, from, end) < 0;
  }

  // The names of throwables end in Exception, Error, Throwable or Failure.
  private static boolean mayEndThrowable(byte[] b, int from, int end) {
    if (end - from < 8) {
      return false;
    }
    byte last = b[end - 1];
    byte other = b[end - 2];
    return other == 'o'
        ? last == 'n' || last == 'r'
        : last == 'e' && (other == 'l' || other == 'r');
  }

  /** Whether the range is {@code shop::cart} or {@code shop.cart}, and nothing but such names. */
  static boolean isModule(byte[] b, int from, int end) {
    if (!isLogger(b, from, end)) {
      return false;
    }
    if (Bytes.indexOf(b, from, end, "::") > 0) {
      return true;
    }
    int dots = 0;
    for (int at = from; at < end; at++) {
      if (b[at] == '.') {
        dots++;
        if (at + 1 == end || !(Bytes.isLetter(b[at + 1]) || b[at + 1] == '_')) {
          return false;
        }
      } else if (!Bytes.isLetter(b[at]) && b[at] != '_' && !Bytes.isDigit(b[at])) {
        return false;
      }
    }
    return dots > 0;
  }

  /** Whether the range is the full name of a Java class or of a method of one. */
  static boolean isClass(byte[] b, int from, int end) {
    if (!isLogger(b, from, end) || b[end - 1] == ':') {
      return false;
    }
    int dots = 0;
    int part = from;
    boolean upper = false;
    for (int at = from; at <= end; at++) {
      if (at == end || b[at] == '.') {
        if (at == part) {
          return false;
        }
        // The class may have a method behind it.
        upper = (b[part] >= 'A' && b[part] <= 'Z') || (upper && at == end);
        dots += at < end ? 1 : 0;
        part = at + 1;
      }
    }
    return dots >= 2 && upper;
  }

  /** As in: 98.50%, 0.123s */
  static boolean isMeasure(byte[] b, int from, int end) {
    byte last = b[end - 1];
    if ((last != '%' && last != 's') || !Bytes.isDigit(b[from])) {
      return false;
    }
    int point = Bytes.endOfDigits(b, from, end);
    return b[point] == '.' && Bytes.endOfDigits(b, point + 1, end) == end - 1;
  }

  /** Whether the range is the full name of a method of a Java class. */
  static boolean isMethod(byte[] b, int from, int end) {
    int dot = end - 1;
    while (dot > from && b[dot] != '.') {
      dot--;
    }
    int type = dot - 1;
    while (type > from && b[type - 1] != '.') {
      type--;
    }
    return type > from
        && dot + 1 < end
        && b[dot + 1] >= 'a'
        && b[dot + 1] <= 'z'
        && b[type] >= 'A'
        && b[type] <= 'Z'
        && isClass(b, from, end);
  }

  /** Where the word ends that starts here; a bracket or a bar ends it too. */
  static int endOfItem(byte[] b, int from, int to) {
    int at = Bytes.endOfItem(b, from, to);
    return at == from ? Math.min(from + 1, to) : at;
  }

  /** Where the bracket that opens here closes, brackets inside of it counted; or -1. */
  static int closing(byte[] b, int from, int to) {
    byte open = b[from];
    byte close = open == '(' ? (byte) ')' : (byte) (open + 2);
    int depth = 0;
    int limit = Math.min(to, from + LONGEST);
    for (int at = from; at < limit; at++) {
      if (b[at] == open) {
        depth++;
      } else if (b[at] == close && --depth == 0) {
        return at;
      }
    }
    return -1;
  }

  static boolean isOpening(byte c) {
    return c == '[' || c == '(' || c == '{' || c == '<';
  }

  /** Whether a dash, bar or colon, up to three of them, stands here apart. */
  static boolean isSeparator(byte[] b, int at, int to) {
    byte c = Bytes.at(b, at, to);
    if (c != '-' && c != '|' && c != ':') {
      return false;
    }
    int end = at;
    while (end < to && b[end] == c) {
      end++;
    }
    return end - at <= 3 && (end == to || Bytes.isSpace(b[end]) || c == '|');
  }

  static int skipSeparators(byte[] b, int from, int to) {
    int at = from;
    while (at < to && (Bytes.isSpace(b[at]) || "|-:,".indexOf(b[at]) >= 0)) {
      at++;
    }
    return at;
  }

  static boolean isUpperCase(byte[] b, int from, int end) {
    for (int at = from; at < end; at++) {
      if (b[at] >= 'a' && b[at] <= 'z') {
        return false;
      }
    }
    return true;
  }

  /** Whether the range is {@code key=value} or {@code key=}. */
  static boolean isPair(byte[] b, int from, int end) {
    int equals = Bytes.indexOf(b, from, end, '=');
    return equals > from && isLogger(b, from, equals);
  }

  /** Whether the range is a trace id and a span id of 16 or 32 and 16 hexadecimal digits. */
  static boolean isTraceAndSpan(byte[] b, int from, int middle, int end) {
    int length = middle - from;
    return (length == 32 || length == 16)
        && end - middle == 17
        && isHex(b, from, middle)
        && isHex(b, middle + 1, end);
  }

  private static boolean isHex(byte[] b, int from, int end) {
    for (int at = from; at < end; at++) {
      int lower = b[at] | 0x20;
      if (!Bytes.isDigit(b[at]) && (lower < 'a' || lower > 'f')) {
        return false;
      }
    }
    return from < end;
  }
}
