package dev.logdash.core.parse;

/**
 * Reads what stands between the time and the message in the layouts of Java loggers and their
 * relatives: level, thread, logger and process in the usual orders and brackets. Remembers spans
 * first and hands them over when the level was found, without which the words belong to the
 * message.
 */
final class LayoutReader {

  private static final int MAX_ITEMS = 12;
  private static final int MAX_PAIRS = 8;

  private byte[] b = new byte[0];
  private int to;
  private int severity;
  private int level;
  private int levelEnd;
  private int thread;
  private int threadEnd;
  private int logger;
  private int loggerEnd;
  private int service;
  private int serviceEnd;
  private int trace;
  private int traceEnd;
  private int place;
  private int placeEnd;
  private int line;
  private int lineEnd;
  private int host;
  private int hostEnd;
  private int number;
  private int numberEnd;
  private int second;
  private int secondEnd;
  private int message;
  private int messageEnd;
  private boolean dashes;
  // Whether the logger's bracket touches that of the level.
  private boolean loggerTouches;
  // Ranges that have pairs in them, start and end in turn.
  private final int[] pairs = new int[2 * MAX_PAIRS];
  private int pairCount;

  /** Reads from behind the time; whether a level was found. */
  boolean read(byte[] buffer, int from, int end) {
    start(buffer, from, end);
    int at = beforeLevel(from);
    if (at < 0) {
      return false;
    }
    message = afterLevel(at);
    return true;
  }

  /** Reads from behind a level that the caller found. */
  void readAfter(byte[] buffer, int from, int end, int otelNumber, int levelFrom, int levelTo) {
    start(buffer, from, end);
    severity = otelNumber;
    level = levelFrom;
    levelEnd = levelTo;
    message = afterLevel(from);
  }

  private void start(byte[] buffer, int from, int end) {
    b = buffer;
    to = end;
    messageEnd = Bytes.trimEnd(b, from, end);
    severity = 0;
    threadEnd = 0;
    loggerEnd = 0;
    serviceEnd = 0;
    traceEnd = 0;
    placeEnd = 0;
    lineEnd = 0;
    hostEnd = 0;
    numberEnd = 0;
    secondEnd = 0;
    dashes = false;
    loggerTouches = false;
    pairCount = 0;
  }

  /** Takes what was read so far as a header, and what stands behind {@code from} as the message. */
  void endHeader(int from, int end) {
    if (message < to) {
      wordAfter(message, to, true);
    }
    to = end;
    message = Bytes.skipSpaces(b, from, end);
    messageEnd = Bytes.trimEnd(b, message, end);
  }

  /** Takes a logger in round brackets that ends the message, as Kafka's layout has it. */
  void takeLoggerAtEnd() {
    if (loggerEnd > 0 || messageEnd <= message || b[messageEnd - 1] != ')') {
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
      logger = open + 1;
      loggerEnd = messageEnd - 1;
      messageEnd = Bytes.trimEnd(b, message, open);
    }
  }

  /** Hands over what was read. */
  void deliver(FieldSink sink) {
    sink.severity(severity, b, level, levelEnd);
    put(Names.THREAD, thread, threadEnd, sink);
    if (lineEnd > 0) {
      sink.put(Names.ORIGIN_LINE, Bytes.number(b, line, lineEnd));
    }
    if (loggerEnd > 0) {
      if (CodeLocation.isFile(b, logger, loggerEnd)) {
        sink.put(Names.ORIGIN_FILE, b, logger, loggerEnd);
      } else if (CodeLocation.is(b, logger, loggerEnd)) {
        CodeLocation.put(b, logger, loggerEnd, sink);
      } else if (LayoutWords.isMethod(b, logger, loggerEnd)) {
        CodeLocation.method(b, logger, loggerEnd, sink);
      } else {
        sink.put(Names.LOGGER, b, logger, loggerEnd);
      }
    }
    if (placeEnd > 0) {
      CodeLocation.put(b, place, placeEnd, sink);
    }
    put(Names.SERVICE, service, serviceEnd, sink);
    put(Names.HOST, host, hostEnd, sink);
    if (traceEnd > 0) {
      sink.put(Names.TRACE, b, trace, traceEnd - 17);
      sink.put(Names.SPAN, b, traceEnd - 16, traceEnd);
    }
    if (numberEnd > 0) {
      sink.put(Names.PID, Bytes.number(b, number, numberEnd));
    }
    if (secondEnd > 0) {
      sink.put(Names.THREAD_ID, Bytes.number(b, second, secondEnd));
    }
    for (int i = 0; i < pairCount; i++) {
      Pairs.put(b, pairs[2 * i], pairs[2 * i + 1], sink);
    }
    sink.message(b, message, Math.max(message, messageEnd));
  }

