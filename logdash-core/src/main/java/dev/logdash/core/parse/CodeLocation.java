package dev.logdash.core.parse;

/** The place in the code that a log call stands at, as layouts print it. */
final class CodeLocation {

  private static final String[] SUFFIXES = {
    ".java", ".kt", ".scala", ".py", ".go", ".rs", ".c", ".cc", ".cpp", ".js", ".ts", ".rb", ".cs"
  };

  private CodeLocation() {}

  /**
   * Whether the range is a place: {@code Shop.java:12}, {@code a.b.Shop:12}, {@code
   * a.b.Shop.buy()}, {@code Shop.buy():12} or {@code a.b.Shop.buy(Shop.java:12)}.
   */
  static boolean is(byte[] b, int from, int to) {
    if (from >= to || (b[to - 1] != ')' && !Bytes.isDigit(b[to - 1]))) {
      return false;
    }
    int line = startOfLine(b, from, to);
    if (line > 0 && isName(b, from, line - 1)) {
      return true;
    }
    int open = Bytes.indexOf(b, from, to, '(');
    if (open < 0 || !isName(b, from, open)) {
      return false;
    }
    int close = Bytes.indexOf(b, open, to, ')');
    if (close < 0) {
      return false;
    }
    boolean ended = close + 1 == to || (line == close + 2 && line > 0);
    return ended && (close == open + 1 || startOfLine(b, open + 1, close) > 0);
  }

  /** Whether the range is {@code shop.c:42:buy}, as GlusterFS prints it. */
  static boolean isCall(byte[] b, int from, int to) {
    int last = to;
    while (last > from && b[last - 1] != ':') {
      last--;
    }
    return last > from && last < to && isName(b, last, to) && isFileWithLine(b, from, last - 1);
  }

  /** Whether the range is {@code shop/cart.go:42}. */
  static boolean isFileWithLine(byte[] b, int from, int to) {
    int line = from < to ? startOfLine(b, from, to) : -1;
    return line > 0 && isName(b, from, line - 1) && isFile(b, from, line - 1);
  }

  /** Whether the range is {@code a.b.Shop:42}. */
  static boolean isClassWithLine(byte[] b, int from, int to) {
    int line = startOfLine(b, from, to);
    return line > 0 && !isFile(b, from, line - 1) && isName(b, from, line - 1);
  }

  /** Puts what a place says; a class whose name has packages is a logger. */
  static void put(byte[] b, int from, int to, FieldSink sink) {
    int open = Bytes.indexOf(b, from, to, '(');
    int close = open < 0 ? -1 : Bytes.indexOf(b, open, to, ')');
    if (close > open + 1) {
      put(b, open + 1, close, sink);
    }
    int line = startOfLine(b, close < 0 ? from : close, to);
    if (line > 0) {
      sink.put(Names.ORIGIN_LINE, Bytes.number(b, line, to));
    }
    int end = open >= 0 ? open : line > 0 ? line - 1 : to;
    if (isFile(b, from, end)) {
      sink.put(Names.ORIGIN_FILE, b, from, end);
    } else if (open >= 0) {
      method(b, from, end, sink);
    } else {
      sink.put(Names.LOGGER, b, from, end);
    }
  }

  /**
   * Puts the file and the line of {@code shop/cart.go:42}; nothing if the range is no such place.
   */
  static void putFile(byte[] b, int from, int to, FieldSink sink) {
    int line = startOfLine(b, from, to);
    if (line > 0 && isFile(b, from, line - 1)) {
      sink.put(Names.ORIGIN_FILE, b, from, line - 1);
      sink.put(Names.ORIGIN_LINE, Bytes.number(b, line, to));
    }
  }

  /** Puts the function and, as the logger, the class of {@code a.b.Shop.buy}. */
  static void method(byte[] b, int from, int to, FieldSink sink) {
    int dot = to - 1;
    while (dot > from && b[dot] != '.') {
      dot--;
    }
    if (dot > from) {
      sink.put(Names.LOGGER, b, from, dot);
      sink.put(Names.ORIGIN_FUNCTION, b, dot + 1, to);
    } else {
      sink.put(Names.ORIGIN_FUNCTION, b, from, to);
    }
  }

  static boolean isFile(byte[] b, int from, int to) {
    for (String suffix : SUFFIXES) {
      if (to - from > suffix.length() && Bytes.startsWith(b, to - suffix.length(), to, suffix)) {
        return true;
      }
    }
    return false;
  }

  /** Where the digits begin that end the range behind a colon, or -1. */
  private static int startOfLine(byte[] b, int from, int to) {
    int at = to;
    while (at > from && Bytes.isDigit(b[at - 1])) {
      at--;
    }
    return at < to && to - at <= 7 && at - 1 > from && b[at - 1] == ':' ? at : -1;
  }

  private static boolean isName(byte[] b, int from, int to) {
    if (from >= to || to - from > LayoutWords.LONGEST || Bytes.isDigit(b[from])) {
      return false;
    }
    for (int at = from; at < to; at++) {
      byte c = b[at];
      if (!Bytes.isLetter(c) && !Bytes.isDigit(c) && "._-$/<>@".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
