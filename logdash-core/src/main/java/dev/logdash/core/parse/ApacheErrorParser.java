package dev.logdash.core.parse;

/**
 * The error log of Apache httpd. Of version 2.4 ({@code [time] [module:level] [pid 1:tid 2]
 * (2)text: [client 10.0.0.1:5] AH00001: text}) the message is what follows the last bracket;
 * version 2.2 ({@code [time] [level] [client 10.0.0.1] text}) has no module, and its message keeps
 * the client.
 */
final class ApacheErrorParser implements LineFormat {

  private static final int LONGEST_ITEM = 128;

  @Override
  public String name() {
    return "apache-error";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '[';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (to - from < 26 || b[from] != '[') {
      return false;
    }
    int end = sink.scratch.times.scan(b, from + 1, to);
    if (end < 0 || !Bytes.startsWith(b, end, to, "] [")) {
      return false;
    }
    int item = end + 3;
    int close = Bytes.indexOf(b, item, Math.min(to, item + LONGEST_ITEM), ']');
    if (close < 0) {
      return false;
    }
    int colon = Bytes.indexOf(b, item, close, ':');
    int level = colon < 0 ? item : colon + 1;
    int severity = severity(b, level, close);
    // Without a module only the usual time tells httpd from others.
    if (severity == 0 || (colon >= 0 ? !isModule(b, item, colon) : Bytes.isDigit(b[from + 1]))) {
      return false;
    }
    sink.scratch.times.deliver(b, from + 1, end, sink);
    sink.severity(severity, b, level, close);
    if (colon > item) {
      sink.put("module", b, item, colon);
    }
    int text = process(b, Bytes.skipSpaces(b, close + 1, to), to, sink);
    int behind = client(b, text, to, sink);
    if (colon >= 0) {
      text = errorCode(b, behind, to, sink);
    }
    if (colon > item && Bytes.startsWith(b, item, colon, "security")) {
      TextRules.modSecurity(b, text, to, sink);
    }
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  private static int severity(byte[] b, int from, int to) {
    // trace1 to trace8 are levels of httpd alone.
    boolean numbered = to - from == 6 && Bytes.startsWith(b, from, to, "trace");
    return Severities.ofWord(b, from, numbered ? to - 1 : to);
  }

  private static boolean isModule(byte[] b, int from, int to) {
    for (int at = from; at < to; at++) {
      if (!Bytes.isLetter(b[at]) && !Bytes.isDigit(b[at]) && b[at] != '_' && b[at] != '-') {
        return false;
      }
    }
    return true;
  }

  /** Reads {@code [pid 4803:tid 3814]}; returns where the next item begins. */
  private static int process(byte[] b, int from, int to, FieldSink sink) {
    if (!Bytes.startsWith(b, from, to, "[pid ")) {
      return from;
    }
    int close = Bytes.indexOf(b, from, Math.min(to, from + LONGEST_ITEM), ']');
    int pid = from + 5;
    int pidEnd = Bytes.endOfDigits(b, pid, to);
    if (close < 0 || pidEnd == pid || pidEnd - pid > 18) {
      return from;
    }
    sink.put(Names.PID, Bytes.number(b, pid, pidEnd));
    if (Bytes.startsWith(b, pidEnd, close, ":tid ")) {
      long tid = Bytes.number(b, pidEnd + 5, close);
      if (tid >= 0) {
        sink.put(Names.THREAD_ID, tid);
      }
    }
    return Bytes.skipSpaces(b, close + 1, to);
  }

  /** Finds {@code [client 10.0.0.1:5]}; returns where the text behind it begins. */
  private static int client(byte[] b, int from, int to, FieldSink sink) {
    int open = Bytes.indexOf(b, from, Math.min(to, from + 1_024), "[client ");
    int close = open < 0 ? -1 : Bytes.indexOf(b, open, Math.min(to, open + LONGEST_ITEM), ']');
    if (close < 0) {
      return from;
    }
    int address = open + 8;
    int end = close;
    int colon = close;
    while (colon > address && b[colon - 1] != ':') {
      colon--;
    }
    // httpd writes IPv6 addresses without brackets, so the port is what follows the last colon.
    if (colon > address + 1 && Addresses.fills(b, address, colon - 1)) {
      long port = Bytes.number(b, colon, close);
      if (port > 0) {
        sink.put(Names.SOURCE_PORT, port);
        end = colon - 1;
      }
    }
    if (Addresses.fills(b, address, end)) {
      sink.put(Names.SOURCE_IP, b, address, end);
    } else {
      Requests.address(b, address, end, sink);
    }
    return Bytes.skipSpaces(b, close + 1, to);
  }

  /** Reads {@code AH01075:}; returns where the text behind it begins. */
  private static int errorCode(byte[] b, int from, int to, FieldSink sink) {
    if (!Bytes.startsWith(b, from, to, "AH")) {
      return from;
    }
    int end = Bytes.endOfDigits(b, from + 2, to);
    if (end != from + 7 || Bytes.at(b, end, to) != ':') {
      return from;
    }
    sink.put(Names.ERROR_CODE, b, from, end);
    return Bytes.skipSpaces(b, end + 1, to);
  }
}
