package dev.logdash.core.parse;

/** What NestJS prints: {@code [Nest] 4711 - 05/01/2024, 10:00:00 AM LOG [ShopModule] text +3ms}. */
final class NestLog {

  private static final String HEAD = "[Nest] ";
  private static final int LONGEST_TIME = 32;

  private NestLog() {}

  static boolean is(byte[] b, int from, int to) {
    return Bytes.startsWith(b, from, to, HEAD);
  }

  static boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int pid = from + HEAD.length();
    int pidEnd = Bytes.endOfDigits(b, pid, to);
    int dash = Bytes.skipSpaces(b, pidEnd, to);
    int time = Bytes.skipSpaces(b, Math.min(to, dash + 1), to);
    if (Bytes.at(b, dash, to) != '-' || Bytes.number(b, pid, pidEnd) < 0) {
      return false;
    }
    int comma = Bytes.indexOf(b, time, Math.min(to, time + LONGEST_TIME), ", ");
    int end =
        comma < 0 ? sink.scratch.times.scan(b, time, to) : withoutComma(b, time, comma, to, sink);
    int level = end < 0 ? to : Bytes.skipSpaces(b, end, to);
    int levelEnd = Bytes.endOfWord(b, level, to);
    int severity = Severities.ofWord(b, level, levelEnd);
    if (severity == 0) {
      return false;
    }
    sink.scratch.times.deliver(b, time, end, sink);
    sink.put(Names.PID, Bytes.number(b, pid, pidEnd));
    sink.severity(severity, b, level, levelEnd);
    int text = Bytes.skipSpaces(b, levelEnd, to);
    int close = Bytes.at(b, text, to) == '[' ? LayoutWords.closing(b, text, to) : -1;
    if (close > text + 1) {
      sink.put(Names.LOGGER, b, text + 1, close);
      text = Bytes.skipSpaces(b, close + 1, to);
    }
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  /** Reads the American form of Node.js; returns where it ends, or -1. */
  private static int withoutComma(byte[] b, int from, int comma, int to, FieldSink sink) {
    int end = Math.min(to, from + LONGEST_TIME);
    byte[] text = sink.scratch.bytes(end - from);
    System.arraycopy(b, from, text, 0, comma - from);
    System.arraycopy(b, comma + 1, text, comma - from, end - comma - 1);
    sink.scratch.times.forget();
    int found = sink.scratch.times.scan(text, 0, end - from - 1);
    return found < 0 ? -1 : from + found + 1;
  }
}
