package dev.logdash.core.parse;

/**
 * Access logs of Amazon's load balancers, classic ({@code 2015-05-13T23:39:43.945958Z name
 * 10.0.0.1:2817 10.0.0.2:80 0.086 0.048 0.037 200 200 0 57 "GET http://a:80/ HTTP/1.1" "curl"}) and
 * application, which begin with the kind of request. The message is the whole line.
 */
final class LoadBalancerParser implements LineFormat {

  @Override
  public String name() {
    return "aws-elb";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first) || "hw".indexOf(first) >= 0;
  }

  @Override
  public Layer layer() {
    return Layer.VAGUE;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int time = from;
    if (!Bytes.isDigit(Bytes.at(b, from, to))) {
      time = Math.min(to, Bytes.endOfWord(b, from, Math.min(to, from + 8)) + 1);
      if (Bytes.at(b, time + 10, to) != 'T') {
        return false;
      }
    }
    int timeEnd = Bytes.at(b, time + 10, to) == 'T' ? sink.scratch.times.scan(b, time, to) : -1;
    if (timeEnd < 0 || Bytes.at(b, timeEnd, to) != ' ') {
      return false;
    }
    int name = timeEnd + 1;
    int nameEnd = Bytes.endOfWord(b, name, to);
    int client = Math.min(nameEnd + 1, to);
    int clientEnd = Bytes.endOfWord(b, client, to);
    int target = Math.min(clientEnd + 1, to);
    int targetEnd = Bytes.endOfWord(b, target, to);
    int at = targetEnd;
    for (int timer = 0; timer < 3; timer++) {
      int start = Math.min(at + 1, to);
      at = Bytes.endOfWord(b, start, to);
      if (!isTimer(b, start, at)) {
        return false;
      }
    }
    int status = Math.min(at + 1, to);
    int statusEnd = Bytes.endOfWord(b, status, to);
    int quote = Bytes.indexOf(b, statusEnd, to, '"');
    int quoteEnd = quote < 0 ? -1 : HttpExchange.closingQuote(b, quote + 1, to);
    if (quoteEnd < 0
        || Bytes.indexOf(b, client, clientEnd, ':') < 0
        || !Requests.address(b, client, clientEnd, sink)) {
      sink.clear();
      return false;
    }
    sink.scratch.times.deliver(b, time, timeEnd, sink);
    sink.put("aws.elb.name", b, name, nameEnd);
    target(b, target, targetEnd, sink);
    long code = Bytes.number(b, status, statusEnd);
    if (code > 0) {
      HttpExchange.status(code, sink);
    }
    int sent = Bytes.trimEnd(b, statusEnd, quote);
    int sentStart = sent;
    while (sentStart > statusEnd && Bytes.isDigit(b[sentStart - 1])) {
      sentStart--;
    }
    HttpExchange.bytes(b, sentStart, sent, sink);
    Requests.line(b, quote + 1, quoteEnd, sink);
    HttpExchange.quoted(b, Bytes.skipSpaces(b, quoteEnd + 1, to), to, Names.USER_AGENT, sink);
    sink.message(b, from, Bytes.trimEnd(b, from, to));
    return true;
  }

  private static boolean isTimer(byte[] b, int from, int to) {
    int start = Bytes.at(b, from, to) == '-' ? from + 1 : from;
    int end = Bytes.endOfDigits(b, start, to);
    return end > start && (end == to || (b[end] == '.' && Bytes.endOfDigits(b, end + 1, to) == to));
  }

  private static void target(byte[] b, int from, int to, FieldSink sink) {
    int end = Addresses.end(b, from, to);
    if (end > 0) {
      sink.put(Names.DESTINATION_IP, b, from, end);
      long port = end < to && b[end] == ':' ? Bytes.number(b, end + 1, to) : -1;
      if (port >= 0) {
        sink.put(Names.DESTINATION_PORT, port);
      }
    }
  }
}
