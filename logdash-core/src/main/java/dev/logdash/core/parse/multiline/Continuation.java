package dev.logdash.core.parse.multiline;

/**
 * What a physical line says about belonging to the line before it. Looks at the bytes of the line
 * alone and never fails.
 */
public enum Continuation {
  /** Starts a record of its own. */
  NONE,
  /** Begins with white space and is no frame. */
  INDENTED,
  /**
   * A frame of a stack trace: <code>at x.Y.z(Y.java:1)</code>, <code>... 5 more</code>, {@code ---
   * End of inner exception stack trace ---}; of Ruby <code>a.rb:1:in 'b'</code>, of PHP {@code #0
   * /a.php(1): b()}.
   */
  FRAME,
  /** {@code Caused by:} or {@code Suppressed:}, indented or not. */
  CAUSE,
  /**
   * Announces a trace: {@code Traceback (most recent call last):} of Python, {@code goroutine 1
   * [running]:} of Go, {@code Stack trace:} and {@code [stacktrace]} of PHP.
   */
  TRACE,
  /**
   * Begins with the name of a throwable class, as in {@code java.io.IOException: gone}, alone or
   * behind {@code Exception in thread "x"}; of Ruby <code>a.rb:1:in 'b': gone (IOError)</code>.
   * Belongs to the line before it where that one is a log line of the same source.
   */
  EXCEPTION;

  // The longest name of a class that is looked for.
  private static final int LONGEST_NAME = 512;

  /** Classifies the line between {@code from} and {@code to} (exclusive, without line feed). */
  public static Continuation of(byte[] buffer, int from, int to) {
    if (from >= to) {
      return NONE;
    }
    byte first = buffer[from];
    if (first == ' ' || first == '\t') {
      return ofIndented(buffer, from, to);
    }
    if (first == 'C' && startsWith(buffer, from, to, "Caused by: ")) {
      return CAUSE;
    }
    if (first == 'S' && startsWith(buffer, from, to, "Suppressed: ")) {
      return CAUSE;
    }
    if (first == '.' && isMore(buffer, from, to)) {
      return FRAME;
    }
    Continuation other = OtherTraces.of(buffer, from, to);
    if (other != NONE) {
      return other;
    }
    return endOfExceptionType(buffer, from, to) > 0 ? EXCEPTION : NONE;
  }

  /**
   * Whether a first line is known to be a whole record, so that a later line never belongs to it: a
   * JSON object that is closed on its line.
   */
  public static boolean isComplete(byte[] buffer, int from, int to) {
    int end = to;
    while (end > from && (isBlank(buffer[end - 1]) || buffer[end - 1] == '\r')) {
      end--;
    }
    int start = from;
    while (start < end && isBlank(buffer[start])) {
      start++;
    }
    if (end - start < 2 || buffer[start] != '{' || buffer[end - 1] != '}') {
      return false;
    }
    return closesAt(buffer, start, end);
  }

  /**
   * Where the name of a throwable class ends that the line begins with (behind {@code Exception in
   * thread "x"} if that is there), or -1. The name has packages, and the simple name is a word like
   * {@code FooException}, {@code FooError} or {@code FooThrowable}.
   */
  public static int endOfExceptionType(byte[] buffer, int from, int to) {
    int start = from;
    if (startsWith(buffer, from, to, "Exception in thread \"")) {
      int quote = from + 21;
      int limit = Math.min(to, from + LONGEST_NAME);
      while (quote < limit && buffer[quote] != '"') {
        quote++;
      }
      start = quote + 2;
    }
    int limit = Math.min(to, start + LONGEST_NAME);
    int at = start;
    boolean dotted = false;
    while (at < limit && isNameByte(buffer[at])) {
      dotted |= buffer[at] == '.';
      at++;
    }
    if (!dotted || at - start < 8 || (at < to && buffer[at] != ':' && !isEnd(buffer, at, to))) {
      return -1;
    }
    if (at == limit && limit < to) {
      return -1;
    }
    return isThrowableName(buffer, start, at) ? at : -1;
  }

  private static boolean isThrowableName(byte[] buffer, int from, int to) {
    if (!isLetter(buffer[from])) {
      return false;
    }
    int simple = to;
    while (simple > from && buffer[simple - 1] != '.') {
      simple--;
    }
    if (simple == to || buffer[simple] < 'A' || buffer[simple] > 'Z') {
      return false;
    }
    return endsWith(buffer, simple, to, "Exception")
        || endsWith(buffer, simple, to, "Error")
        || endsWith(buffer, simple, to, "Throwable")
        || endsWith(buffer, simple, to, "Failure");
  }

  private static Continuation ofIndented(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to && isBlank(buffer[at])) {
      at++;
    }
    if (at == to) {
      return INDENTED;
    }
    if (startsWith(buffer, at, to, "at ") || isMore(buffer, at, to)) {
      return FRAME;
    }
    return startsWith(buffer, at, to, "Caused by: ") || startsWith(buffer, at, to, "Suppressed: ")
        ? CAUSE
        : INDENTED;
  }

  /** As in: ... 5 more, ... 12 common frames omitted */
  private static boolean isMore(byte[] buffer, int from, int to) {
    if (!startsWith(buffer, from, to, "... ")) {
      return false;
    }
    int at = from + 4;
    while (at < to && buffer[at] >= '0' && buffer[at] <= '9') {
      at++;
    }
    return at > from + 4
        && (startsWith(buffer, at, to, " more") || startsWith(buffer, at, to, " common frames"));
  }

  /** Whether the brace that opens at {@code from} closes with the last byte of the range. */
  private static boolean closesAt(byte[] buffer, int from, int to) {
    int depth = 0;
    boolean quoted = false;
    for (int at = from; at < to; at++) {
      byte b = buffer[at];
      if (quoted) {
        if (b == '\\') {
          at++;
        } else if (b == '"') {
          quoted = false;
        }
      } else if (b == '"') {
        quoted = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if ((b == '}' || b == ']') && --depth == 0) {
        return at == to - 1;
      }
    }
    return false;
  }

  static boolean startsWith(byte[] buffer, int from, int to, String ascii) {
    if (to - from < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (buffer[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean endsWith(byte[] buffer, int from, int to, String ascii) {
    return to - from >= ascii.length() && startsWith(buffer, to - ascii.length(), to, ascii);
  }

  private static boolean isEnd(byte[] buffer, int at, int to) {
    return at == to - 1 && buffer[at] == '\r';
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isLetter(byte b) {
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  private static boolean isNameByte(byte b) {
    return isLetter(b) || (b >= '0' && b <= '9') || b == '.' || b == '_' || b == '$';
  }
}
