package dev.logdash.core.parse;

/** Lines that begin with a time, in brackets or not, and say nothing else that is understood. */
final class TimedTextParser implements LineFormat {

  private static final int LONGEST_PLACE = 256;
  private static final long SECOND = 1_000_000_000L;

  @Override
  public String name() {
    return "timed";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first) || Bytes.isLetter(first) || first == '[' || first == '@';
  }

  @Override
  public Layer layer() {
    return Layer.VAGUE;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (from >= to) {
      return false;
    }
    if (b[from] == '@') {
      return atomic(b, from, to, sink);
    }
    boolean bracket = b[from] == '[';
    int time = bracket ? from + 1 : from;
    int end = sink.scratch.times.scan(b, time, to);
    if (end < 0) {
      end = sinceEpoch(b, time, to, bracket, sink);
    }
    if (end < 0) {
      return false;
    }
    int next = end;
    if (bracket) {
      if (Bytes.at(b, end, to) != ']') {
        return false;
      }
      next++;
    }
    while (next < to && (Bytes.isSpace(b[next]) || ":,|;".indexOf(b[next]) >= 0)) {
      next++;
    }
    if (next == end && next < to) {
      return false;
    }
    if (next + 1 < to && b[next] == '-' && Bytes.isSpace(b[next + 1])) {
      next = Bytes.skipSpaces(b, next + 1, to);
    }
    sink.scratch.times.deliver(b, time, end, sink);
    next = program(b, place(b, next, to, sink), to, sink);
    if (bracket && Bytes.startsWith(b, next, to, "PHP ")) {
      php(b, next + 4, to, sink);
    }
    sink.message(b, next, Bytes.trimEnd(b, next, to));
    return true;
  }

  /** Reads the label of multilog and s6: {@code @4000000050d506482dbdf024 text}. */
  private static boolean atomic(byte[] b, int from, int to, FieldSink sink) {
    int end = Bytes.endOfWord(b, from, Math.min(to, from + 26));
    if (end != from + 25 || !Bytes.startsWith(b, from, to, "@40000000")) {
      return false;
    }
    long seconds = 0;
    long nanos = 0;
    for (int at = from + 9; at < end; at++) {
      int digit = Character.digit(b[at], 16);
      if (digit < 0) {
        return false;
      }
      if (at < from + 17) {
        seconds = 16 * seconds + digit;
      } else {
        nanos = 16 * nanos + digit;
      }
    }
    // The label is ten seconds ahead of the time that they tell.
    if (nanos >= SECOND || seconds < 10) {
      return false;
    }
    sink.timestamp((seconds - 10) * SECOND + nanos, false, b, from, end);
    int text = Bytes.skipSpaces(b, end, to);
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  /** Reads the kind of {@code PHP Fatal error: text}. */
  static void php(byte[] b, int from, int to, FieldSink sink) {
    int colon = Bytes.indexOf(b, from, Math.min(to, from + 32), ':');
    int word = Bytes.endOfWord(b, from, Math.max(from, colon));
    if (colon < 0) {
      return;
    }
    if (Bytes.startsWith(b, Math.max(from, colon - 5), colon, "error")) {
      sink.severity(17, b, from, colon);
    } else if (Bytes.equal(b, from, word, "Deprecated")) {
      sink.severity(10, b, from, colon);
    } else if (Severities.ofWord(b, from, word) > 0) {
      sink.severity(Severities.ofWord(b, from, word), b, from, colon);
    }
  }

  /**
   * Reads {@code main.go:42:} of Go's logger, {@code shop.c:42} and {@code (shop.c.42)} of programs
   * in C; returns where the text behind it begins.
   */
  private static int place(byte[] b, int from, int to, FieldSink sink) {
    int limit = Bytes.endOfWord(b, from, Math.min(to, from + LONGEST_PLACE));
    boolean round = Bytes.at(b, from, limit) == '(' && limit > from && b[limit - 1] == ')';
    int file = round ? from + 1 : from;
    int end = limit > file && (round || b[limit - 1] == ':') ? limit - 1 : limit;
    int digits = end;
    while (digits > file && Bytes.isDigit(b[digits - 1])) {
      digits--;
    }
    int mark = digits - 1;
    if (digits == end
        || end - digits > 7
        || limit >= to
        || mark <= file
        || b[mark] != (round ? '.' : ':')
        || !CodeLocation.isFile(b, file, mark)) {
      return from;
    }
    sink.put(Names.ORIGIN_FILE, b, file, mark);
    sink.put(Names.ORIGIN_LINE, Bytes.number(b, digits, end));
    return Bytes.skipSpaces(b, limit, to);
  }

  /** Reads {@code shop[4711:0] info:} behind a time; returns where the text behind it begins. */
  private static int program(byte[] b, int from, int to, FieldSink sink) {
    int open = from;
    while (open < to && (Bytes.isLetter(b[open]) || b[open] == '-')) {
      open++;
    }
    int pidEnd = Bytes.at(b, open, to) == '[' ? Bytes.endOfDigits(b, open + 1, to) : -1;
    if (open == from || pidEnd < open + 2 || pidEnd - open > 12) {
      return from;
    }
    int close = Bytes.at(b, pidEnd, to) == ':' ? Bytes.endOfDigits(b, pidEnd + 1, to) : pidEnd;
    if (!Bytes.startsWith(b, close, to, "] ")) {
      return from;
    }
    int level = close + 2;
    int levelEnd = level;
    while (levelEnd < to && Bytes.isLetter(b[levelEnd])) {
      levelEnd++;
    }
    int severity = Severities.ofWord(b, level, levelEnd);
    if (severity == 0 || Bytes.at(b, levelEnd, to) != ':') {
      return from;
    }
    sink.put(Names.PROCESS, b, from, open);
    sink.put(Names.PID, Bytes.number(b, open + 1, pidEnd));
    sink.severity(severity, b, level, levelEnd);
    return Bytes.skipSpaces(b, levelEnd + 1, to);
  }

  /** Reads seconds since 1970, which have a fraction, a bracket around or a colon behind. */
  private static int sinceEpoch(byte[] b, int from, int to, boolean bracket, FieldSink sink) {
    if (!Bytes.isDigit(Bytes.at(b, from, to)) || Bytes.endOfDigits(b, from, to) != from + 10) {
      return -1;
    }
    int end = sink.scratch.times.scanEpoch(b, from, to);
    // Mosquitto has a colon behind it.
    boolean colon = end == from + 10 && Bytes.startsWith(b, end, to, ": ");
    return bracket || end > from + 10 || colon ? end : -1;
  }
}
