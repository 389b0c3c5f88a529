package dev.logdash.core.parse;

/**
 * The header of glog and Kubernetes: {@code I0505 17:59:40.692994 28133 klog.go:70] text}; newer
 * ones of glog have the year in front of the month.
 */
final class KlogParser implements LineFormat {

  private static final int LONGEST_FILE = 256;

  @Override
  public String name() {
    return "klog";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == ' ' || "IWEF".indexOf(first) >= 0;
  }

  @Override
  public boolean parse(byte[] b, int start, int to, FieldSink sink) {
    int from = Bytes.skipSpaces(b, start, to);
    if (to - from < 24 || "IWEF".indexOf(b[from]) < 0 || !Bytes.allDigits(b, from + 1, from + 5)) {
      return false;
    }
    int end =
        Bytes.isDigit(b[from + 5])
            ? sink.scratch.times.scan(b, from + 1, to)
            : sink.scratch.times.scanMonthAndDay(b, from + 1, to);
    int thread = end < 0 ? to : Bytes.skipSpaces(b, end, to);
    int threadEnd = Bytes.endOfDigits(b, thread, to);
    int file = Bytes.skipSpaces(b, threadEnd, to);
    int close = Bytes.indexOf(b, file, Math.min(to, file + LONGEST_FILE), ']');
    int colon = close < 0 ? -1 : Bytes.indexOf(b, file, close, ':');
    if (threadEnd == thread
        || threadEnd - thread > 18
        || colon < 0
        || !Bytes.allDigits(b, colon + 1, close)) {
      return false;
    }
    sink.scratch.times.deliver(b, from + 1, end, sink);
    sink.severity(Severities.ofLetter(b[from]), b, from, from + 1);
    sink.put(Names.THREAD_ID, Bytes.number(b, thread, threadEnd));
    sink.put(Names.ORIGIN_FILE, b, file, colon);
    long line = Bytes.number(b, colon + 1, close);
    if (line >= 0) {
      sink.put(Names.ORIGIN_LINE, line);
    }
    int text = Bytes.skipSpaces(b, close + 1, to);
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }
}
