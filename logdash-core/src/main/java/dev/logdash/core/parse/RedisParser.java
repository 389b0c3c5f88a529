package dev.logdash.core.parse;

/**
 * The log of Redis: {@code 1:M 24 Apr 2019 12:01:02.123 * Ready}. The sign in front of the text is
 * the level: a dot debug, a dash info, a star notice, a hash warning.
 */
final class RedisParser implements LineFormat {

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first) || first == '[';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    // Before version 3 the process stood in a bracket and had no role, and the time no year.
    boolean old = Bytes.at(b, from, to) == '[';
    int start = old ? from + 1 : from;
    int pidEnd = Bytes.endOfDigits(b, start, to);
    long pid = Bytes.number(b, start, pidEnd);
    if (old && pid >= 0 && Bytes.startsWith(b, pidEnd, to, "] ")) {
      return text(b, pid, pidEnd, pidEnd + 2, to, sink);
    }
    if (pid < 0
        || old
        || Bytes.at(b, pidEnd, to) != ':'
        || "CMSX".indexOf(Bytes.at(b, pidEnd + 1, to)) < 0
        || Bytes.at(b, pidEnd + 2, to) != ' ') {
      return false;
    }
    return text(b, pid, pidEnd, pidEnd + 3, to, sink);
  }

  private static boolean text(byte[] b, long pid, int pidEnd, int time, int to, FieldSink sink) {
    int timeEnd = sink.scratch.times.scan(b, time, to);
    if (timeEnd < 0 || Bytes.at(b, timeEnd, to) != ' ') {
      return false;
    }
    int severity;
    switch (Bytes.at(b, timeEnd + 1, to)) {
      case '.':
        severity = 5;
        break;
      case '-':
        severity = 9;
        break;
      case '*':
        severity = 10;
        break;
      case '#':
        severity = 13;
        break;
      default:
        return false;
    }
    sink.scratch.times.deliver(b, time, timeEnd, sink);
    sink.severity(severity, "");
    sink.put(Names.PID, pid);
    if (b[pidEnd] == ':') {
      sink.put("redis.log.role", b, pidEnd + 1, pidEnd + 2);
    }
    int text = Bytes.skipSpaces(b, Math.min(timeEnd + 2, to), to);
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }
}
