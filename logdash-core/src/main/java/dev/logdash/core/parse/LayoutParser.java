package dev.logdash.core.parse;

/**
 * Lines that begin with a time and have a level: the layouts of Logback, Log4j, Spring Boot,
 * Hadoop, WildFly, Python and Android. The level may also stand before the time.
 */
final class LayoutParser implements LineFormat {

  @Override
  public String name() {
    return "layout";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first) || Bytes.isLetter(first) || first == '[';
  }

  @Override
  public boolean excludesHigherRanks(byte[] b, int from, int to) {
    return Bytes.isDigit(b[from])
        && Bytes.at(b, from + 4, to) != '/'
        && Bytes.at(b, from + 10, to) != 'T';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (to - from < 14) {
      return false;
    }
    if (Bytes.isLetter(b[from]) || b[from] == '[') {
      if (levelFirst(b, from, to, sink)) {
        return true;
      }
    }
    int time = b[from] == '[' ? from + 1 : from;
    int end = sink.scratch.times.scan(b, time, to);
    if (end < 0 || (time > from && Bytes.at(b, end, to) != ']')) {
      return false;
    }
    int next = time > from ? end + 1 : end;
    if (!isBoundary(b, next, to) || !sink.scratch.layout.read(b, next, to)) {
      return false;
    }
    sink.scratch.times.deliver(b, time, end, sink);
    sink.scratch.layout.deliver(sink);
    return true;
  }

  /** As in: INFO [2013-07-22 10:00:00,123] a.b.C: text, [WARN] 2013-07-22 10:00:00 text */
  private static boolean levelFirst(byte[] b, int from, int to, FieldSink sink) {
    boolean bracket = b[from] == '[';
    int word = bracket ? Bytes.skipSpaces(b, from + 1, to) : from;
    int wordEnd = word;
    while (wordEnd < to && Bytes.isLetter(b[wordEnd])) {
      wordEnd++;
    }
    int severity = Severities.ofWord(b, word, wordEnd);
    if (severity == 0) {
      return false;
    }
    int at = Bytes.skipSpaces(b, wordEnd, to);
    if (bracket) {
      if (Bytes.at(b, at, to) != ']') {
        return false;
      }
      at++;
    }
    while (at < to && (Bytes.isSpace(b[at]) || b[at] == ':' || b[at] == '|' || b[at] == '-')) {
      at++;
    }
    int time = Bytes.at(b, at, to) == '[' ? at + 1 : at;
    int end = sink.scratch.times.scan(b, time, to);
    if (end < 0 || (time > at && Bytes.at(b, end, to) != ']')) {
      return false;
    }
    sink.scratch.times.deliver(b, time, end, sink);
    int next = time > at ? end + 1 : end;
    sink.scratch.layout.readAfter(b, next, to, severity, word, wordEnd);
    sink.scratch.layout.deliver(sink);
    return true;
  }

  private static boolean isBoundary(byte[] b, int at, int to) {
    byte next = Bytes.at(b, at, to);
    return next == 0 || Bytes.isSpace(next) || ":|,;[".indexOf(next) >= 0;
  }
}
