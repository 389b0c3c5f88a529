package dev.logdash.core.parse;

/**
 * The HTTP and TCP logs of HAProxy, as they stand behind a syslog header: {@code 10.0.0.1:39759
 * [09/Dec/2013:12:59:46.633] front back/server 0/51536/1/48082/99627 200 83285 - - ----
 * 87/87/87/1/0 0/67 "GET / HTTP/1.1"}. The message is the whole line.
 */
final class HaproxyParser implements LineFormat {

  private static final int LONGEST_WORD = 64;

  @Override
  public String name() {
    return "haproxy";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first) || (first >= 'a' && first <= 'f') || first == ':';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int client = Bytes.endOfWord(b, from, Math.min(to, from + LONGEST_WORD));
    int time = client + 2;
    if (!Bytes.startsWith(b, client, to, " [") || Addresses.end(b, from, client) < 0) {
      return false;
    }
    int timeEnd = sink.scratch.times.scan(b, time, to);
    if (timeEnd < 0 || !Bytes.startsWith(b, timeEnd, to, "] ")) {
      return false;
    }
    int frontend = timeEnd + 2;
    int frontendEnd = Bytes.endOfWord(b, frontend, to);
    int backend = frontendEnd + 1;
    int backendEnd = Bytes.endOfWord(b, Math.min(backend, to), to);
    int timers = backendEnd + 1;
    int timersEnd = Bytes.endOfWord(b, Math.min(timers, to), to);
    int slashes = slashes(b, timers, timersEnd);
    if (slashes < 2 || Bytes.indexOf(b, backend, backendEnd, '/') < 0) {
      return false;
    }
    if (!Requests.address(b, from, client, sink)) {
      sink.clear();
      return false;
    }
    sink.scratch.times.scanInto(b, time, to, sink);
    sink.put("haproxy.frontend_name", b, frontend, frontendEnd);
    sink.put("haproxy.backend_name", b, backend, backendEnd);
    int at = timersEnd + 1;
    if (slashes == 4) {
      int end = Bytes.endOfWord(b, Math.min(at, to), to);
      long status = Bytes.number(b, at, end);
      if (status > 0) {
        HttpExchange.status(status, sink);
      }
      at = end + 1;
    }
    int bytesEnd = Bytes.endOfWord(b, Math.min(at, to), to);
    HttpExchange.bytes(b, at, bytesEnd, sink);
    int quote = Bytes.indexOf(b, bytesEnd, to, '"');
    int last = Bytes.trimEnd(b, from, to);
    if (quote > 0 && quote + 1 < last && b[last - 1] == '"') {
      Requests.line(b, quote + 1, last - 1, sink);
    }
    duration(b, timers, timersEnd, sink);
    sink.message(b, from, last);
    return true;
  }

  private static int slashes(byte[] b, int from, int to) {
    int count = 0;
    for (int at = from; at < to; at++) {
      if (b[at] == '/') {
        count++;
      } else if (!Bytes.isDigit(b[at]) && b[at] != '-' && b[at] != '+') {
        return -1;
      }
    }
    return count;
  }

  /** The last of the timers is the whole time in milliseconds. */
  private static void duration(byte[] b, int from, int to, FieldSink sink) {
    int at = to;
    while (at > from && Bytes.isDigit(b[at - 1])) {
      at--;
    }
    long millis = Bytes.number(b, at, to);
    if (millis >= 0) {
      Durations.put(millis * 1e6, sink);
    }
  }
}
