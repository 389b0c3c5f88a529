package dev.logdash.core.parse;

/**
 * Reads what stands between the time and the message in the layouts of Java loggers and their
 * relatives: level, thread, logger and process in the usual orders and brackets. Remembers spans
 * first and hands them over when the level was found, without which the words belong to the
 * message.
 */
final class LayoutReader {

  private static final int MAX_ITEMS = 12;

  private byte[] b = new byte[0];
  private int to;
  private final LayoutParts parts = new LayoutParts();
  private final LayoutTail tail = new LayoutTail(parts);
  private int message;
  private int messageEnd;

  /** Reads from behind the time; whether a level was found. */
  boolean read(byte[] buffer, int from, int end) {
    start(buffer, from, end);
    int at = beforeLevel(from);
    if (at < 0) {
      return false;
    }
    message = tail.read(b, at, to);
    return true;
  }

  /** Reads from behind a level that the caller found. */
  void readAfter(byte[] buffer, int from, int end, int otelNumber, int levelFrom, int levelTo) {
    start(buffer, from, end);
    parts.severity = otelNumber;
    parts.level.set(levelFrom, levelTo);
    message = tail.read(b, from, to);
  }

  private void start(byte[] buffer, int from, int end) {
    b = buffer;
    to = end;
    messageEnd = Bytes.trimEnd(b, from, end);
    parts.clear();
  }

  /** Takes what was read so far as a header, and what stands behind {@code from} as the message. */
  void endHeader(int from, int end) {
    if (message < to) {
      tail.wordAfter(message, to, true);
    }
    to = end;
    message = Bytes.skipSpaces(b, from, end);
    messageEnd = Bytes.trimEnd(b, message, end);
  }

  /** Takes a logger in round brackets that ends the message, as Kafka's layout has it. */
  void takeLoggerAtEnd() {
    if (parts.logger.isSet() || messageEnd <= message || b[messageEnd - 1] != ')') {
      return;
    }
    int open = messageEnd - 1;
    while (open > message && b[open] != '(' && messageEnd - open < LayoutWords.LONGEST) {
      open--;
    }
    if (open > message
        && b[open - 1] == ' '
        && Bytes.indexOf(b, open, messageEnd, '.') > 0
        && LayoutWords.isLogger(b, open + 1, messageEnd - 1)) {
      parts.logger.set(open + 1, messageEnd - 1);
      messageEnd = Bytes.trimEnd(b, message, open);
    }
  }

  /**
   * Where what looks like an object begins behind the last tab of the message with one, as zap
   * prints the fields of a record; or -1.
   */
  int objectAtEnd() {
    if (messageEnd <= message || b[messageEnd - 1] != '}') {
      return -1;
    }
    int at = messageEnd - 1;
    while (at > message && (b[at] != '{' || b[at - 1] != '\t')) {
      at--;
    }
    return at > message ? at : -1;
  }

  /**
   * Hands over what was read, with the members of the object at the end, of which there are {@code
   * count}. Its text leaves the message only where nothing of it is lost.
   */
  void deliver(FieldSink sink, FieldSink members, int count) {
    parts.deliver(b, sink);
    boolean lost =
        members.size() < count
            || members.hasTimestamp()
            || members.hasMessage()
            || members.severityNumber() > 0;
    for (int i = 0; i < members.size() && !lost; i++) {
      lost = sink.contains(members.name(i));
    }
    int end = lost ? messageEnd : Bytes.trimEnd(b, message, objectAtEnd());
    sink.message(b, message, Math.max(message, end));
    sink.adoptFields(members);
  }

  /** Takes a logger that stands in front of the time. */
  void takeLogger(int from, int end) {
    if (!parts.logger.isSet()) {
      parts.logger.set(from, end);
    }
  }

  /** Takes a thread that stands in front of the time. */
  void takeThread(int from, int end) {
    if (!parts.thread.isSet()) {
      parts.thread.set(from, end);
    }
  }

