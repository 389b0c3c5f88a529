package dev.logdash.core.parse;

/**
 * The default access log of Envoy and Istio: {@code [2016-04-15T20:17:00.310Z] "POST /a HTTP/2" 204
 * - 154 0 226 100 "10.0.35.28" "agent" "id" "host" "10.0.2.1:80"}, with further cells in quotes or
 * not. The message is the whole line.
 */
final class EnvoyParser implements LineFormat {

  private static final long MILLI = 1_000_000L;

  @Override
  public String name() {
    return "envoy";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '[';
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return Bytes.isDigit(fifth);
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (Bytes.at(b, from + 11, to) != 'T') {
      return false;
    }
    int timeEnd = sink.scratch.times.scan(b, from + 1, to);
    if (timeEnd < 0 || !Bytes.startsWith(b, timeEnd, to, "] \"")) {
      return false;
    }
    Cells cells = sink.scratch.cells;
    int last = Bytes.trimEnd(b, from, to);
    if (cells.cut(b, from, last, ' ') < 12 || cells.number(2) < 0) {
      return false;
    }
    // Behind the flags Istio has details and the reason of a failure, mostly as dashes.
    int bytes = 4;
    while (bytes < 7 && cells.number(bytes) < 0) {
      bytes++;
    }
    if (cells.number(bytes) < 0
        || cells.number(bytes + 1) < 0
        || !Requests.line(b, cells.from(1), cells.to(1), sink)) {
      sink.clear();
      return false;
    }
    sink.scratch.times.scanInto(b, from + 1, to, sink);
    cells.status(2, sink);
    cells.text(3, "envoy.response_flags", sink);
    cells.number(bytes, Names.REQUEST_BYTES, sink);
    cells.number(bytes + 1, Names.RESPONSE_BYTES, sink);
    cells.duration(bytes + 2, MILLI, sink);
    client(b, cells, bytes + 4, sink);
    cells.text(bytes + 5, Names.USER_AGENT, sink);
    cells.text(bytes + 6, "http.request.id", sink);
    cells.text(bytes + 7, Names.DESTINATION_DOMAIN, sink);
    cells.address(bytes + 8, Names.DESTINATION_IP, sink);
    sink.message(b, from, last);
    return true;
  }

  /** The first of the addresses that a request was forwarded for. */
  private static void client(byte[] b, Cells cells, int cell, FieldSink sink) {
    int from = cells.from(cell);
    int comma = Bytes.indexOf(b, from, cells.to(cell), ',');
    if (!cells.isNothing(cell)) {
      Requests.ip(Names.SOURCE_IP, b, from, comma < 0 ? cells.to(cell) : comma, sink);
    }
  }
}
