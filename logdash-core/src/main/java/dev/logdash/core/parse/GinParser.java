package dev.logdash.core.parse;

/**
 * The access log of Gin: {@code [GIN] 2022/02/07 - 10:49:33 | 401 | 505.317µs | 10.1.2.3 | POST
 * "/client"}. The message is the whole line.
 */
final class GinParser implements LineFormat {

  private static final String START = "[GIN] ";

  @Override
  public String name() {
    return "gin";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '[' || Bytes.isDigit(first);
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int time = Bytes.startsWith(b, from, to, START) ? from + START.length() : from;
    int timeEnd = Bytes.isDigit(Bytes.at(b, time, to)) ? sink.scratch.times.scan(b, time, to) : -1;
    if (timeEnd < 0 || !Bytes.startsWith(b, timeEnd, to, " | ")) {
      return false;
    }
    int status = nextCell(b, timeEnd, to);
    int duration = nextCell(b, status, to);
    int client = nextCell(b, duration, to);
    int request = nextCell(b, client, to);
    if (request < 0) {
      return false;
    }
    long code = Bytes.number(b, status, Bytes.endOfDigits(b, status, to));
    if (code < 0 || !Requests.address(b, client, Bytes.endOfWord(b, client, to), sink)) {
      sink.clear();
      return false;
    }
    sink.scratch.times.scanInto(b, time, to, sink);
    HttpExchange.status(code, sink);
    Durations.text(0, b, duration, Bytes.endOfWord(b, duration, to), sink);
    int methodEnd = Bytes.endOfWord(b, request, to);
    Requests.method(b, request, methodEnd, sink);
    int quote = Bytes.skipSpaces(b, methodEnd, to);
    int last = Bytes.trimEnd(b, quote, to);
    if (last > quote + 1 && b[quote] == '"' && b[last - 1] == '"') {
      Requests.url(b, quote + 1, last - 1, sink);
    }
    sink.message(b, from, Bytes.trimEnd(b, from, to));
    return true;
  }

  /** Where the cell begins behind the next bar, or -1. */
  private static int nextCell(byte[] b, int from, int to) {
    int bar = from < 0 ? -1 : Bytes.indexOf(b, from, to, '|');
    return bar < 0 ? -1 : Bytes.skipSpaces(b, bar + 1, to);
  }
}
