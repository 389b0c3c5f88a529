package dev.logdash.core.parse;

/** Reads what stands between the level and the message of a layout. */
final class LayoutTail {

  private static final int MAX_ITEMS = 12;

  private final LayoutParts parts;
  private byte[] b = new byte[0];
  private int to;
  private boolean dashes;
  // Whether the logger's bracket touches that of the level.
  private boolean loggerTouches;

  LayoutTail(LayoutParts parts) {
    this.parts = parts;
  }

  /** Reads thread, logger and process behind the level; returns where the message begins. */
  int read(byte[] buffer, int from, int end) {
    b = buffer;
    to = end;
    dashes = false;
    loggerTouches = false;
    return afterLevel(from);
  }

  private int afterLevel(int from) {
    int at = from;
    int spans = TracingSpans.read(b, Bytes.skipSpaces(b, at, to), to, parts);
    if (spans > 0) {
      return spans;
    }
    if (Bytes.at(b, at, to) == '\t' && !parts.logger.isSet()) {
      at = LayoutCells.logger(b, at + 1, to, parts);
    }
    if (Bytes.at(b, at, to) == ':') {
      return Bytes.skipSpaces(b, at + 1, to);
    }
    int process = parts.takeProcess(b, Bytes.skipSpaces(b, at, to), to);
    if (process > 0 && parts.logger.isSet()) {
      return Bytes.skipSpaces(b, process, to);
    }
    at = Math.max(at, process);
    int named =
        process > 0 || parts.logger.isSet()
            ? -1
            : parts.takeNamedLogger(b, Bytes.skipSpaces(b, at, to), to);
    if (named > 0) {
      return Bytes.skipSpaces(b, named, to);
    }
    if (Bytes.at(b, Bytes.skipSpaces(b, at, to), to) == '|' && !parts.logger.isSet()) {
      return cells(Bytes.skipSpaces(b, at, to) + 1);
    }
    for (int item = 0; item < MAX_ITEMS; item++) {
      boolean adjacent = Bytes.at(b, at, to) == '[' && b[at - 1] == ']';
      at = Bytes.skipSpaces(b, at, to);
      if (at >= to) {
        return to;
      }
      byte first = b[at];
      if (LayoutWords.isSeparator(b, at, to)) {
        boolean long3 = Bytes.startsWith(b, at, to, "---");
        dashes |= long3;
        int end = at + 1;
        while (end < to && b[end] == first) {
          end++;
        }
        if (parts.logger.isSet() && first != '|' && !long3) {
          return Bytes.skipSpaces(b, end, to);
        }
        at = end;
      } else if (first == '[' || first == '(' || first == '{') {
        int close = LayoutWords.closing(b, at, to);
        if (close < 0 || !bracketAfter(at + 1, close, adjacent)) {
          return at;
        }
        at = close + 1;
        if (Bytes.at(b, at, to) == ':') {
          return Bytes.skipSpaces(b, at + 1, to);
        }
      } else {
        int end = LayoutWords.endOfItem(b, at, to);
        if (!parts.logger.isSet() && isLoggerAt(at, end)) {
          return endOfLogger(at, end);
        }
        if (!isThreadAt(at, end) && !wordAfter(at, end, false)) {
          return at;
        }
        at = end;
      }
    }
    return at;
  }

  /**
   * Takes a word that is no logger with a separator; false if the message begins with it.
   *
   * @param sure whether the word is known to be no part of the message
   */
  boolean wordAfter(int from, int end, boolean sure) {
    if (!parts.number.isSet() && Bytes.allDigits(b, from, end) && end - from <= 18 && isItem(end)) {
      parts.number.set(from, end);
      return true;
    }
    int next = Bytes.skipSpaces(b, end, to);
    boolean last = next >= to && !sure;
    if (LayoutWords.isPair(b, from, end) && !last) {
      int nextEnd = LayoutWords.endOfItem(b, next, to);
      return (sure || LayoutWords.isClass(b, next, nextEnd)) && parts.pair(b, from, end);
    }
    if (!parts.place.isSet()
        && !last
        && Bytes.at(b, end, to) != '['
        && CodeLocation.is(b, from, end)) {
      parts.place.set(from, end);
      return true;
    }
    boolean named = sure && !parts.logger.isSet() && LayoutWords.isLogger(b, from, end);
    if (!last && (named || LayoutWords.isClass(b, from, end))) {
      if (parts.logger.isSet() && !parts.thread.isSet()) {
        // The word before the level was no logger.
        parts.thread.set(parts.logger);
        parts.logger.clear();
      }
      if (!parts.logger.isSet()) {
        parts.logger.set(from, end);
        return true;
      }
    }
    return false;
  }