  private void put(String name, int from, int end, FieldSink sink) {
    if (end > from && !(end - from == 1 && b[from] == '-')) {
      sink.put(name, b, from, end);
    }
  }

  /** Passes over items until the level; returns where it ends, or -1. */
  private int beforeLevel(int from) {
    int at = LayoutWords.skipSeparators(b, from, to);
    for (int item = 0; item < MAX_ITEMS && at < to; item++) {
      if (b[at] == '[' || b[at] == '(' || b[at] == '<') {
        int close = LayoutWords.closing(b, at, to);
        if (close < 0) {
          return -1;
        }
        if (isLevel(Bytes.skipSpaces(b, at + 1, close), Bytes.trimEnd(b, at + 1, close), true)) {
          return close + 1;
        }
        bracketBefore(at + 1, close);
        at = close + 1;
      } else {
        int end = LayoutWords.endOfItem(b, at, to);
        int stop = end > at && b[end - 1] == ':' ? end - 1 : end;
        if (isLevel(at, stop, item == 0)) {
          return end;
        }
        if (!wordBefore(at, end)) {
          return -1;
        }
        at = end;
      }
      at = LayoutWords.skipSeparators(b, at, to);
    }
    return -1;
  }

  /** Takes a word before the level for what it can be; false if it looks like a message. */
  private boolean wordBefore(int from, int end) {
    if (Bytes.allDigits(b, from, end) && end - from <= 18) {
      numberBefore(from, end);
      return true;
    }
    int stop = b[end - 1] == ':' ? end - 1 : end;
    if (loggerEnd > 0) {
      return LayoutWords.isPair(b, from, stop) && pair(from, stop);
    }
    if (!LayoutWords.isLogger(b, from, stop)) {
      return false;
    }
    logger = from;
    loggerEnd = stop;
    return true;
  }

  private void numberBefore(int from, int end) {
    if (numberEnd == 0) {
      number = from;
      numberEnd = end;
      return;
    }
    if (secondEnd > 0) {
      // Android may name the user before process and thread.
      number = second;
      numberEnd = secondEnd;
    }
    second = from;
    secondEnd = end;
  }

