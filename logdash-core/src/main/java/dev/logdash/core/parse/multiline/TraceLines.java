package dev.logdash.core.parse.multiline;

/**
 * Which lines go on with the event before them: indented ones, and the stack traces of Java, .NET,
 * JavaScript, Python, Go, Ruby and PHP with what chains them. A state stands for the lines so far
 * and is all that is remembered of them, so the answer follows from the bytes of one event.
 */
public final class TraceLines {

  /** The state in which no line goes on. */
  public static final int END = 0;

  private static final int FIRST = 1;
  private static final int BODY = 2;
  private static final int PYTHON = 3;
  private static final int PYTHON_RAISED = 4;
  private static final int PYTHON_GAP = 5;
  private static final int PYTHON_CHAIN = 6;
  private static final int PANIC = 7;
  private static final int GOROUTINE = 8;
  private static final int GOROUTINE_GAP = 9;
  private static final int PHP = 10;
  private static final int BRACE = 11;

  private TraceLines() {}

  /** The state behind a first line; {@link #END} if it is known to be a whole event. */
  public static int begin(byte[] b, int from, int to) {
    if (Continuation.isComplete(b, from, to)) {
      return END;
    }
    switch (from < to ? b[from] : 0) {
      case 'T':
        return startsWith(b, from, to, "Traceback (most recent call last):") ? PYTHON : FIRST;
      case 'p':
        return startsWith(b, from, to, "panic: ") ? PANIC : FIRST;
      case 'f':
        return startsWith(b, from, to, "fatal error: ") ? PANIC : FIRST;
      default:
        return FIRST;
    }
  }

  /** The state behind one more line; {@link #END} if it begins an event of its own. */
  public static int next(int state, byte[] b, int from, int to) {
    int end = to > from && b[to - 1] == '\r' ? to - 1 : to;
    if (from >= end) {
      return afterGap(state);
    }
    switch (Continuation.of(b, from, end)) {
      case INDENTED:
      case CAUSE:
        return afterIndented(state);
      case FRAME:
        boolean opens = state == FIRST || state == BODY || state == BRACE;
        return opens && b[end - 1] == '{' ? BRACE : afterIndented(state);
      case EXCEPTION:
        // A log line has one exception, and it follows at once; a later one is a log of its own.
        return state == FIRST ? BODY : state == PYTHON ? PYTHON_RAISED : END;
      case TRACE:
        return afterStart(state, b[from]);
      default:
        return afterOther(state, b, from, end);
    }
  }

  private static int afterGap(int state) {
    switch (state) {
      case PYTHON_RAISED:
        return PYTHON_GAP;
      case PYTHON_CHAIN:
      case PANIC:
      case PHP:
        return state;
      case GOROUTINE:
        return GOROUTINE_GAP;
      default:
        return END;
    }
  }

  private static int afterIndented(int state) {
    switch (state) {
      case FIRST:
        return BODY;
      case PYTHON_GAP:
      case PYTHON_CHAIN:
        return PYTHON_RAISED;
      case GOROUTINE_GAP:
        return GOROUTINE;
      default:
        return state;
    }
  }

  private static int afterStart(int state, byte first) {
    switch (first) {
      case 'T':
        return state == FIRST || state == PYTHON_CHAIN ? PYTHON : END;
      case 'g':
        return state == FIRST || (state >= PANIC && state <= GOROUTINE_GAP) ? GOROUTINE : END;
      default:
        return state == FIRST || state == BODY || state == PHP ? PHP : END;
    }
  }

  private static int afterOther(int state, byte[] b, int from, int to) {
    boolean goesOn;
    switch (state) {
      case PYTHON:
        return isRaised(b, from, to) ? PYTHON_RAISED : END;
      case PYTHON_RAISED:
        // SQLAlchemy writes the statement behind its message.
        goesOn =
            startsWith(b, from, to, "[SQL: ")
                || startsWith(b, from, to, "[parameters: ")
                || startsWith(b, from, to, "(Background on this error at: ");
        return goesOn ? state : END;
      case PYTHON_GAP:
        goesOn =
            startsWith(b, from, to, "During handling of the above exception, another")
                || startsWith(b, from, to, "The above exception was the direct cause of");
        return goesOn ? PYTHON_CHAIN : END;
      case PANIC:
        return startsWith(b, from, to, "[signal ") ? state : END;
      case GOROUTINE:
        return isFunction(b, from, to) || startsWith(b, from, to, "exit status ") ? state : END;
      case PHP:
        goesOn = startsWith(b, from, to, "Next ") || startsWith(b, from, to, "\"}");
        return goesOn ? state : END;
      case BRACE:
        return b[from] == '}' && to == from + 1 ? BODY : END;
      default:
        return END;
    }
  }

  /** As in: {@code ValueError: bad}, {@code KeyboardInterrupt}. */
  private static boolean isRaised(byte[] b, int from, int to) {
    int at = from;
    while (at < to && isNameByte(b[at])) {
      at++;
    }
    return at > from
        && !isDigit(b[from])
        && (at == to || (b[at] == ':' && (at + 1 == to || b[at + 1] == ' ')));
  }

  /**
   * As in: {@code main.(*Shop).Buy(0x1, {0x2, ...})}, {@code created by main.main in goroutine 1}.
   */
  private static boolean isFunction(byte[] b, int from, int to) {
    if (startsWith(b, from, to, "created by ")) {
      return true;
    }
    int at = from;
    boolean dotted = false;
    while (at < to && b[at] != ' ' && !(dotted && b[at] == '(')) {
      dotted |= b[at] == '.' || b[at] == '/';
      at++;
    }
    return dotted && at < to && b[at] == '(' && b[to - 1] == ')';
  }

  private static boolean startsWith(byte[] b, int from, int to, String ascii) {
    return Continuation.startsWith(b, from, to, ascii);
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameByte(byte c) {
    int lower = c | 0x20;
    return (lower >= 'a' && lower <= 'z') || isDigit(c) || c == '.' || c == '_';
  }
}
