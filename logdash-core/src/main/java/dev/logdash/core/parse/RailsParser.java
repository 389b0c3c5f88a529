package dev.logdash.core.parse;

/**
 * How Rails announces a request: {@code Started GET "/a" for 10.0.0.1 at 2012-07-05 14:58:15
 * +0000}, and reports its end: {@code Completed 200 OK in 5ms (Views: 1.2ms)}.
 */
final class RailsParser implements LineFormat {

  private static final String STARTED = "Started ";
  private static final String COMPLETED = "Completed ";

  @Override
  public String name() {
    return "rails";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == 'S' || first == 'C';
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return fifth == 't' || fifth == 'l';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int last = Bytes.trimEnd(b, from, to);
    boolean found =
        Bytes.startsWith(b, from, to, STARTED)
            ? started(b, from + STARTED.length(), last, sink)
            : Bytes.startsWith(b, from, to, COMPLETED)
                && completed(b, from + COMPLETED.length(), last, sink);
    if (!found) {
      sink.clear();
      return false;
    }
    sink.message(b, from, last);
    return true;
  }

  private static boolean started(byte[] b, int from, int to, FieldSink sink) {
    int methodEnd = Bytes.endOfWord(b, from, to);
    int quote = methodEnd + 1;
    int close = Bytes.at(b, quote, to) == '"' ? Bytes.indexOf(b, quote + 1, to, '"') : -1;
    if (close < 0 || !Bytes.startsWith(b, close, to, "\" for ")) {
      return false;
    }
    int client = close + 6;
    int clientEnd = Bytes.endOfWord(b, client, to);
    int time = clientEnd + 4;
    if (!Bytes.startsWith(b, clientEnd, to, " at ")
        || sink.scratch.times.scanInto(b, time, to, sink) < 0
        || !Requests.method(b, from, methodEnd, sink)) {
      return false;
    }
    Requests.url(b, quote + 1, close, sink);
    Requests.ip(Names.SOURCE_IP, b, client, clientEnd, sink);
    return true;
  }

  private static boolean completed(byte[] b, int from, int to, FieldSink sink) {
    int end = Bytes.endOfDigits(b, from, to);
    int in = end == from + 3 ? Bytes.indexOf(b, end, Math.min(to, end + 64), " in ") : -1;
    if (in < 0) {
      return false;
    }
    int value = in + 4;
    if (!Durations.text(0, b, value, Bytes.endOfWord(b, value, to), sink)) {
      return false;
    }
    HttpExchange.status(Bytes.number(b, from, end), sink);
    return true;
  }
}