  /** Takes the logger; returns where the item behind it begins. */
  private int endOfLogger(int from, int end) {
    parts.logger.set(from, end);
    if (b[end - 1] == ':') {
      parts.logger.set(from, end - 1);
      return Bytes.skipSpaces(b, end, to);
    }
    int at = Bytes.skipSpaces(b, end, to);
    // WildFly names the thread behind the logger: [logger] (thread) message; others before it.
    if (Bytes.at(b, at, to) == '[') {
      int close = LayoutWords.closing(b, at, to);
      if (close > 0 && !parts.place.isSet() && CodeLocation.isFileWithLine(b, at + 1, close)) {
        parts.place.set(at + 1, close);
        return Bytes.skipSpaces(b, close + 1, to);
      }
      int next = close < 0 ? -1 : Bytes.skipSpaces(b, close + 1, to);
      if (close > 0 && !parts.thread.isSet() && next < to && isSeparatorOrColon(next)) {
        if (Bytes.equal(b, at, close + 1, "[(null)]")) {
          // log4net prints a context that is not there, and the number of the thread before.
          parts.thread.set(parts.number);
          parts.number.clear();
        } else {
          parts.thread.set(at + 1, Bytes.trimEnd(b, at + 1, close));
        }
        at = next;
      }
    }
    return at < to && isSeparatorOrColon(at)
        ? Bytes.skipSpaces(b, at + (Bytes.startsWith(b, at, to, "--") ? 2 : 1), to)
        : at;
  }

  /** Takes {@code main} in {@code INFO main a.b.Shop - text}. */
  private boolean isThreadAt(int from, int end) {
    // Any other word may begin a sentence.
    boolean named =
        Bytes.equal(b, from, end, "main")
            || (Bytes.isDigit(b[end - 1]) && Bytes.indexOf(b, from, end, '-') > 0);
    if (parts.thread.isSet()
        || parts.logger.isSet()
        || !named
        || !LayoutWords.isLogger(b, from, end)) {
      return false;
    }
    int next = Bytes.skipSpaces(b, end, to);
    int nextEnd = Bytes.endOfWord(b, next, to);
    int behind = Bytes.skipSpaces(b, nextEnd, to);
    if (behind + 1 >= to
        || !LayoutWords.isSeparator(b, behind, to)
        || !LayoutWords.isClass(b, next, nextEnd)) {
      return false;
    }
    parts.thread.set(from, end);
    return true;
  }

  private boolean isNumber(int from, int end) {
    return end - from <= 10 && Bytes.allDigits(b, from, end);
  }

  /** Whether the word is a logger: it ends with a colon, or a colon or dash stands behind it. */
  private boolean isLoggerAt(int from, int end) {
    int stop = b[end - 1] == ':' ? end - 1 : end;
    if (!LayoutWords.isLogger(b, from, stop)) {
      return false;
    }
    if (stop < end) {
      return true;
    }
    int next = Bytes.skipSpaces(b, end, to);
    if (next >= to || next == end) {
      return false;
    }
    // OpenStack has the request in a bracket behind the logger, or a dash in it.
    if (parts.number.isSet()
        && (Bytes.startsWith(b, next, to, "[req-") || Bytes.startsWith(b, next, to, "[-] "))) {
      return true;
    }
    if (Bytes.at(b, next + 1, to) == ' ' && (b[next] == ':' || b[next] == '-' || b[next] == '|')) {
      return true;
    }
    if (b[next] == '[') {
      int close = LayoutWords.closing(b, next, to);
      int behind = close < 0 ? to : Bytes.skipSpaces(b, close + 1, to);
      return behind < to
          && (b[behind] == ':'
              || (b[behind] == '-' && !parts.thread.isSet())
              || (Bytes.indexOf(b, next, close, '/') > 0
                  && CodeLocation.isFileWithLine(b, next + 1, close)));
    }
    return false;
  }

