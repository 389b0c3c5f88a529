package dev.logdash.core.parse;

import dev.logdash.core.parse.multiline.Continuation;

/**
 * Parses a record by the format of its first line. Lines behind it become {@code error.stack_trace}
 * if they are a trace, else they are added to the message.
 */
public final class Records {

  private Records() {}

  /** Where the first line of a record ends, its line feed excluded. */
  static int endOfFirstLine(byte[] b, int from, int to) {
    int lineEnd = Bytes.indexOfFar(b, from, to, '\n');
    return lineEnd < 0 ? to : lineEnd;
  }

  /**
   * Parses a record by a parser of its first line, which is given that line without its line feed.
   *
   * @return whether the record is of the format; if not, the sink is clear
   */
  public static boolean parse(LineParser firstLine, byte[] b, int from, int to, FieldSink sink) {
    return parse(firstLine, b, from, endOfFirstLine(b, from, to), to, sink);
  }

  /** As {@link #parse(LineParser, byte[], int, int, FieldSink)}, with the end of what it reads. */
  static boolean parse(
      LineParser firstLine, byte[] b, int from, int lineEnd, int to, FieldSink sink) {
    return lineEnd == to
        ? firstLine.parse(b, from, to, sink)
        : parseFirst(firstLine, b, from, lineEnd, to, sink);
  }

  /** Whether the record is of the format; {@code lineEnd} is the end of its first line. */
  static boolean parse(LineFormat format, byte[] b, int from, int lineEnd, int to, FieldSink sink) {
    if (!parseLines(format, b, from, lineEnd, to, sink)) {
      return false;
    }
    // Where a request was read as a whole, nothing is left to be found.
    if (!sink.contains(Names.STATUS)) {
      sink.messageSlot().findFacts(sink);
    }
    return true;
  }

  /** As {@link #parse}, without looking for facts in the text. */
  static boolean parseLines(
      LineFormat format, byte[] b, int from, int lineEnd, int to, FieldSink sink) {
    if (lineEnd == to) {
      return format.parse(b, from, to, sink);
    }
    if (format.spansLines() && format.parse(b, from, to, sink)) {
      return true;
    }
    return parseFirst(format, b, from, lineEnd, to, sink);
  }

  private static boolean parseFirst(
      LineParser firstLine, byte[] b, int from, int lineEnd, int to, FieldSink sink) {
    int end = Bytes.trimEnd(b, from, lineEnd);
    if (!firstLine.parse(b, from, end, sink)) {
      return false;
    }
    int rest = lineEnd + 1;
    int last = Bytes.trimEnd(b, rest, to);
    if (isTrace(b, from, end, rest, last)) {
      StackTraces.put(b, from, last, sink);
    } else {
      addLines(b, rest, last, sink);
    }
    if (sink.contains(Names.STACK_TRACE) && !sink.contains(Names.ERROR_TYPE)) {
      OtherErrors.put(sink.text(Names.STACK_TRACE), sink.message(), sink);
    }
    return true;
  }

  /** Whether a record is a stack trace as a whole, its first line being the head. */
  private static boolean isTrace(byte[] b, int from, int end, int rest, int last) {
    Continuation first = Continuation.of(b, from, end);
    if (first == Continuation.EXCEPTION || first == Continuation.TRACE) {
      return true;
    }
    return OtherErrors.isHead(b, from, end) && startOfTrace(b, rest, last) < last;
  }

  /** Adds the lines behind those that a format reads. */
  static void addLines(byte[] b, int from, int to, FieldSink sink) {
    int trace = startOfTrace(b, from, to);
    if (trace > from) {
      sink.appendToMessage(b, from, Bytes.trimEnd(b, from, trace < to ? trace - 1 : to));
    }
    if (trace < to) {
      StackTraces.put(b, trace, to, sink);
    }
  }

  /** Where the first line stands that begins a trace, or {@code to}. */
  private static int startOfTrace(byte[] b, int from, int to) {
    int at = from;
    while (at < to) {
      int end = endOfFirstLine(b, at, to);
      Continuation kind = Continuation.of(b, at, end);
      if (kind != Continuation.NONE && kind != Continuation.INDENTED) {
        return at;
      }
      at = end + 1;
    }
    return to;
  }
}
