package dev.logdash.core.parse;

/** The parts that access logs of all kinds have in common: a quoted request and what came of it. */
final class HttpExchange {

  private static final int INFO = 9;
  private static final int WARN = 13;
  private static final int ERROR = 17;
  private static final long SECOND = 1_000_000_000L;

  private HttpExchange() {}

  /**
   * Reads {@code "GET / HTTP/1.1" 200 5 "referrer" "agent"} and what follows; false, with an
   * unclear sink, if there is no quoted text with a status behind it.
   */
  static boolean read(byte[] b, int from, int to, FieldSink sink) {
    int quote = Bytes.skipSpaces(b, from, to);
    if (quote >= to || b[quote] != '"') {
      return false;
    }
    int end = closingQuote(b, quote + 1, to);
    if (end < 0) {
      return false;
    }
    Requests.line(b, quote + 1, end, sink);
    int at = Bytes.skipSpaces(b, end + 1, to);
    int wordEnd = Bytes.endOfWord(b, at, to);
    long status = Bytes.number(b, at, wordEnd);
    if (status < 0 && !isDash(b, at, wordEnd)) {
      return false;
    }
    if (status >= 0) {
      status(status, sink);
    }
    at = Bytes.skipSpaces(b, wordEnd, to);
    wordEnd = Bytes.endOfWord(b, at, to);
    bytes(b, at, wordEnd, sink);
    rest(b, Bytes.skipSpaces(b, wordEnd, to), to, sink);
    return true;
  }

  /** Puts a status, and the severity that follows from it. */
  static void status(long status, FieldSink sink) {
    sink.put(Names.STATUS, status);
    sink.severity(status < 400 ? INFO : status < 500 ? WARN : ERROR, "");
  }

  static void bytes(byte[] b, int from, int to, FieldSink sink) {
    long bytes = Bytes.number(b, from, to);
    if (bytes >= 0) {
      sink.put(Names.RESPONSE_BYTES, bytes);
    }
  }

  private static void rest(byte[] b, int from, int to, FieldSink sink) {
    int at = quoted(b, from, to, Names.REFERRER, sink);
    if (at < 0) {
      return;
    }
    at = quoted(b, Bytes.skipSpaces(b, at, to), to, Names.USER_AGENT, sink);
    if (at < 0) {
      return;
    }
    // A number with a point behind all of it is the time of the request in seconds.
    int last = Bytes.skipSpaces(b, at, to);
    int end = Bytes.trimEnd(b, last, to);
    if (last < end
        && Bytes.endOfWord(b, last, end) == end
        && Bytes.isDigit(b[last])
        && Bytes.indexOf(b, last, end, '.') > 0) {
      Durations.text(SECOND, b, last, end, sink);
    } else if (last < end) {
      times(b, last, end, sink);
    }
  }

  /**
   * Reads what people add to nginx's format: {@code rt=0.123 urt="0.120"}, and what its ingress
   * controller of Kubernetes prints: {@code 123 0.005 [default-web-80] [] 10.0.0.2:8080 12 0.004
   * 200 9f8e7d}, lengths and times of the request and of the one behind it.
   */
  private static void times(byte[] b, int from, int to, FieldSink sink) {
    if (b[from] == 'r') {
      int pair = Bytes.startsWith(b, from, to, "rt=") ? from + 3 : -1;
      if (pair > 0 && Bytes.isDigit(Bytes.at(b, pair, to))) {
        Durations.text(SECOND, b, pair, Bytes.endOfWord(b, pair, to), sink);
      }
      return;
    }
    int lengthEnd = Bytes.endOfDigits(b, from, to);
    if (Bytes.startsWith(b, lengthEnd, to, " \"")) {
      router(b, lengthEnd + 1, to, sink);
      return;
    }
    int time = lengthEnd + 1;
    int timeEnd = Bytes.endOfWord(b, Math.min(time, to), to);
    if (lengthEnd == from
        || lengthEnd - from > 18
        || Bytes.indexOf(b, Math.min(time, to), timeEnd, '.') < 0
        || !Bytes.startsWith(b, timeEnd, to, " [")) {
      return;
    }
    int upstream = timeEnd + 2;
    int upstreamEnd = Bytes.indexOf(b, upstream, to, ']');
    int other = upstreamEnd < 0 ? -1 : Bytes.indexOf(b, upstreamEnd + 1, to, ']');
    if (other < 0 || !Bytes.startsWith(b, upstreamEnd, to, "] [")) {
      return;
    }
    sink.put("http.request.bytes", Bytes.number(b, from, lengthEnd));
    Durations.text(SECOND, b, time, timeEnd, sink);
    sink.put("nginx.ingress_controller.upstream.name", b, upstream, upstreamEnd);
    int address = Bytes.skipSpaces(b, other + 1, to);
    Requests.ip(Names.DESTINATION_IP, b, address, Bytes.endOfWord(b, address, to), sink);
    int id = to;
    while (id > address && !Bytes.isSpace(b[id - 1])) {
      id--;
    }
    if (to - id == 32) {
      sink.put("http.request.id", b, id, to);
    }
  }

  /** Reads what Traefik prints behind a count of requests: {@code "router" "http://host" 3ms}. */
  private static void router(byte[] b, int from, int to, FieldSink sink) {
    int routerEnd = closingQuote(b, from + 1, to);
    int server = routerEnd + 2;
    int serverEnd = Bytes.startsWith(b, server, to, "\"") ? closingQuote(b, server + 1, to) : -1;
    int time = serverEnd + 2;
    if (routerEnd < 0
        || serverEnd < 0
        || !Bytes.isDigit(Bytes.at(b, time, to))
        || Bytes.endOfWord(b, time, to) != to
        || !Bytes.startsWith(b, to - 2, to, "ms")) {
      return;
    }
    quoted(b, from, to, "traefik.router", sink);
    quoted(b, server, to, "traefik.server", sink);
    Durations.text(0, b, time, to, sink);
  }

  /** Puts the inner part of the quotes that open here; returns where they end, or -1. */
  static int quoted(byte[] b, int from, int to, String name, FieldSink sink) {
    if (from >= to || b[from] != '"') {
      return -1;
    }
    int end = closingQuote(b, from + 1, to);
    if (end > from + 1 && !isDash(b, from + 1, end)) {
      sink.put(name, b, from + 1, end);
    }
    return end < 0 ? -1 : end + 1;
  }

  /** Where the next quote stands that no backslash escapes, or -1. */
  static int closingQuote(byte[] b, int from, int to) {
    int at = Bytes.indexOf(b, from, to, '"');
    while (at > from && isEscaped(b, from, at)) {
      at = Bytes.indexOf(b, at + 1, to, '"');
    }
    return at;
  }

  private static boolean isEscaped(byte[] b, int from, int at) {
    int backslashes = 0;
    while (at - backslashes > from && b[at - backslashes - 1] == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  static boolean isDash(byte[] b, int from, int to) {
    return to - from == 1 && b[from] == '-';
  }
}
