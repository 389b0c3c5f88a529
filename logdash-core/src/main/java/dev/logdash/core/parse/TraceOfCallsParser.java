package dev.logdash.core.parse;

/**
 * What strace prints with times: {@code 4711 1695668091.895450 openat(AT_FDCWD, "/etc/passwd") = -1
 * ENOENT (No such file or directory) <0.000019>}. A call that failed is an error.
 */
final class TraceOfCallsParser implements LineFormat {

  private static final int LONGEST_NAME = 32;
  private static final int INFO = 9;
  private static final int ERROR = 17;

  @Override
  public String name() {
    return "strace";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first) || first == '[';
  }

  @Override
  public Layer layer() {
    return Layer.VAGUE;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int last = Bytes.trimEnd(b, from, to);
    int time = from;
    int pid = Bytes.startsWith(b, from, to, "[pid ") ? Bytes.skipSpaces(b, from + 5, to) : from;
    int pidEnd = Bytes.endOfDigits(b, pid, to);
    boolean process = pidEnd > pid && Bytes.isSpace(Bytes.at(b, pidEnd, to));
    if (pid > from) {
      process = pidEnd > pid && Bytes.startsWith(b, pidEnd, to, "] ");
      time = Math.min(to, pidEnd + 2);
    } else if (process) {
      time = Bytes.skipSpaces(b, pidEnd, to);
    }
    int timeEnd = endOfTime(b, time, to, sink);
    int call = timeEnd + 1;
    if (timeEnd < 0 || Bytes.at(b, timeEnd, to) != ' ' || (pid > from && !process)) {
      return false;
    }
    int result = result(b, call, last);
    int nameEnd = call;
    while (nameEnd < last
        && (Bytes.isLetter(b[nameEnd]) || Bytes.isDigit(b[nameEnd]) || b[nameEnd] == '_')) {
      nameEnd++;
    }
    boolean resumed = Bytes.startsWith(b, call, last, "<... ");
    boolean named =
        nameEnd > call && nameEnd - call <= LONGEST_NAME && Bytes.at(b, nameEnd, last) == '(';
    boolean other =
        Bytes.startsWith(b, call, last, "--- SIG") || Bytes.startsWith(b, call, last, "+++ ");
    if ((!other
            && result < 0
            && !(named && Bytes.startsWith(b, Math.max(call, last - 16), last, "<unfinished ...>")))
        || (!named && !resumed && !other)) {
      return false;
    }
    if (process) {
      sink.put(Names.PID, Bytes.number(b, pid, pidEnd));
    }
    endOfTime(b, time, to, sink);
    sink.scratch.times.deliver(b, time, timeEnd, sink);
    if (named) {
      sink.put("event.action", b, call, nameEnd);
    }
    if (result > 0) {
      boolean failed =
          Bytes.startsWith(b, result, last, "-1 ") || Bytes.startsWith(b, result, last, "? E");
      sink.severity(failed ? ERROR : INFO, "");
      int open = b[last - 1] == '>' ? Bytes.indexOf(b, result, last, " <") : -1;
      if (open > 0) {
        Durations.text(1_000_000_000L, b, open + 2, last - 1, sink);
      }
    }
    sink.message(b, call, last);
    return true;
  }

  private static int endOfTime(byte[] b, int from, int to, FieldSink sink) {
    int digits = Bytes.endOfDigits(b, from, Math.min(to, from + 11));
    return digits == from + 10
        ? sink.scratch.times.scanEpoch(b, from, to)
        : digits == from + 2 ? sink.scratch.times.scanTimeOfDay(b, from, to) : -1;
  }

  /** Where the result stands behind the last {@code ") = "}, or -1. */
  private static int result(byte[] b, int from, int to) {
    int found = -1;
    int at = Bytes.indexOf(b, from, to, ") ");
    while (at > 0) {
      int equals = Bytes.skipSpaces(b, at + 1, to);
      if (Bytes.startsWith(b, equals, to, "= ")) {
        found = equals + 2;
      }
      at = Bytes.indexOf(b, at + 1, to, ") ");
    }
    return found;
  }
}
