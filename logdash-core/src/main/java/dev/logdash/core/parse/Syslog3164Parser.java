package dev.logdash.core.parse;

/**
 * Syslog as RFC 3164 describes it and as files have it: with or without priority, the time as
 * {@code Dec 10 06:55:46} or as ISO-8601 with a zone, the host, and mostly {@code program[pid]:}.
 */
final class Syslog3164Parser implements LineFormat {

  private static final int LONGEST_TAG = 128;
  private static final boolean[] HOST_BYTES = Bytes.wordTable(".-_:/@%", true);

  @Override
  public String name() {
    return "syslog3164";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '<' || Bytes.isLetter(first) || Bytes.isDigit(first);
  }

  @Override
  public boolean excludesHigherRanks(byte[] b, int from, int to) {
    // A comma behind the day belongs to java.util.logging.
    return Bytes.isLetter(b[from])
        && Bytes.at(b, from + 5, to) != ','
        && Bytes.at(b, from + 6, to) != ',';
  }

  @Override
  public Layer layer() {
    return Layer.ENVELOPE;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int start = SyslogPriority.end(b, from, to);
    int time = start < 0 ? from : start;
    if (start < 0 && Bytes.isDigit(Bytes.at(b, from, to)) && Bytes.at(b, from + 10, to) != 'T') {
      return false;
    }
    int end = sink.scratch.times.scan(b, time, to);
    if (end < 0 && start >= 0 && !isVersion(b, start, to)) {
      // RFC 3164, 4.3.3: without a time all is text.
      SyslogPriority.put(b, from, start, sink);
      message(b, Bytes.skipSpaces(b, start, to), to, sink);
      return true;
    }
    if (end < 0 || Bytes.at(b, end, to) == 0) {
      return false;
    }
    boolean named = Bytes.isLetter(b[time]) && isMonthFirst(b, time);
    boolean iso = Bytes.at(b, time + 10, to) == 'T' && !sink.scratch.times.isZoneless();
    // Some devices end the time with a colon.
    int next = b[end] == ':' ? end + 1 : end;
    if ((!named && !iso && start < 0) || !Bytes.isSpace(Bytes.at(b, next, to))) {
      return false;
    }
    int host = Bytes.skipSpaces(b, next, to);
    int hostEnd = Bytes.endOfWord(b, host, to);
    if (!isHost(b, host, hostEnd)) {
      return start >= 0 && bare(b, from, start, time, end, host, to, sink);
    }
    boolean colon = b[hostEnd - 1] == ':';
    int tag = Bytes.skipSpaces(b, hostEnd, to);
    int tagEnd = endOfTag(b, tag, to);
    // As in: 2024-05-01T10:00:00+00:00 heroku[router]: text
    boolean process = colon && hostEnd - host > 2 && b[hostEnd - 2] == ']';
    if (!named && start < 0 && !process && (colon || (tagEnd < 0 && !isStructured(b, tag, to)))) {
      return false;
    }
    sink.scratch.times.deliver(b, time, end, sink);
    if (start >= 0) {
      SyslogPriority.put(b, from, start, sink);
    }
    if (colon && Bytes.at(b, tag, to) != '%') {
      // Without a host the program follows the time.
      putTag(b, host, hostEnd, sink);
      message(b, tag, to, sink);
      return true;
    }
    sink.put(Names.HOST, b, host, colon ? hostEnd - 1 : hostEnd);
    int selector = SyslogPriority.endOfSelector(b, tag, to, sink);
    if (selector > 0) {
      tag = Bytes.skipSpaces(b, selector, to);
      tagEnd = endOfTag(b, tag, to);
    }
    if (tagEnd < 0) {
      message(b, tag, to, sink);
    } else {
      putTag(b, tag, tagEnd, sink);
      message(b, withoutService(b, Bytes.skipSpaces(b, tagEnd, to), to), to, sink);
    }
    return true;
  }

  /** Whether the version of RFC 5424 stands here, with which a broken record is no text of ours. */
  private static boolean isVersion(byte[] b, int from, int to) {
    int end = Bytes.endOfDigits(b, from, to);
    return from == to || (end > from && Bytes.at(b, end, to) == ' ');
  }

  /** Whether a text without a tag can only be that of a device: an object, CEF, cells, topics. */
  private static boolean isStructured(byte[] b, int from, int to) {
    byte first = Bytes.at(b, from, to);
    if (first == '{' || first == '%') {
      return true;
    }
    if (Bytes.startsWith(b, from, to, "CEF:") || Bytes.startsWith(b, from, to, "LEEF:")) {
      return true;
    }
    int end = Bytes.endOfWord(b, from, to);
    int comma = Bytes.indexOf(b, from, end, ',');
    if (comma <= from || comma + 1 >= end) {
      return false;
    }
    // RouterOS names the topics of a message: firewall,info
    for (int at = from; at < end; at++) {
      if (Bytes.isDigit(first)) {
        return Bytes.isDigit(b[comma + 1]);
      }
      if (b[at] != ',' && (b[at] < 'a' || b[at] > 'z')) {
        return false;
      }
    }
    return true;
  }