  /** Takes a bracket behind the level; false if it belongs to the message. */
  private boolean bracketAfter(int from, int close, boolean adjacent) {
    int end = Bytes.trimEnd(b, from, close);
    int start = Bytes.skipSpaces(b, from, end);
    if (start == end
        || parts.takeTrace(b, start, end)
        || parts.takePairs(b, start, end)
        || parts.takeSolr(b, start, end)) {
      return true;
    }
    if (!parts.logger.isSet() && parts.takeZooKeeper(b, start, end)) {
      return true;
    }
    if (b[start] == '"') {
      // TiDB has its text in quotes and brackets, and pairs behind it.
      return false;
    }
    int next = Bytes.skipSpaces(b, close + 1, to);
    // Spring Boot: --- [service] [thread] [trace-span] logger : text
    if (dashes && !parts.logger.isSet() && parts.thread.isSet() && !parts.service.isSet()) {
      parts.service.set(parts.thread);
      parts.thread.set(start, end);
      return true;
    }
    if (!parts.place.isSet() && CodeLocation.is(b, start, end)) {
      parts.takePlace(b, start, end);
      return true;
    }
    if (Bytes.startsWith(b, start, end, "MSGID: ") && !parts.code.isSet()) {
      // GlusterFS numbers its messages.
      parts.code.set(start + 7, end);
      return true;
    }
    if (!parts.place.isSet() && CodeLocation.isCall(b, start, end)) {
      parts.takeFunction(b, start, end);
      return true;
    }
    // As in: (pkg/util/log.go:12 in Start)
    int in = parts.place.isSet() || b[from - 1] != '(' ? -1 : Bytes.indexOf(b, start, end, " in ");
    if (in > 0 && CodeLocation.isFileWithLine(b, start, in)) {
      parts.place.set(start, in);
      parts.function.set(in + 4, end);
      return true;
    }
    boolean behindSeparator = next < to && isSeparatorOrColon(next);
    // As in: WARN (MainThread) [a.b.C] text, ERROR [a.b.C] (thread) text, [INFO ][a.b.C] text
    boolean round = b[from - 1] == '(';
    if (!parts.logger.isSet()
        && (parts.thread.isSet() || adjacent || (!round && Bytes.at(b, next, to) == '('))
        && LayoutWords.isLogger(b, start, end)) {
      parts.logger.set(start, end);
      loggerTouches = adjacent;
      return true;
    }
    if (loggerTouches
        && adjacent
        && !parts.thread.isSet()
        && b[start] >= 'A'
        && b[start] <= 'Z'
        && LayoutWords.isLogger(b, start, end)
        && Bytes.indexOf(b, parts.logger.from(), parts.logger.to(), '.') < 0) {
      // As in: [10:00:00,123][INFO][main][ShopKernal] text
      parts.thread.set(parts.logger);
      parts.logger.set(start, end);
      return true;
    }
    if (loggerTouches
        && !parts.host.isSet()
        && !parts.thread.isSet()
        && LayoutWords.isLogger(b, start, end)) {
      // Elasticsearch names its node behind the logger.
      parts.host.set(start, end);
      return true;
    }
    if (!parts.thread.isSet() && (!parts.logger.isSet() || behindSeparator || round)) {
      if (!parts.number.isSet()
          && next < to
          && b[next] == '['
          && isNumber(start, end)
          && Addresses.end(b, next + 1, to) > next + 1) {
        // As in: [NOTICE] [4711] [10.0.0.1:50000] text
        parts.number.set(start, end);
        return true;
      }
      if (!parts.takeZooKeeper(b, start, end)) {
        parts.thread.set(start, end);
      }
      return true;
    }
    return false;
  }

  /** Reads the words between bars: thread and logger, or thread, file and line, then the text. */
  private int cells(int from) {
    int start = Bytes.skipSpaces(b, from, to);
    int at = start;
    int call = Bytes.endOfWord(b, start, to);
    if (Bytes.startsWith(b, call, to, " - ") && parts.takeCall(b, start, call)) {
      return Bytes.skipSpaces(b, call + 3, to);
    }
    for (int cell = 0; cell < 3; cell++) {
      int bar = Bytes.indexOf(b, at, Math.min(to, at + LayoutWords.LONGEST), '|');
      int end = bar < 0 ? -1 : Bytes.trimEnd(b, at, bar);
      if (end <= at || Bytes.endOfWord(b, at, end) < end) {
        break;
      }
      if (cell == 2) {
        if (!CodeLocation.isFile(b, parts.logger.from(), parts.logger.to())
            || Bytes.number(b, at, end) < 0) {
          break;
        }
        parts.line.set(at, end);
      } else if (cell == 1 || Bytes.indexOf(b, bar + 1, to, '|') < 0) {
        parts.logger.set(at, end);
      } else {
        parts.thread.set(at, end);
      }
      at = Bytes.skipSpaces(b, bar + 1, to);
    }
    if (at > start && !parts.logger.isSet() && parts.thread.isSet()) {
      // As NLog prints: |WARN|Shop.Orders|a text with | in it
      parts.logger.set(parts.thread);
      parts.thread.clear();
    }
    return at == start ? afterLevel(at) : at;
  }

  private boolean isSeparatorOrColon(int at) {
    return LayoutWords.isSeparator(b, at, to) || b[at] == ':';
  }

  private boolean isItem(int end) {
    int next = Bytes.skipSpaces(b, end, to);
    return next < to && (b[next] == '-' || b[next] == '[' || b[next] == '(');
  }
}
