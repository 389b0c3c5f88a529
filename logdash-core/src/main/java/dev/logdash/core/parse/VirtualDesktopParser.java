package dev.logdash.core.parse;

/**
 * The log of oVirt's VDSM before version 4.1: {@code Thread-7::INFO::2011-12-07
 * 12:14:15,018::dispatcher::94::Storage.Dispatcher::(run) text}.
 */
final class VirtualDesktopParser implements LineFormat {

  private static final int LONGEST = 128;

  @Override
  public String name() {
    return "vdsm";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isLetter(first) || Bytes.isDigit(first);
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int colon = Bytes.indexOf(b, from, Math.min(to, from + LONGEST), ':');
    if (colon < 0 || Bytes.at(b, colon + 1, to) != ':') {
      return false;
    }
    int threadEnd = next(b, from, to);
    int level = threadEnd + 2;
    int levelEnd = threadEnd < 0 ? -1 : next(b, level, to);
    int severity = levelEnd < 0 ? 0 : Severities.ofWord(b, level, levelEnd);
    int time = levelEnd + 2;
    int timeEnd = severity == 0 ? -1 : sink.scratch.times.scan(b, time, to);
    if (timeEnd < 0 || !Bytes.startsWith(b, timeEnd, to, "::")) {
      return false;
    }
    int module = timeEnd + 2;
    int moduleEnd = next(b, module, to);
    int line = moduleEnd + 2;
    int lineEnd = moduleEnd < 0 ? -1 : next(b, line, to);
    int logger = lineEnd + 2;
    int loggerEnd = lineEnd < 0 ? -1 : next(b, logger, to);
    int close = loggerEnd < 0 ? -1 : Bytes.indexOf(b, loggerEnd, to, ')');
    if (close < 0 || b[loggerEnd + 2] != '(' || Bytes.number(b, line, lineEnd) < 0) {
      return false;
    }
    sink.scratch.times.deliver(b, time, timeEnd, sink);
    sink.severity(severity, b, level, levelEnd);
    sink.put(Names.THREAD, b, from, threadEnd);
    sink.put(Names.ORIGIN_FILE, b, module, moduleEnd);
    sink.put(Names.ORIGIN_LINE, Bytes.number(b, line, lineEnd));
    sink.put(Names.LOGGER, b, logger, loggerEnd);
    sink.put(Names.ORIGIN_FUNCTION, b, loggerEnd + 3, close);
    int text = Bytes.skipSpaces(b, close + 1, to);
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  private static int next(byte[] b, int from, int to) {
    int end = Bytes.indexOf(b, from, Math.min(to, from + LONGEST), "::");
    return end > from ? end : -1;
  }
}