  private void bracketBefore(int from, int close) {
    int end = Bytes.trimEnd(b, from, close);
    int start = Bytes.skipSpaces(b, from, end);
    if (Bytes.allDigits(b, start, end) && end - start <= 18 && numberEnd == 0) {
      number = start;
      numberEnd = end;
    } else if (!takeTrace(start, end) && !takePairs(start, end)) {
      if (threadEnd == 0) {
        thread = start;
        threadEnd = end;
      } else if (loggerEnd == 0 && LayoutWords.isLogger(b, start, end)) {
        logger = start;
        loggerEnd = end;
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
      severity = found;
      level = from;
      levelEnd = end;
    }
    return found > 0;
  }

  // A letter alone is a level only behind the time and numbers; later it may begin a sentence.
  private boolean letterFits(int end) {
    return (secondEnd > 0 || (threadEnd == 0 && loggerEnd == 0))
        && (end >= to || b[end] == ' ' || b[end] == ']' || b[end] == '/' || b[end] == ')');
  }

  /** Reads thread, logger and process behind the level; returns where the message begins. */
  private int afterLevel(int from) {
    int at = from;
    if (Bytes.at(b, at, to) == ':') {
      return Bytes.skipSpaces(b, at + 1, to);
    }
    if (Bytes.at(b, Bytes.skipSpaces(b, at, to), to) == '|' && loggerEnd == 0) {
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
        int end = at + (long3 ? 3 : 1);
        if (loggerEnd > 0 && first != '|' && !long3) {
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
        if (loggerEnd == 0 && isLoggerAt(at, end)) {
          return endOfLogger(at, end);
        }
        if (!wordAfter(at, end, false)) {
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
  private boolean wordAfter(int from, int end, boolean sure) {
    if (numberEnd == 0 && Bytes.allDigits(b, from, end) && end - from <= 18 && isItem(end)) {
      number = from;
      numberEnd = end;
      return true;
    }
    int next = Bytes.skipSpaces(b, end, to);
    boolean last = next >= to && !sure;
    if (LayoutWords.isPair(b, from, end) && !last) {
      int nextEnd = LayoutWords.endOfItem(b, next, to);
      return (sure || LayoutWords.isClass(b, next, nextEnd)) && pair(from, end);
    }
    if (placeEnd == 0 && !last && Bytes.at(b, end, to) != '[' && CodeLocation.is(b, from, end)) {
      place = from;
      placeEnd = end;
      return true;
    }
    boolean named = sure && loggerEnd == 0 && LayoutWords.isLogger(b, from, end);
    if (!last && (named || LayoutWords.isClass(b, from, end))) {
      if (loggerEnd > 0 && threadEnd == 0) {
        // The word before the level was no logger.
        thread = logger;
        threadEnd = loggerEnd;
        loggerEnd = 0;
      }
      if (loggerEnd == 0) {
        logger = from;
        loggerEnd = end;
        return true;
      }
    }
    return false;
  }

  /** Takes the logger; returns where the item behind it begins. */
  private int endOfLogger(int from, int end) {
    logger = from;
    loggerEnd = end;
    if (b[end - 1] == ':') {
      loggerEnd = end - 1;
      return Bytes.skipSpaces(b, end, to);
    }
    int at = Bytes.skipSpaces(b, end, to);
    // WildFly names the thread behind the logger: [logger] (thread) message; others before it.
    if (Bytes.at(b, at, to) == '[') {
      int close = LayoutWords.closing(b, at, to);
      int next = close < 0 ? -1 : Bytes.skipSpaces(b, close + 1, to);
      if (close > 0 && threadEnd == 0 && next < to && isSeparatorOrColon(next)) {
        thread = at + 1;
        threadEnd = Bytes.trimEnd(b, thread, close);
        at = next;
      }
    }
    return at < to && isSeparatorOrColon(at)
        ? Bytes.skipSpaces(b, at + (Bytes.startsWith(b, at, to, "--") ? 2 : 1), to)
        : at;
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
    if (Bytes.at(b, next + 1, to) == ' ' && (b[next] == ':' || b[next] == '-' || b[next] == '|')) {
      return true;
    }
    if (b[next] == '[') {
      int close = LayoutWords.closing(b, next, to);
      int behind = close < 0 ? to : Bytes.skipSpaces(b, close + 1, to);
      return behind < to && (b[behind] == ':' || (b[behind] == '-' && threadEnd == 0));
    }
    return false;
  }

  /** Takes a bracket behind the level; false if it belongs to the message. */
  private boolean bracketAfter(int from, int close, boolean adjacent) {
    int end = Bytes.trimEnd(b, from, close);
    int start = Bytes.skipSpaces(b, from, end);
    if (start == end || takeTrace(start, end) || takePairs(start, end)) {
      return true;
    }
    int next = Bytes.skipSpaces(b, close + 1, to);
    // Spring Boot: --- [service] [thread] [trace-span] logger : text
    if (dashes && loggerEnd == 0 && threadEnd > 0 && serviceEnd == 0) {
      service = thread;
      serviceEnd = threadEnd;
      thread = start;
      threadEnd = end;
      return true;
    }
    if (placeEnd == 0 && CodeLocation.is(b, start, end)) {
      place = start;
      placeEnd = end;
      return true;
    }
    boolean behindSeparator = next < to && isSeparatorOrColon(next);
    // As in: WARN (MainThread) [a.b.C] text, ERROR [a.b.C] (thread) text, [INFO ][a.b.C] text
    boolean round = b[from - 1] == '(';
    if (loggerEnd == 0
        && (threadEnd > 0 || adjacent || (!round && Bytes.at(b, next, to) == '('))
        && LayoutWords.isLogger(b, start, end)) {
      logger = start;
      loggerEnd = end;
      loggerTouches = adjacent;
      return true;
    }
    if (loggerTouches && hostEnd == 0 && threadEnd == 0 && LayoutWords.isLogger(b, start, end)) {
      // Elasticsearch names its node behind the logger.
      host = start;
      hostEnd = end;
      return true;
    }
    if (threadEnd == 0 && (loggerEnd == 0 || behindSeparator || round)) {
      if (!takeZooKeeper(start, end)) {
        thread = start;
        threadEnd = end;
      }
      return true;
    }
    return false;
  }

  /** Takes {@code thread:Class@line}. */
  private boolean takeZooKeeper(int from, int end) {
    int at = end;
    while (at > from && b[at - 1] != '@') {
      at--;
    }
    int name = at - 1;
    while (name > from && b[name - 1] != ':') {
      name--;
    }
    if (name - 1 <= from
        || Bytes.number(b, at, end) < 0
        || !LayoutWords.isLogger(b, name, at - 1)) {
      return false;
    }
    thread = from;
    threadEnd = name - 1;
    logger = name;
    loggerEnd = at - 1;
    line = at;
    lineEnd = end;
    return true;
  }

  /** Takes {@code trace-span} or {@code service,trace,span}. */
  private boolean takeTrace(int from, int end) {
    int middle = end - 17;
    if (middle <= from || traceEnd > 0 || (b[middle] != '-' && b[middle] != ',')) {
      return false;
    }
    int start = middle;
    while (start > from && b[start - 1] != ',') {
      start--;
    }
    if (!LayoutWords.isTraceAndSpan(b, start, middle, end)) {
      return false;
    }
    trace = start;
    traceEnd = end;
    if (start - 1 > from) {
      service = from;
      serviceEnd = start - 1;
    }
    return true;
  }

  private boolean takePairs(int from, int end) {
    int wordEnd = Bytes.endOfWord(b, from, end);
    return LayoutWords.isPair(b, from, wordEnd) && pair(from, end);
  }

  private boolean pair(int from, int end) {
    if (pairCount == MAX_PAIRS) {
      return false;
    }
    pairs[2 * pairCount] = from;
    pairs[2 * pairCount + 1] = end;
    pairCount++;
    return true;
  }

  /** Reads the words between bars: thread and logger, or thread, file and line, then the text. */
  private int cells(int from) {
    int start = Bytes.skipSpaces(b, from, to);
    int at = start;
    for (int cell = 0; cell < 3; cell++) {
      int bar = Bytes.indexOf(b, at, Math.min(to, at + LayoutWords.LONGEST), '|');
      int end = bar < 0 ? -1 : Bytes.trimEnd(b, at, bar);
      if (end <= at || Bytes.endOfWord(b, at, end) < end) {
        break;
      }
      if (cell == 2) {
        if (!CodeLocation.isFile(b, logger, loggerEnd) || Bytes.number(b, at, end) < 0) {
          break;
        }
        line = at;
        lineEnd = end;
      } else if (cell == 1 || Bytes.indexOf(b, bar + 1, to, '|') < 0) {
        logger = at;
        loggerEnd = end;
      } else {
        thread = at;
        threadEnd = end;
      }
      at = Bytes.skipSpaces(b, bar + 1, to);
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
