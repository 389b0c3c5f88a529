package dev.logdash.core.parse;

/**
 * The header of Chromium, Electron and what embeds them: {@code
 * [4711:4712:0505/175940.692994:ERROR:gpu_init.cc(446)] text}, with or without process and thread.
 */
final class ChromiumParser implements LineFormat {

  private static final int LONGEST = 256;
  private static final int ERROR = 17;
  private static final int DEBUG = 5;

  @Override
  public String name() {
    return "chromium";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '[';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int close =
        Bytes.at(b, from, to) == '['
            ? Bytes.indexOf(b, from, Math.min(to, from + LONGEST), ']')
            : -1;
    if (close < 0 || Bytes.at(b, close - 1, to) != ')') {
      return false;
    }
    int first = from + 1;
    int firstEnd = endOfNumber(b, first, close);
    int second = firstEnd + 1;
    int secondEnd = firstEnd < 0 ? -1 : endOfNumber(b, second, close);
    int time = secondEnd > 0 ? secondEnd + 1 : firstEnd > 0 ? second : first;
    int timeEnd = Bytes.indexOf(b, time, close, ':');
    int level = timeEnd + 1;
    int levelEnd = timeEnd < 0 ? -1 : Bytes.indexOf(b, level, close, ':');
    int open = levelEnd < 0 ? -1 : Bytes.indexOf(b, levelEnd, close, '(');
    int severity = levelEnd < 0 ? 0 : severity(b, level, levelEnd);
    if (open < levelEnd + 2
        || severity == 0
        || !Bytes.allDigits(b, open + 1, close - 1)
        || sink.scratch.times.scanMonthAndDayCompact(b, time, timeEnd) != timeEnd) {
      return false;
    }
    sink.scratch.times.deliver(b, time, timeEnd, sink);
    sink.severity(severity, b, level, levelEnd);
    number(Names.PID, b, first, firstEnd, sink);
    number(Names.THREAD_ID, b, second, secondEnd, sink);
    sink.put(Names.ORIGIN_FILE, b, levelEnd + 1, open);
    number(Names.ORIGIN_LINE, b, open + 1, close - 1, sink);
    int text = Bytes.skipSpaces(b, close + 1, to);
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  /** Where the digits end that have a colon behind them, or -1. */
  private static int endOfNumber(byte[] b, int from, int to) {
    int end = Bytes.endOfDigits(b, from, to);
    return end > from && end - from <= 18 && Bytes.at(b, end, to) == ':' ? end : -1;
  }

  private static int severity(byte[] b, int from, int to) {
    // Verbose records have a number behind the word, and are off until somebody asks for them.
    return Bytes.startsWith(b, from, to, "VERBOSE")
        ? DEBUG
        : Bytes.equal(b, from, to, "ERROR_REPORT") ? ERROR : Severities.ofWord(b, from, to);
  }

  private static void number(String name, byte[] b, int from, int end, FieldSink sink) {
    long number = end < 0 ? -1 : Bytes.number(b, from, end);
    if (number >= 0) {
      sink.put(name, number);
    }
  }
}
