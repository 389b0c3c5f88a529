package dev.logdash.core.parse;

/**
 * Lines with a time and a level: the layouts of Logback, Log4j, Spring Boot, Hadoop, Kafka,
 * ZooKeeper, Elasticsearch, WildFly, Python, Rust and Android. The level may stand before the time,
 * and one bracket may hold all that is not the message. A time may lack its date; milliseconds
 * since the start of the process are no time.
 */
final class LayoutParser implements LineFormat {

  private static final int SHORTEST = 14;

  @Override
  public String name() {
    return "layout";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first) || Bytes.isLetter(first) || first == '[' || first == '(';
  }

  @Override
  public boolean excludesHigherRanks(byte[] b, int from, int to) {
    if (!Bytes.isDigit(b[from])
        || Bytes.at(b, from + 2, to) == '-'
        || Bytes.at(b, from + 4, to) == '/'
        || Bytes.at(b, from + 10, to) != ' ') {
      return false;
    }
    // Windows' servicing stack has a comma behind its time, Exim's ids have a dash here.
    if ((Bytes.at(b, from + 19, to) == ',' && Bytes.at(b, from + 20, to) == ' ')
        || Bytes.at(b, from + 26, to) == '-') {
      return false;
    }
    // PostgreSQL has its process in a bracket behind the time and its zone, or a colon there.
    int at = Bytes.skipSpaces(b, Bytes.endOfWord(b, from + 11, to), to);
    while (at < to && b[at] >= 'A' && b[at] <= 'Z') {
      at++;
    }
    if (Bytes.at(b, at, to) == ':') {
      return false;
    }
    at = Bytes.skipSpaces(b, at, to);
    return Bytes.at(b, at, to) != '[' || !Bytes.isDigit(Bytes.at(b, at + 1, to));
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (to - from < SHORTEST) {
      return false;
    }
    if (Bytes.isDigit(b[from])) {
      int end = sink.scratch.times.scan(b, from, to);
      return end >= 0
          ? timed(b, from, end, end, to, sink)
          : timeOfDay(b, from, to, sink)
              || sinceEpoch(b, from, to, sink)
              || relative(b, from, to, sink);
    }
    if (b[from] == '(') {
      return letterFirst(b, from, to, sink);
    }
    if (levelFirst(b, from, to, sink) || uptime(b, from, to, sink)) {
      return true;
    }
    int time = b[from] == '[' ? from + 1 : from;
    int end = sink.scratch.times.scan(b, time, to);
    if (end < 0 && time > from) {
      end = inBracket(b, time, to, sink);
    }
    if (end < 0) {
      return false;
    }
    if (time == from) {
      return timed(b, from, end, end, to, sink);
    }
    if (Bytes.at(b, end, to) != ']') {
      return header(b, time, end, to, sink);
    }
    return timed(b, time, end, end + 1, to, sink);
  }

  /** As in: [10:00:00 INF] text, [1714557600.123456789] [INFO] [node]: text */
  private static int inBracket(byte[] b, int time, int to, FieldSink sink) {
    int end = sink.scratch.times.scanTimeOfDay(b, time, to);
    return end < 0 && Bytes.isDigit(Bytes.at(b, time, to))
        ? sink.scratch.times.scanEpoch(b, time, to)
        : end;
  }

  private static boolean timed(byte[] b, int time, int timeEnd, int next, int to, FieldSink sink) {
    LayoutReader layout = sink.scratch.layout;
    if (!isBoundary(b, next, to) || !layout.read(b, next, to)) {
      return false;
    }
    if (next > timeEnd) {
      layout.takeLoggerAtEnd();
    }
    sink.scratch.times.deliver(b, time, timeEnd, sink);
    int object = b[Math.min(next, to - 1)] == '\t' ? layout.objectAtEnd() : -1;
    if (object > 0) {
      FieldSink members = sink.scratch.inner();
      sink.scratch.hints.clear();
      if (sink.scratch.json.readObject(b, object, to, members)) {
        layout.deliver(sink, members, sink.scratch.json.handedOver());
      } else {
        layout.deliver(sink);
      }
      members.clear();
    } else {
      layout.deliver(sink);
    }
    return true;
  }

  /** As in: [2017-11-09T02:12:24Z ERROR main] text */
  private static boolean header(byte[] b, int time, int timeEnd, int to, FieldSink sink) {
    int close = LayoutWords.closing(b, time - 1, to);
    LayoutReader layout = sink.scratch.layout;
    if (close < 0 || !isBoundary(b, timeEnd, close) || !layout.read(b, timeEnd, close)) {
      return false;
    }
    layout.endHeader(close + 1, to);
    sink.scratch.times.deliver(b, time, timeEnd, sink);
    layout.deliver(sink);
    return true;
  }

  /** As in: 10:00:00.123 [main] INFO a.b.C - text */
  private static boolean timeOfDay(byte[] b, int from, int to, FieldSink sink) {
    int end = sink.scratch.times.scanTimeOfDay(b, from, to);
    if (end < 0 || !isBoundary(b, end, to) || !sink.scratch.layout.read(b, end, to)) {
      return false;
    }
    sink.scratch.times.deliver(b, from, end, sink);
    sink.scratch.layout.deliver(sink);
    return true;
  }

  /** As in: 1714557600123 INFO text */
  private static boolean sinceEpoch(byte[] b, int from, int to, FieldSink sink) {
    int digits = Bytes.endOfDigits(b, from, Math.min(to, from + 20)) - from;
    int end = digits >= 10 ? sink.scratch.times.scanEpoch(b, from, to) : -1;
    return end > 0 && Bytes.isSpace(Bytes.at(b, end, to)) && timed(b, from, end, end, to, sink);
  }

  /** As in: 4711 [main] INFO a.b.C - text */
  private static boolean relative(byte[] b, int from, int to, FieldSink sink) {
    int end = Bytes.endOfDigits(b, from, Math.min(to, from + 12));
    int open = Bytes.skipSpaces(b, end, to);
    if (open == end || Bytes.at(b, open, to) != '[' || !sink.scratch.layout.read(b, open, to)) {
      return false;
    }
    sink.scratch.layout.deliver(sink);
    return true;
  }

  /** As in: WARN[0012] text, [ 0.001174s] INFO ThreadId(01) shop: text */
  private static boolean uptime(byte[] b, int from, int to, FieldSink sink) {
    if (b[from] == '[') {
      int digits = Bytes.skipSpaces(b, from + 1, to);
      int point = Bytes.endOfDigits(b, digits, to);
      int end = Bytes.at(b, point, to) == '.' ? Bytes.endOfDigits(b, point + 1, to) : to;
      if (point == digits
          || !Bytes.startsWith(b, end, to, "s] ")
          || !sink.scratch.layout.read(b, end + 2, to)) {
        return false;
      }
      sink.scratch.layout.deliver(sink);
      return true;
    }
    int severity = Severities.ofWord(b, from, from + 4);
    int end = Bytes.at(b, from + 4, to) == '[' ? Bytes.endOfDigits(b, from + 5, to) : to;
    if (severity == 0
        || end - from < 9
        || !Bytes.startsWith(b, end, to, "] ")
        || !LayoutWords.isUpperCase(b, from, from + 4)) {
      return false;
    }
    int text = Bytes.skipSpaces(b, end + 1, to);
    sink.severity(severity, b, from, from + 4);
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  /** As in: (W) 2024-11-26T13:37:02 - text */
  private static boolean letterFirst(byte[] b, int from, int to, FieldSink sink) {
    int severity = Severities.ofLetter(b[from + 1]);
    int time = from + 4;
    int end =
        severity > 0 && Bytes.startsWith(b, from + 2, to, ") ")
            ? sink.scratch.times.scan(b, time, to)
            : -1;
    if (end < 0 || !isBoundary(b, end, to)) {
      return false;
    }
    sink.scratch.layout.readAfter(b, end, to, severity, from + 1, from + 2);
    sink.scratch.times.deliver(b, time, end, sink);
    sink.scratch.layout.deliver(sink);
    return true;
  }

  /**
   * As in: INFO [2013-07-22 10:00:00,123] a.b.C: text, [WARN] 2013-07-22 10:00:00 text, INFO [main]
   * 2013-07-22 10:00:00,123 Shop.java:42 - text
   */
  private static boolean levelFirst(byte[] b, int from, int to, FieldSink sink) {
    boolean bracket = b[from] == '[';
    int word = bracket ? Bytes.skipSpaces(b, from + 1, to) : from;
    int wordEnd = word;
    while (wordEnd < to && Bytes.isLetter(b[wordEnd])) {
      wordEnd++;
    }
    int severity = Severities.ofWord(b, word, wordEnd);
    if (severity == 0 && wordEnd - word == 1 && Bytes.at(b, wordEnd + 1, to) == '[') {
      severity = Severities.ofLetter(b[word]);
    }
    if (severity == 0) {
      return false;
    }
    int at = Bytes.skipSpaces(b, wordEnd, to);
    boolean header = false;
    if (bracket) {
      header = Bytes.at(b, at, to) != ']';
      at += header ? 0 : 1;
    }
    while (at < to && (Bytes.isSpace(b[at]) || b[at] == ':' || b[at] == '|' || b[at] == '-')) {
      at++;
    }
    int module = -1;
    int moduleEnd = -1;
    if (Bytes.isLetter(Bytes.at(b, at, to)) && b[at - 1] == '|') {
      // As in: INFO   |shop_client     | 2024-05-01 10:00:00.123 [main      ] [src/main.rs:42]:
      // text
      module = at;
      moduleEnd = Bytes.endOfItem(b, at, to);
      int bar = Bytes.skipSpaces(b, moduleEnd, to);
      at = Bytes.at(b, bar, to) == '|' ? Bytes.skipSpaces(b, bar + 1, to) : to;
    }
    int time = Bytes.at(b, at, to) == '[' ? at + 1 : at;
    int end = sink.scratch.times.scan(b, time, to);
    if (end < 0 && time > at && Bytes.isDigit(Bytes.at(b, time, to))) {
      // As in: [INFO] [1714557600.123456789] [node]: text
      end = sink.scratch.times.scanEpoch(b, time, to);
    }
    int thread = -1;
    if (end < 0 && time > at && !bracket) {
      // Cassandra has its thread in front of the time.
      int close = LayoutWords.closing(b, at, to);
      thread = time;
      at = close < 0 ? to : Bytes.skipSpaces(b, close + 1, to);
      time = at;
      end = sink.scratch.times.scan(b, time, to);
    }
    if (end < 0 || (time > at && Bytes.at(b, end, to) != ']')) {
      return false;
    }
    int next = time > at ? end + 1 : end;
    // CodeIgniter has an arrow behind the time.
    next += Bytes.startsWith(b, next, to, " --> ") ? 4 : 0;
    LayoutReader layout = sink.scratch.layout;
    if (header) {
      // As in: [DEBUG 2015-05-20 12:22:19 main] text
      int close = LayoutWords.closing(b, from, to);
      if (close < next) {
        return false;
      }
      layout.readAfter(b, next, close, severity, word, wordEnd);
      layout.endHeader(close + 1, to);
    } else {
      layout.readAfter(b, next, to, severity, word, wordEnd);
    }
    if (module > 0) {
      layout.takeLogger(module, moduleEnd);
    }
    if (thread > 0) {
      layout.takeThread(thread, LayoutWords.closing(b, thread - 1, to));
    }
    sink.scratch.times.deliver(b, time, end, sink);
    layout.deliver(sink);
    return true;
  }

  private static boolean isBoundary(byte[] b, int at, int to) {
    byte next = Bytes.at(b, at, to);
    return next == 0 || Bytes.isSpace(next) || ":|,;[".indexOf(next) >= 0;
  }
}
