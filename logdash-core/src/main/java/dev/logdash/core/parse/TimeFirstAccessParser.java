package dev.logdash.core.parse;

/**
 * Access logs that begin with the time: Apache's {@code ssl_request_log} ({@code
 * [10/Oct/2000:13:55:36 -0700] 10.0.0.1 TLSv1.2 AES128 "GET / HTTP/1.1" 2326}) and those of nginx
 * in its style ({@code [10/Oct/2000:13:55:36 -0700] example.org 10.0.0.1 0.227 "GET / HTTP/1.1" 200
 * 2326}). The message is the whole line.
 */
final class TimeFirstAccessParser implements LineFormat {

  private static final int SHORTEST = 40;
  private static final int LONGEST_FRONT = 1_024;

  @Override
  public String name() {
    return "access-time-first";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '[';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (to - from < SHORTEST || (b[from + 4] != '/' && b[from + 3] != '/')) {
      return false;
    }
    int timeEnd = sink.scratch.times.scan(b, from + 1, to);
    int quote =
        timeEnd < 0 ? -1 : Bytes.indexOf(b, timeEnd, Math.min(to, from + LONGEST_FRONT), '"');
    int quoteEnd = quote < 0 ? -1 : HttpExchange.closingQuote(b, quote + 1, to);
    if (quoteEnd < 0 || !Bytes.startsWith(b, timeEnd, to, "] ")) {
      return false;
    }
    if (!front(b, timeEnd + 2, quote, sink)) {
      sink.clear();
      return false;
    }
    int number = Bytes.skipSpaces(b, quoteEnd + 1, to);
    int numberEnd = Bytes.endOfWord(b, number, to);
    long first = Bytes.number(b, number, numberEnd);
    boolean only = Bytes.skipSpaces(b, numberEnd, to) >= Bytes.trimEnd(b, numberEnd, to);
    if (only && (first >= 0 || HttpExchange.isDash(b, number, numberEnd))) {
      Requests.line(b, quote + 1, quoteEnd, sink);
      HttpExchange.bytes(b, number, numberEnd, sink);
    } else if (!HttpExchange.read(b, quote, to, sink)) {
      sink.clear();
      return false;
    } else {
      agent(b, numberEnd, to, sink);
    }
    sink.scratch.times.scanInto(b, from + 1, to, sink);
    sink.message(b, from, Bytes.trimEnd(b, from, to));
    return true;
  }

  /** Reads {@code 2326 440 - agent}, where both counts of bytes stand before the referrer. */
  private static void agent(byte[] b, int from, int to, FieldSink sink) {
    int sent = Bytes.endOfWord(b, Bytes.skipSpaces(b, from, to), to);
    int asked = Bytes.skipSpaces(b, sent, to);
    int askedEnd = Bytes.endOfWord(b, asked, to);
    int referrer = Bytes.skipSpaces(b, askedEnd, to);
    int referrerEnd = Bytes.endOfWord(b, referrer, to);
    int agent = Bytes.skipSpaces(b, referrerEnd, to);
    int last = Bytes.trimEnd(b, agent, to);
    if (Bytes.number(b, asked, askedEnd) < 0 || last <= agent || b[agent] == '"') {
      return;
    }
    if (!HttpExchange.isDash(b, referrer, referrerEnd)) {
      sink.put(Names.REFERRER, b, referrer, referrerEnd);
    }
    sink.put(Names.USER_AGENT, b, agent, last);
  }

  /** Finds the client, and in front of it the host that was asked; whether there is a client. */
  private static boolean front(byte[] b, int from, int to, FieldSink sink) {
    int at = from;
    while (at < to) {
      int end = Bytes.endOfWord(b, at, to);
      if (Addresses.fills(b, at, end)) {
        return Requests.address(b, at, end, sink);
      }
      if (at == from && Requests.isHostName(b, at, end) && Bytes.indexOf(b, at, end, '.') > 0) {
        sink.put(Names.DESTINATION_DOMAIN, b, at, end);
      }
      at = Bytes.skipSpaces(b, end, to);
    }
    return false;
  }
}
