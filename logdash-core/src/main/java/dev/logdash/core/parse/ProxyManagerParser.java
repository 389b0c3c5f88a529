package dev.logdash.core.parse;

/**
 * The access log of Nginx Proxy Manager: {@code [10/Feb/2024:21:23:32 +0100] - 200 200 - GET https
 * example.org "/a" [Client 10.0.0.1] [Length 12] [Gzip -] [Sent-to 10.0.0.5] "agent" "referrer"};
 * where nothing was asked upstream there is one status. The message is the whole line.
 */
final class ProxyManagerParser implements LineFormat {

  @Override
  public String name() {
    return "nginx-proxy-manager";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '[';
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return Bytes.isLetter(fifth);
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (Bytes.at(b, from + 3, to) != '/') {
      return false;
    }
    int timeEnd = sink.scratch.times.scan(b, from + 1, to);
    int client = timeEnd < 0 ? -1 : Bytes.indexOf(b, timeEnd, to, "[Client ");
    if (client < 0 || !Bytes.startsWith(b, timeEnd, to, "] ")) {
      return false;
    }
    Cells cells = sink.scratch.cells;
    int last = Bytes.trimEnd(b, from, to);
    int size = cells.cut(b, timeEnd + 2, last, ' ');
    // The status stands before the dash that precedes the method.
    int dash = 1;
    while (dash < 4 && (!cells.is(dash, "-") || cells.number(dash - 1) < 0)) {
      dash++;
    }
    int status = dash - 1;
    if (dash == 4 || size < dash + 8 || cells.number(status) < 100) {
      return false;
    }
    sink.scratch.times.deliver(b, from + 1, timeEnd, sink);
    cells.status(status, sink);
    cells.method(dash + 1, sink);
    cells.text(dash + 3, Names.DESTINATION_DOMAIN, sink);
    cells.url(dash + 4, sink);
    int end = Bytes.indexOf(b, client, last, ']');
    Requests.ip(Names.SOURCE_IP, b, client + 8, Math.max(client + 8, end), sink);
    int length = Bytes.indexOf(b, client, last, "[Length ");
    if (length > 0) {
      HttpExchange.bytes(b, length + 8, Bytes.endOfDigits(b, length + 8, last), sink);
    }
    cells.text(size - 2, Names.USER_AGENT, sink);
    cells.text(size - 1, Names.REFERRER, sink);
    sink.message(b, from, last);
    return true;
  }
}
