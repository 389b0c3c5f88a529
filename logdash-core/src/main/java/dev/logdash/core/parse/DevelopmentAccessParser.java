package dev.logdash.core.parse;

/**
 * Access logs that begin with the request or the process: morgan's short formats ({@code GET /a 200
 * 3.4 ms - 12}) and uWSGI's ({@code [pid: 1|app: 0|req: 1/1] 10.0.0.1 (ada) {28 vars in 300 bytes}
 * [Wed May 1 10:00:00 2024] GET /a => generated 10 bytes in 2 msecs (HTTP/1.1 200)}), and Django's
 * ({@code [01/May/2024 10:00:00] "GET /a HTTP/1.1" 200 12}). The message is the whole line.
 */
final class DevelopmentAccessParser implements LineFormat {

  private static final long MILLI = 1_000_000L;
  private static final String PROCESS = "[pid: ";

  @Override
  public String name() {
    return "access-development";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '[' || (first >= 'A' && first <= 'Z');
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int last = Bytes.trimEnd(b, from, to);
    boolean found =
        Bytes.at(b, from, last) != '['
            ? morgan(b, from, last, sink)
            : Bytes.isDigit(Bytes.at(b, from + 1, last))
                ? django(b, from, last, sink)
                : uwsgi(b, from, last, sink);
    if (!found) {
      sink.clear();
      return false;
    }
    sink.message(b, from, last);
    return true;
  }

  private static boolean morgan(byte[] b, int from, int to, FieldSink sink) {
    int methodEnd = Bytes.endOfWord(b, from, Math.min(to, from + 10));
    int url = methodEnd + 1;
    if (Bytes.at(b, url, to) != '/' || methodEnd - from < 3) {
      return false;
    }
    int urlEnd = Bytes.endOfWord(b, url, to);
    int status = Math.min(to, urlEnd + 1);
    int statusEnd = Bytes.endOfDigits(b, status, to);
    long code = Bytes.number(b, status, statusEnd);
    if (statusEnd - status != 3 || code < 100 || code > 599) {
      return false;
    }
    int time = Math.min(to, statusEnd + 1);
    int timeEnd = Bytes.endOfWord(b, time, to);
    boolean units = Bytes.startsWith(b, timeEnd, to, " ms");
    // The tiny format has the length before the time, and a dash between them.
    int at = units ? Bytes.skipSpaces(b, timeEnd + 3, to) : timeEnd + 3;
    if (units) {
      if (Bytes.at(b, at, to) == '-' && at + 2 <= to) {
        HttpExchange.bytes(b, at + 2, Bytes.endOfWord(b, at + 2, to), sink);
      }
    } else if (Bytes.startsWith(b, timeEnd, to, " - ") && b[to - 1] == 's' && b[to - 2] == 'm') {
      HttpExchange.bytes(b, time, timeEnd, sink);
      time = at;
      timeEnd = Bytes.endOfWord(b, time, to);
    } else {
      return false;
    }
    if (!Requests.method(b, from, methodEnd, sink)) {
      return false;
    }
    Requests.url(b, url, urlEnd, sink);
    HttpExchange.status(code, sink);
    Durations.text(MILLI, b, time, timeEnd, sink);
    return true;
  }

  private static boolean django(byte[] b, int from, int to, FieldSink sink) {
    int timeEnd = sink.scratch.times.scan(b, from + 1, to);
    int request = timeEnd + 3;
    if (timeEnd < 0 || !Bytes.startsWith(b, timeEnd, to, "] \"")) {
      return false;
    }
    int status = to;
    while (status > request && b[status - 1] != '"') {
      status--;
    }
    int statusEnd = Bytes.endOfWord(b, Math.min(status + 1, to), to);
    long code = Bytes.number(b, Math.min(status + 1, to), statusEnd);
    int bytes = Math.min(statusEnd + 1, to);
    int bytesEnd = Bytes.endOfDigits(b, bytes, to);
    if (code < 100 || code > 599 || bytesEnd == bytes || bytesEnd < to) {
      return false;
    }
    sink.scratch.times.deliver(b, from + 1, timeEnd, sink);
    if (!Requests.line(b, request, status - 1, sink)) {
      return false;
    }
    HttpExchange.status(code, sink);
    HttpExchange.bytes(b, bytes, bytesEnd, sink);
    return true;
  }

  private static boolean uwsgi(byte[] b, int from, int to, FieldSink sink) {
    int close = Bytes.startsWith(b, from, to, PROCESS) ? Bytes.indexOf(b, from, to, ']') : -1;
    int client = close + 2;
    int time = close < 0 ? -1 : Bytes.indexOf(b, close, to, "} [");
    int timeEnd = time < 0 ? -1 : sink.scratch.times.scan(b, time + 3, to);
    int arrow = timeEnd < 0 ? -1 : Bytes.indexOf(b, timeEnd, to, " => generated ");
    if (arrow < 0 || Bytes.at(b, timeEnd, to) != ']') {
      return false;
    }
    sink.scratch.times.deliver(b, time + 3, timeEnd, sink);
    long pid = Bytes.number(b, from + 6, Bytes.endOfDigits(b, from + 6, to));
    if (pid >= 0) {
      sink.put(Names.PID, pid);
    }
    int clientEnd = Bytes.endOfWord(b, client, to);
    Requests.ip(Names.SOURCE_IP, b, client, clientEnd, sink);
    int user = clientEnd + 2;
    int userEnd = Bytes.startsWith(b, clientEnd, to, " (") ? Bytes.indexOf(b, user, to, ')') : -1;
    if (userEnd > user) {
      sink.put(Names.USER, b, user, userEnd);
    }
    Requests.line(b, Bytes.skipSpaces(b, timeEnd + 1, to), arrow, sink);
    int bytes = arrow + 14;
    HttpExchange.bytes(b, bytes, Bytes.endOfDigits(b, bytes, to), sink);
    int in = Bytes.indexOf(b, bytes, to, " in ");
    if (in > 0) {
      Durations.text(MILLI, b, in + 4, Bytes.endOfWord(b, in + 4, to), sink);
    }
    int version = in < 0 ? -1 : Bytes.indexOf(b, in, to, "(HTTP/");
    int space = version < 0 ? -1 : Bytes.endOfWord(b, version, to);
    if (space > 0) {
      sink.put(Names.HTTP_VERSION, b, version + 6, space);
      long status = Bytes.number(b, space + 1, Bytes.endOfDigits(b, Math.min(space + 1, to), to));
      if (status > 0) {
        HttpExchange.status(status, sink);
      }
    }
    return true;
  }
}
