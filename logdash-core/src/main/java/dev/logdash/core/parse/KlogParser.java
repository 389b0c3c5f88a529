package dev.logdash.core.parse;

/**
 * The header of glog and Kubernetes: {@code I0505 17:59:40.692994 28133 klog.go:70] text}; newer
 * ones of glog have the year in front of the month, and so has CockroachDB with two digits.
 */
final class KlogParser implements LineFormat {

  private static final int LONGEST_FILE = 256;
  private static final long DAY = 86_400_000_000_000L;

  @Override
  public String name() {
    return "klog";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == ' ' || "IWEF".indexOf(first) >= 0;
  }

  /** As in: I240505 17:59:40.692994 28133 1@server/node.go:70 [n1,s1] 45 text */
  private static boolean cockroach(byte[] b, int from, int to, FieldSink sink) {
    int end = sink.scratch.times.scanTimeOfDay(b, from + 8, to);
    int year = 2000 + Dates.two(b, from + 1);
    int month = Dates.two(b, from + 3);
    int day = Dates.two(b, from + 5);
    if (end < 0 || Bytes.at(b, end, to) != ' ' || !Dates.isDate(year, month, day)) {
      return false;
    }
    long nanos = Dates.epochDay(year, month, day) * DAY + sink.scratch.times.nanos();
    int thread = end + 1;
    int threadEnd = Bytes.endOfDigits(b, thread, to);
    int file = Bytes.skipSpaces(b, threadEnd, to);
    int fileEnd = Bytes.endOfWord(b, file, Math.min(to, file + LONGEST_FILE));
    int at = Bytes.endOfDigits(b, file, fileEnd);
    file = at > file && Bytes.at(b, at, fileEnd) == '@' ? at + 1 : file;
    int colon = Bytes.indexOf(b, file, fileEnd, ':');
    if (threadEnd == thread
        || threadEnd - thread > 18
        || colon < 0
        || !Bytes.allDigits(b, colon + 1, fileEnd)) {
      return false;
    }
    sink.timestamp(nanos, true, b, from + 1, end);
    put(b, from, thread, threadEnd, file, colon, fileEnd, sink);
    int text = Bytes.skipSpaces(b, fileEnd, to);
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  @Override
  public boolean parse(byte[] b, int start, int to, FieldSink sink) {
    int from = Bytes.skipSpaces(b, start, to);
    if (to - from < 24 || "IWEF".indexOf(b[from]) < 0 || !Bytes.allDigits(b, from + 1, from + 5)) {
      return false;
    }
    if (b[from + 7] == ' ' && Bytes.allDigits(b, from + 5, from + 7)) {
      return cockroach(b, from, to, sink);
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
    put(b, from, thread, threadEnd, file, colon, close, sink);
    int text = Bytes.skipSpaces(b, close + 1, to);
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  private static void put(
      byte[] b,
      int letter,
      int thread,
      int threadEnd,
      int file,
      int colon,
      int lineEnd,
      FieldSink sink) {
    sink.severity(Severities.ofLetter(b[letter]), b, letter, letter + 1);
    sink.put(Names.THREAD_ID, Bytes.number(b, thread, threadEnd));
    sink.put(Names.ORIGIN_FILE, b, file, colon);
    long line = Bytes.number(b, colon + 1, lineEnd);
    if (line >= 0) {
      sink.put(Names.ORIGIN_LINE, line);
    }
  }
}