  private static boolean bare(
      byte[] b, int from, int start, int time, int end, int text, int to, FieldSink sink) {
    sink.scratch.times.deliver(b, time, end, sink);
    SyslogPriority.put(b, from, start, sink);
    message(b, text, to, sink);
    return true;
  }

  private static void message(byte[] b, int from, int to, FieldSink sink) {
    Formats.putText(b, from, to, sink);
  }

  private static boolean isMonthFirst(byte[] b, int at) {
    return b[at + 3] == ' ' && (b[at + 4] == ' ' || Bytes.isDigit(b[at + 4]));
  }

  private static boolean isHost(byte[] b, int from, int to) {
    int end = from < to && b[to - 1] == ':' ? to - 1 : to;
    if (end > from && b[end - 1] == ']') {
      // As in: [10.0.0.1], but not [WARN]
      return b[from] != '[' || Addresses.fills(b, from + 1, end - 1);
    }
    for (int at = from; at < end; at++) {
      if (!HOST_BYTES[b[at] & 0xff]) {
        return false;
      }
    }
    return from < end && Severities.ofWord(b, from, end) == 0;
  }

  /** Where {@code program[pid]:} ends, or -1. */
  private static int endOfTag(byte[] b, int from, int to) {
    int limit = Math.min(to, from + LONGEST_TAG);
    int at = from;
    if (Bytes.at(b, from, to) == '%') {
      return -1;
    }
    while (at < limit && b[at] != ':' && b[at] != '[' && b[at] != ' ') {
      at++;
    }
    if (at == from || at >= limit) {
      return -1;
    }
    if (b[at] == '[') {
      int close = Bytes.indexOf(b, at, limit, ']');
      if (close < 0 || close == at + 1 || Bytes.endOfWord(b, at, close) < close) {
        return -1;
      }
      byte next = Bytes.at(b, close + 1, to);
      return next == ':' ? close + 2 : next == ' ' ? close + 1 : -1;
    }
    if (b[at] == ' ') {
      int version = endOfVersion(b, at + 1, limit);
      return version > 0 ? version : endOfTwoWords(b, at + 1, limit);
    }
    byte next = Bytes.at(b, at + 1, to);
    return b[at] == ':' && (next == ' ' || next == 0) ? at + 1 : -1;
  }

  /** Where {@code Assistant[42]:} ends, the second word of a program's name, or -1. */
  private static int endOfTwoWords(byte[] b, int from, int to) {
    int at = from;
    while (at < to && (Bytes.isLetter(b[at]) || Bytes.isDigit(b[at]))) {
      at++;
    }
    int close = at > from && Bytes.at(b, at, to) == '[' ? Bytes.endOfDigits(b, at + 1, to) : -1;
    return close > at + 1 && Bytes.startsWith(b, close, to, "]:") ? close + 2 : -1;
  }

  /** Where the text begins behind the service that launchd names: {@code (com.a.b[42]): text}. */
  private static int withoutService(byte[] b, int from, int to) {
    if (Bytes.at(b, from, to) != '(') {
      return from;
    }
    int end = Bytes.endOfWord(b, from, to);
    return Bytes.startsWith(b, Math.max(from, end - 2), end, "):")
        ? Bytes.skipSpaces(b, end, to)
        : from;
  }

  /** Where the version and colon of {@code syslogd 1.4.1:} end, or -1. */
  private static int endOfVersion(byte[] b, int from, int to) {
    int at = from;
    while (at < to && (Bytes.isDigit(b[at]) || b[at] == '.')) {
      at++;
    }
    return at > from && Bytes.at(b, at, to) == ':' && Bytes.indexOf(b, from, at, '.') > 0
        ? at + 1
        : -1;
  }

  private static void putTag(byte[] b, int from, int to, FieldSink sink) {
    int end = b[to - 1] == ':' ? to - 1 : to;
    int open = Bytes.indexOf(b, from, end, '[');
    if (open < 0) {
      sink.put(Names.PROCESS, b, from, end);
      return;
    }
    sink.put(Names.PROCESS, b, from, open);
    long pid = Bytes.number(b, open + 1, end - 1);
    if (pid >= 0) {
      sink.put(Names.PID, pid);
    }
  }
}