  /** Hands over what was read. */
  void deliver(FieldSink sink) {
    parts.deliver(b, sink);
    sink.message(b, message, Math.max(message, messageEnd));
  }

  /** Passes over items until the level; returns where it ends, or -1. */
  private int beforeLevel(int from) {
    int at = LayoutWords.skipSeparators(b, from, to);
    for (int item = 0; item < MAX_ITEMS && at < to; item++) {
      if (b[at] == '[' || b[at] == '(' || b[at] == '<' || b[at] == '{') {
        int close = LayoutWords.closing(b, at, to);
        if (close < 0) {
          return -1;
        }
        if (isLevel(Bytes.skipSpaces(b, at + 1, close), Bytes.trimEnd(b, at + 1, close), true)) {
          return close + 1;
        }
        if (b[at] == '[' && levelWithin(at + 1, close)) {
          return close + 1;
        }
        bracketBefore(at + 1, close);
        at = close + 1;
      } else {
        int end = LayoutWords.endOfItem(b, at, to);
        int stop = end > at && b[end - 1] == ':' ? end - 1 : end;
        if (LayoutWords.isMeasure(b, at, end)) {
          // FreeSWITCH prints how idle the processor is, RethinkDB how long it runs.
          at = LayoutWords.skipSeparators(b, end, to);
          item = item == 0 ? -1 : item;
          continue;
        }
        if (item < 2
            && (Severities.ofWord(b, at, end) == 0 || Bytes.equal(b, at, end, "TRACE"))
            && LayoutCells.isBeforeLevel(b, at, end, to)) {
          parts.logger.set(at, end);
          at = LayoutWords.skipSeparators(b, end, to);
          continue;
        }
        int header = item <= 1 && !parts.logger.isSet() ? levelAndLogger(at, stop) : -1;
        if (header > 0) {
          return header;
        }
        // As in: queries: info: text
        boolean named = stop < end && parts.logger.isSet() && b[parts.logger.to()] == ':';
        // As in: [shop] info: text
        named |= stop < end && item == 1 && parts.thread.isSet() && Bytes.isSpace(b[at - 1]);
        if (isLevel(at, stop, item == 0 || named)) {
          return end;
        }
        // As in: INFO/MainProcess
        int slash = item == 0 ? Bytes.indexOf(b, at, stop, '/') : -1;
        if (slash > 0 && slash + 1 < stop && isLevel(at, slash, false)) {
          parts.thread.set(slash + 1, stop);
          return end;
        }
        if (!(item == 0 && LayoutWords.isZone(b, at, end)) && !wordBefore(at, end)) {
          return -1;
        }
        at = end;
      }
      at = LayoutWords.skipSeparators(b, at, to);
    }
    return -1;
  }

  /**
   * Takes {@code *INFO*} of Sling, {@code I!} of Telegraf with the plugin in a bracket, and {@code
   * INFO:shop:} of Python; returns where the header goes on, or -1.
   */
  private int levelAndLogger(int from, int end) {
    byte last = b[end - 1];
    if (last == '*') {
      boolean level = end - from > 4 && b[from] == '*' && isLevel(from + 1, end - 1, true);
      return level ? end : -1;
    }
    if (last == '!') {
      return end - from == 2 ? letterAndPlugin(from, end) : -1;
    }
    int colon = from;
    while (colon < end && Bytes.isLetter(b[colon])) {
      colon++;
    }
    if (colon == end || b[colon] != ':' || colon == from) {
      return -1;
    }
    int second = Bytes.indexOf(b, colon + 1, Math.min(to, end + 1), ':');
    if (second < 0
        || b[colon + 1] == '#'
        || Bytes.isDigit(Bytes.at(b, second + 1, to))
        || Bytes.at(b, second + 1, to) == '/'
        || !LayoutWords.isLogger(b, colon + 1, second)
        || !isLevel(from, colon, false)) {
      return -1;
    }
    parts.logger.set(colon + 1, second);
    return second + 1;
  }

