package dev.logdash.core.parse;

import org.jspecify.annotations.Nullable;

/**
 * The type and the message of an error whose stack trace is not one of Java: of Python, which names
 * them behind the frames, and of JavaScript, .NET, PHP, Ruby and Go, which name them before.
 */
final class OtherErrors {

  private static final int LONGEST_TYPE = 256;
  private static final String TRACEBACK = "Traceback (most recent call last):";
  private static final String[] UNHANDLED = {
    "Unhandled exception. ", "Unhandled Exception: ", "Uncaught "
  };

  private OtherErrors() {}

  /** Whether the first line of a record, which is followed by a trace, is the head of the trace. */
  static boolean isHead(byte[] b, int from, int to) {
    if (Bytes.startsWith(b, from, to, "panic: ")
        || Bytes.startsWith(b, from, to, "fatal error: ")) {
      return true;
    }
    int at = from;
    while (at < to && (Bytes.isLetter(b[at]) || Bytes.isDigit(b[at]) || b[at] == '_')) {
      at++;
    }
    return at > from
        && b[from] >= 'A'
        && b[from] <= 'Z'
        && (at == to || Bytes.startsWith(b, at, to, ": "))
        && (endsWith(b, from, at, "Error") || endsWith(b, from, at, "Exception"));
  }

  private static boolean endsWith(byte[] b, int from, int to, String end) {
    return to - from >= end.length() && Bytes.startsWith(b, to - end.length(), to, end);
  }

  /** Puts what a trace, or the message it belongs to, says of the error. */
  static void put(String trace, String message, FieldSink sink) {
    String head = firstLine(trace);
    if (head.startsWith(TRACEBACK)) {
      String raised = raised(trace);
      if (raised != null) {
        typed(raised, sink);
      }
    } else if (!panic(head, sink) && !ruby(head, sink) && !typed(head, sink)) {
      String said = firstLine(message);
      if (!unhandled(said, sink) && !panic(said, sink) && !ruby(said, sink)) {
        typed(said, sink);
      }
    }
  }

  /** The last line of a traceback that is not indented and follows one that is. */
  private static @Nullable String raised(String trace) {
    String found = null;
    boolean indented = false;
    for (String line : trace.split("\n", -1)) {
      boolean blank = line.isBlank();
      boolean frame = !blank && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
      if (indented && !frame && !blank) {
        found = line;
      }
      indented = frame;
    }
    return found;
  }

  private static boolean unhandled(String line, FieldSink sink) {
    for (String start : UNHANDLED) {
      int at = line.indexOf(start);
      if (at >= 0) {
        String rest = line.substring(at + start.length());
        // PHP names the place behind the message.
        int place = start.equals("Uncaught ") ? rest.lastIndexOf(" in /") : -1;
        return typed(place > 0 ? rest.substring(0, place) : rest, sink);
      }
    }
    return false;
  }

  /** As in: panic: runtime error: index out of range */
  private static boolean panic(String line, FieldSink sink) {
    String type = line.startsWith("panic: ") ? "panic" : "fatal error";
    if (!line.startsWith(type + ": ")) {
      return false;
    }
    found(type, line.substring(type.length() + 2), sink);
    return true;
  }

  /** As in: a.rb:1:in 'b': gone (IOError) */
  private static boolean ruby(String line, FieldSink sink) {
    int place = line.indexOf(":in ");
    int text = place < 0 ? -1 : line.indexOf("': ", place);
    int open = line.lastIndexOf(" (");
    if (text < 0 || open < text + 2 || !line.endsWith(")")) {
      return false;
    }
    String type = line.substring(open + 2, line.length() - 1);
    if (!isType(type)) {
      return false;
    }
    found(type, open > text + 3 ? line.substring(text + 3, open) : "", sink);
    return true;
  }

  /** As in: ValueError: bad, App\Shop\CartException: empty, KeyError */
  private static boolean typed(String line, FieldSink sink) {
    int colon = line.indexOf(": ");
    String type = colon < 0 ? line : line.substring(0, colon);
    if (!isType(type)) {
      return false;
    }
    found(type, colon < 0 ? "" : line.substring(colon + 2), sink);
    return true;
  }

  private static boolean isType(String text) {
    if (text.isEmpty() || text.length() > LONGEST_TYPE) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = Character.isLetter(c) || c == '_';
      if (!letter && (i == 0 || !(Character.isDigit(c) || ".\\:`+$".indexOf(c) >= 0))) {
        return false;
      }
    }
    return true;
  }

  private static void found(String type, String message, FieldSink sink) {
    sink.put(Names.ERROR_TYPE, type);
    String text = message.strip();
    if (!text.isEmpty()) {
      sink.put(Names.ERROR_MESSAGE, text);
    }
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return (end < 0 ? text : text.substring(0, end)).stripTrailing();
  }
}
