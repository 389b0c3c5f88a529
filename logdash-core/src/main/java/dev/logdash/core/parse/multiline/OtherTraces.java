package dev.logdash.core.parse.multiline;

/** Lines of stack traces that are not indented, of other languages than Java. */
final class OtherTraces {

  // The longest path of a file that is looked for.
  private static final int LONGEST = 512;

  private OtherTraces() {}

  /** What the line is, or {@link Continuation#NONE}. */
  static Continuation of(byte[] b, int from, int to) {
    switch (b[from]) {
      case 'T':
        return starts(b, from, to, "Traceback (most recent call last):");
      case 'S':
        return starts(b, from, to, "Stack trace:");
      case '[':
        return starts(b, from, to, "[stacktrace]");
      case 'g':
        if (isGoroutine(b, from, to)) {
          return Continuation.TRACE;
        }
        break;
      case '-':
        return Continuation.startsWith(b, from, to, "--- End of ") && trimmed(b, from, to) == '-'
            ? Continuation.FRAME
            : Continuation.NONE;
      case '#':
        return isPhpFrame(b, from, to) ? Continuation.FRAME : Continuation.NONE;
      default:
        break;
    }
    return ofRuby(b, from, to);
  }

  private static Continuation starts(byte[] b, int from, int to, String text) {
    return Continuation.startsWith(b, from, to, text) ? Continuation.TRACE : ofRuby(b, from, to);
  }

  private static byte trimmed(byte[] b, int from, int to) {
    return b[to - 1] == '\r' && to - 1 > from ? b[to - 2] : b[to - 1];
  }

  /** As in: goroutine 17 [chan receive, 3 minutes]: */
  private static boolean isGoroutine(byte[] b, int from, int to) {
    if (!Continuation.startsWith(b, from, to, "goroutine ")) {
      return false;
    }
    int at = from + 10;
    while (at < to && isDigit(b[at])) {
      at++;
    }
    return at > from + 10
        && Continuation.startsWith(b, at, to, " [")
        && trimmed(b, from, to) == ':';
  }

  /** As in: #0 /a.php(20): f(), #1 [internal function]: f(), #2 {main} */
  private static boolean isPhpFrame(byte[] b, int from, int to) {
    int at = from + 1;
    while (at < to && isDigit(b[at])) {
      at++;
    }
    if (at == from + 1 || at + 1 >= to || b[at] != ' ') {
      return false;
    }
    at++;
    if (Continuation.startsWith(b, at, to, "{main}")
        || Continuation.startsWith(b, at, to, "[internal function]: ")) {
      return true;
    }
    int limit = Math.min(to - 2, at + LONGEST);
    for (int i = at; i < limit; i++) {
      if (b[i] == '(' && isDigit(b[i + 1])) {
        int end = i + 1;
        while (end < to && isDigit(b[end])) {
          end++;
        }
        if (Continuation.startsWith(b, end, to, "): ")) {
          return true;
        }
      }
    }
    return false;
  }

  /** As in: a.rb:1:in 'b', a.rb:1:in 'b': gone (IOError) */
  private static Continuation ofRuby(byte[] b, int from, int to) {
    // The end tells most lines apart.
    byte last = trimmed(b, from, to);
    if (last != '\'' && last != ')') {
      return Continuation.NONE;
    }
    int limit = Math.min(to - 5, from + LONGEST);
    for (int at = from + 1; at < limit && b[at] != ' '; at++) {
      if (b[at] == ':' && isDigit(b[at - 1]) && Continuation.startsWith(b, at, to, ":in ")) {
        byte quote = b[at + 4];
        if (quote != '`' && quote != '\'') {
          return Continuation.NONE;
        }
        return last == '\''
            ? Continuation.FRAME
            : holds(b, at + 5, to, "': ") ? Continuation.EXCEPTION : Continuation.NONE;
      }
    }
    return Continuation.NONE;
  }

  private static boolean holds(byte[] b, int from, int to, String text) {
    for (int at = from; at + text.length() <= to; at++) {
      if (b[at] == '\'' && Continuation.startsWith(b, at, to, text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }
}
