package dev.logdash.core.parse;

/**
 * The native access log of Squid: {@code 1525344856.899 16867 10.0.0.1 TCP_MISS/200 6256 GET
 * http://a/ - HIER_DIRECT/10.0.0.2 text/html}. The message is the whole line.
 */
final class SquidParser implements LineFormat {

  @Override
  public String name() {
    return "squid";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first);
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return Bytes.isDigit(fifth);
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int timeEnd = Bytes.endOfWord(b, from, Math.min(to, from + 24));
    if (Bytes.indexOf(b, from, timeEnd, '.') != from + 10) {
      return false;
    }
    int elapsed = Bytes.skipSpaces(b, timeEnd, to);
    int elapsedEnd = Bytes.endOfWord(b, elapsed, to);
    int client = Bytes.skipSpaces(b, elapsedEnd, to);
    int clientEnd = Bytes.endOfWord(b, client, to);
    int result = Bytes.skipSpaces(b, clientEnd, to);
    int resultEnd = Bytes.endOfWord(b, result, to);
    int slash = Bytes.indexOf(b, result, resultEnd, '/');
    long millis = Bytes.number(b, elapsed, elapsedEnd);
    if (millis < 0
        || slash < 0
        || Bytes.number(b, slash + 1, resultEnd) < 0
        || sink.scratch.times.scanEpoch(b, from, timeEnd) != timeEnd
        || !Requests.address(b, client, clientEnd, sink)) {
      sink.clear();
      return false;
    }
    sink.scratch.times.deliver(b, from, timeEnd, sink);
    HttpExchange.status(Bytes.number(b, slash + 1, resultEnd), sink);
    Durations.put(millis * 1e6, sink);
    sink.put("squid.cache_status", b, result, slash);
    int bytes = Bytes.skipSpaces(b, resultEnd, to);
    int bytesEnd = Bytes.endOfWord(b, bytes, to);
    HttpExchange.bytes(b, bytes, bytesEnd, sink);
    int method = Bytes.skipSpaces(b, bytesEnd, to);
    int methodEnd = Bytes.endOfWord(b, method, to);
    Requests.method(b, method, methodEnd, sink);
    int url = Bytes.skipSpaces(b, methodEnd, to);
    int urlEnd = Bytes.endOfWord(b, url, to);
    Requests.url(b, url, urlEnd, sink);
    int user = Bytes.skipSpaces(b, urlEnd, to);
    int userEnd = Bytes.endOfWord(b, user, to);
    if (!HttpExchange.isDash(b, user, userEnd)) {
      sink.put(Names.USER, b, user, userEnd);
    }
    int peer = Bytes.skipSpaces(b, userEnd, to);
    int peerEnd = Bytes.endOfWord(b, peer, to);
    peer(b, peer, peerEnd, sink);
    int type = Bytes.skipSpaces(b, peerEnd, to);
    int typeEnd = Bytes.endOfWord(b, type, to);
    if (Bytes.indexOf(b, type, typeEnd, '/') > type) {
      sink.put("http.response.mime_type", b, type, typeEnd);
    }
    sink.message(b, from, Bytes.trimEnd(b, from, to));
    return true;
  }

  /** Reads who was asked for the answer: {@code HIER_DIRECT/10.0.0.2}, {@code HIER_NONE/-}. */
  private static void peer(byte[] b, int from, int to, FieldSink sink) {
    int slash = Bytes.indexOf(b, from, to, '/');
    if (slash < 0) {
      return;
    }
    sink.put("squid.hierarchy_status", b, from, slash);
    int host = slash + 1;
    if (!HttpExchange.isDash(b, host, to)
        && !Requests.ip(Names.DESTINATION_IP, b, host, to, sink)
        && Requests.isHostName(b, host, to)) {
      sink.put("destination.address", b, host, to);
      sink.put(Names.DESTINATION_DOMAIN, b, host, to);
    }
  }
}
