package dev.logdash.core.parse;

/**
 * The error log of MySQL: {@code 2021-01-26T23:45:57.678222Z 0 [Note] [MY-010311] [Server] text},
 * the two later brackets since version 8.
 */
final class MysqlErrorParser implements LineFormat {

  @Override
  public String name() {
    return "mysql-error";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first);
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int timeEnd = sink.scratch.times.scan(b, from, to);
    int thread = timeEnd + 1;
    if (timeEnd < 0 || Bytes.at(b, timeEnd, to) != ' ') {
      return false;
    }
    int threadEnd = Bytes.endOfDigits(b, thread, to);
    int level = threadEnd + 2;
    if (threadEnd - thread > 18
        || threadEnd == thread
        || !Bytes.startsWith(b, threadEnd, to, " [")) {
      return false;
    }
    int levelEnd = Bytes.indexOf(b, level, Math.min(to, level + 16), ']');
    int severity = levelEnd < 0 ? 0 : Severities.ofWord(b, level, levelEnd);
    if (levelEnd > 0 && Bytes.equal(b, level, levelEnd, "System")) {
      severity = 9;
    }
    if (severity == 0 || b[level] > 'Z' || LayoutWords.isUpperCase(b, level, levelEnd)) {
      return false;
    }
    sink.scratch.times.deliver(b, from, timeEnd, sink);
    sink.severity(severity, b, level, levelEnd);
    sink.put(Names.THREAD_ID, Bytes.number(b, thread, threadEnd));
    int text = Bytes.skipSpaces(b, levelEnd + 1, to);
    if (Bytes.startsWith(b, text, to, "[MY-")) {
      text = bracket(b, text, to, Names.ERROR_CODE, sink);
      text = bracket(b, text, to, "mysql.subsystem", sink);
    }
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  private static int bracket(byte[] b, int from, int to, String name, FieldSink sink) {
    int close = Bytes.indexOf(b, from, Math.min(to, from + 32), ']');
    if (Bytes.at(b, from, to) != '[' || close < 0) {
      return from;
    }
    sink.put(name, b, from + 1, close);
    return Bytes.skipSpaces(b, close + 1, to);
  }
}
