package dev.logdash.core.parse;

/**
 * The error log of nginx: {@code 2022/04/02 15:45:23 [error] 8#9: *15 text, client: 10.0.0.1,
 * server: a, request: "GET / HTTP/1.1"}. The message is all that follows the connection.
 */
final class NginxErrorParser implements LineFormat {

  @Override
  public String name() {
    return "nginx-error";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first);
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return fifth == '/';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (to - from < 28 || b[from + 4] != '/') {
      return false;
    }
    int end = sink.scratch.times.scan(b, from, to);
    if (end < 0 || !Bytes.startsWith(b, end, to, " [")) {
      return false;
    }
    int level = end + 2;
    int close = Bytes.indexOf(b, level, Math.min(to, level + 16), ']');
    int severity = close < 0 ? 0 : Severities.ofWord(b, level, close);
    int pid = close + 2;
    int pidEnd = Bytes.endOfDigits(b, Math.min(pid, to), to);
    int tidEnd = Bytes.endOfDigits(b, Math.min(pidEnd + 1, to), to);
    if (severity == 0
        || pidEnd <= pid
        || pidEnd - pid > 18
        || Bytes.at(b, pidEnd, to) != '#'
        || tidEnd - pidEnd > 19
        || tidEnd == pidEnd + 1
        || Bytes.at(b, tidEnd, to) != ':') {
      return false;
    }
    sink.scratch.times.deliver(b, from, end, sink);
    sink.severity(severity, b, level, close);
    sink.put(Names.PID, Bytes.number(b, pid, pidEnd));
    sink.put(Names.THREAD_ID, Bytes.number(b, pidEnd + 1, tidEnd));
    int text = Bytes.skipSpaces(b, tidEnd + 1, to);
    if (Bytes.at(b, text, to) == '*') {
      int connection = Bytes.endOfDigits(b, text + 1, to);
      if (Bytes.at(b, connection, to) == ' ') {
        text = connection + 1;
      }
    }
    int last = Bytes.trimEnd(b, text, to);
    sink.message(b, text, last);
    context(b, text, last, sink);
    if (Bytes.at(b, text, last) == '[' || Bytes.at(b, text, last) == 'M') {
      TextRules.modSecurity(b, text, last, sink);
    }
    return true;
  }

  private static void context(byte[] b, int from, int to, FieldSink sink) {
    // As in: *15950 client 10.0.0.1:53044 connected to 0.0.0.0:25
    if (Bytes.startsWith(b, from, to, "client ")) {
      int end = Bytes.endOfWord(b, from + 7, to);
      if (Addresses.end(b, from + 7, end) > 0) {
        Requests.address(b, from + 7, end, sink);
        return;
      }
    }
    int client = Bytes.indexOf(b, from, to, ", client: ");
    if (client < 0) {
      return;
    }
    int at = client + 10;
    int comma = Bytes.indexOf(b, at, to, ',');
    Requests.address(b, at, Bytes.endOfWord(b, at, comma < 0 ? to : comma), sink);
    int login = Bytes.indexOf(b, at, to, ", login: \"");
    int loginEnd = login < 0 ? -1 : Bytes.indexOf(b, login + 10, to, '"');
    if (loginEnd > 0) {
      sink.put(Names.USER, b, login + 10, loginEnd);
    }
    int request = Bytes.indexOf(b, at, to, ", request: \"");
    if (request >= 0) {
      int quote = Bytes.indexOf(b, request + 12, to, '"');
      if (quote > 0) {
        Requests.line(b, request + 12, quote, sink);
      }
    }
    int referrer = Bytes.indexOf(b, at, to, ", referrer: \"");
    if (referrer >= 0 && b[to - 1] == '"' && to - 1 > referrer + 13) {
      sink.put(Names.REFERRER, b, referrer + 13, to - 1);
    }
  }
}
