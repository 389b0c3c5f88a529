package dev.logdash.core.parse;

/**
 * Two forms of Android's logcat: {@code 05-26 14:57:03.870 D/Window( 1766): text}, and the same
 * without a time. What it prints by default is a layout.
 */
final class LogcatParser implements LineFormat {

  private static final int LONGEST_TAG = 128;

  @Override
  public String name() {
    return "logcat";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first) || "VDIWEF".indexOf(first) >= 0;
  }

  @Override
  public Layer layer() {
    return Layer.VAGUE;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int level = from;
    int timeEnd = -1;
    if (Bytes.isDigit(Bytes.at(b, from, to))) {
      if (Bytes.at(b, from + 2, to) != '-') {
        return false;
      }
      timeEnd = sink.scratch.times.scan(b, from, to);
      level = Bytes.skipSpaces(b, Math.max(timeEnd, from), to);
      if (timeEnd < 0) {
        return false;
      }
    }
    if (Bytes.at(b, level + 1, to) != '/' || "VDIWEF".indexOf(b[level]) < 0) {
      return false;
    }
    int tag = level + 2;
    int open = Bytes.indexOf(b, tag, Math.min(to, tag + LONGEST_TAG), '(');
    int pid = open < 0 ? to : Bytes.skipSpaces(b, open + 1, to);
    int pidEnd = Bytes.endOfDigits(b, pid, to);
    long process = Bytes.number(b, pid, pidEnd);
    if (open <= tag || process < 0 || !Bytes.startsWith(b, pidEnd, to, "):")) {
      return false;
    }
    if (timeEnd >= 0) {
      sink.scratch.times.deliver(b, from, timeEnd, sink);
    }
    sink.severity(Severities.ofLetter(b[level]), b, level, level + 1);
    sink.put(Names.LOGGER, b, tag, Bytes.trimEnd(b, tag, open));
    sink.put(Names.PID, process);
    int text = Bytes.skipSpaces(b, pidEnd + 2, to);
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }
}