  private int letterAndPlugin(int from, int end) {
    int severity = Severities.ofLetter(b[from]);
    if (severity == 0) {
      return -1;
    }
    parts.severity = severity;
    parts.level.set(from, from + 1);
    int open = Bytes.skipSpaces(b, end, to);
    int close = Bytes.at(b, open, to) == '[' ? LayoutWords.closing(b, open, to) : -1;
    if (close > open + 1) {
      parts.logger.set(open + 1, close);
    }
    return Math.max(end, close + 1);
  }

  /** Takes {@code main INFO a.b.Shop opId=7} in one bracket, as vSphere's client prints it. */
  private boolean levelWithin(int from, int close) {
    int thread = Bytes.endOfWord(b, from, close);
    int at = Bytes.skipSpaces(b, thread, close);
    for (int word = 0; word < 2 && at < close; word++) {
      int end = Bytes.endOfWord(b, at, close);
      int next = Bytes.skipSpaces(b, end, close);
      int nextEnd = Bytes.endOfWord(b, next, close);
      if (end - at >= 4 && LayoutWords.isClass(b, next, nextEnd) && isLevel(at, end, false)) {
        parts.thread.set(from, thread);
        parts.logger.set(next, nextEnd);
        parts.takePairs(b, Bytes.skipSpaces(b, nextEnd, close), close);
        return true;
      }
      if (!Bytes.equal(b, at, end, "null")) {
        return false;
      }
      at = next;
    }
    return false;
  }

  /** Takes a word before the level for what it can be; false if it looks like a message. */
  private boolean wordBefore(int from, int end) {
    if (Bytes.allDigits(b, from, end) && end - from <= 18) {
      numberBefore(from, end);
      return true;
    }
    int stop = b[end - 1] == ':' ? end - 1 : end;
    if (LayoutWords.isPair(b, from, stop)) {
      return parts.pair(b, from, stop);
    }
    if (parts.logger.isSet() || !LayoutWords.isLogger(b, from, stop)) {
      return false;
    }
    parts.logger.set(from, stop);
    return true;
  }

  private void numberBefore(int from, int end) {
    if (!parts.number.isSet()) {
      parts.number.set(from, end);
      return;
    }
    if (parts.second.isSet()) {
      // Android may name the user before process and thread.
      parts.number.set(parts.second);
    }
    parts.second.set(from, end);
  }

  private void bracketBefore(int from, int close) {
    int end = Bytes.trimEnd(b, from, close);
    int start = Bytes.skipSpaces(b, from, end);
    if (b[from - 1] == '{' && CodeLocation.is(b, start, end)) {
      parts.place.set(start, end);
    } else if (Bytes.allDigits(b, start, end) && end - start <= 18 && !parts.number.isSet()) {
      parts.number.set(start, end);
    } else if (!parts.takeTrace(b, start, end) && !parts.takePairs(b, start, end)) {
      if (!parts.thread.isSet()) {
        parts.thread.set(start, end);
      } else if (!parts.logger.isSet() && LayoutWords.isLogger(b, start, end)) {
        parts.logger.set(start, end);
      }
    }
  }

  private boolean isLevel(int from, int end, boolean anyCase) {
    int found = Severities.ofWord(b, from, end);
    if (found > 0 && !anyCase && !LayoutWords.isUpperCase(b, from, end)) {
      found = 0;
    }
    if (found == 0 && end - from == 1 && letterFits(end)) {
      found = Severities.ofLetter(b[from]);
    }
    if (found > 0) {
      parts.severity = found;
      parts.level.set(from, end);
    }
    return found > 0;
  }

  // A letter alone is a level only behind the time and numbers; later it may begin a sentence.
  private boolean letterFits(int end) {
    return (parts.second.isSet() || (!parts.thread.isSet() && !parts.logger.isSet()))
        && (end >= to || b[end] == ' ' || b[end] == ']' || b[end] == '/' || b[end] == ')');
  }
}
