package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.core.parse.multiline.Continuation;

/** Puts a stack trace with the type and the message of its exception. */
final class StackTraces {

  private StackTraces() {}

  static void put(byte[] b, int from, int to, FieldSink sink) {
    sink.put(Names.STACK_TRACE, b, from, to);
    int lineEnd = Bytes.indexOf(b, from, to, '\n');
    int end = Bytes.trimEnd(b, from, lineEnd < 0 ? to : lineEnd);
    header(b, from, end, sink);
  }

  static void put(String text, FieldSink sink) {
    sink.put(Names.STACK_TRACE, text);
    int lineEnd = text.indexOf('\n');
    byte[] line = text.substring(0, lineEnd < 0 ? text.length() : lineEnd).getBytes(UTF_8);
    int end = Bytes.trimEnd(line, 0, line.length);
    int type = Continuation.endOfExceptionType(line, 0, end);
    if (type > 0) {
      int start = startOfType(line, 0, type);
      sink.put(Names.ERROR_TYPE, new String(line, start, type - start, UTF_8));
      int message = startOfMessage(line, type, end);
      if (message < end) {
        sink.put(Names.ERROR_MESSAGE, new String(line, message, end - message, UTF_8));
      }
    } else if (lineEnd > 0 && !sink.contains(Names.ERROR_TYPE)) {
      OtherErrors.put(text, "", sink);
    }
  }

  private static void header(byte[] b, int from, int to, FieldSink sink) {
    int type = Continuation.endOfExceptionType(b, from, to);
    if (type > 0) {
      sink.put(Names.ERROR_TYPE, b, startOfType(b, from, type), type);
      int message = startOfMessage(b, type, to);
      sink.put(Names.ERROR_MESSAGE, b, message, to);
    }
  }

  // The header of an uncaught exception starts with: Exception in thread "main"
  private static int startOfType(byte[] b, int from, int type) {
    int at = type;
    while (at > from && !Bytes.isSpace(b[at - 1])) {
      at--;
    }
    return at;
  }

  private static int startOfMessage(byte[] b, int type, int to) {
    return type < to && b[type] == ':' ? Bytes.skipSpaces(b, type + 1, to) : to;
  }
}
