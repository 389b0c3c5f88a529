package dev.logdash.core.parse;

/**
 * Reads what stands between the time and the message in the layouts of Java loggers and their
 * relatives: level, thread, logger and process in the usual orders and brackets. Remembers spans
 * first and hands them over when the level was found, without which the words belong to the
 * message.
 */
final class LayoutReader {

  private static final int MAX_ITEMS = 8;
  private static final int LONGEST_ITEM = 256;

  private byte[] b = new byte[0];
  private int to;
  private int severity;
  private int level;
  private int levelEnd;
  private int thread;
  private int threadEnd;
  private int logger;
  private int loggerEnd;
  private int number;
  private int numberEnd;
  private int second;
  private int secondEnd;
  private int message;

  /** Reads from behind the time; whether a level was found. */
  boolean read(byte[] buffer, int from, int end) {
    b = buffer;
    to = end;
    severity = 0;
    thread = 0;
    threadEnd = 0;
    logger = 0;
    loggerEnd = 0;
    number = 0;
    numberEnd = 0;
    second = 0;
    secondEnd = 0;
    int at = beforeLevel(from);
    if (at < 0) {
      return false;
    }
    message = afterLevel(at);
    return true;
  }

  /** Reads from behind a level that the caller found. */
  void readAfter(byte[] buffer, int from, int end, int otelNumber, int levelFrom, int levelTo) {
    b = buffer;
    to = end;
    thread = 0;
    threadEnd = 0;
    logger = 0;
    loggerEnd = 0;
    number = 0;
    numberEnd = 0;
    second = 0;
    secondEnd = 0;
    severity = otelNumber;
    level = levelFrom;
    levelEnd = levelTo;
    message = afterLevel(from);
  }

  /** Hands over what was read. */
  void deliver(FieldSink sink) {
    sink.severity(severity, b, level, levelEnd);
    sink.put(Names.THREAD, b, thread, threadEnd);
    sink.put(Names.LOGGER, b, logger, loggerEnd);
    if (number < numberEnd) {
      sink.put(Names.PID, Bytes.number(b, number, numberEnd));
    }
    if (second < secondEnd) {
      sink.put(Names.THREAD_ID, Bytes.number(b, second, secondEnd));
    }
    sink.message(b, message, Bytes.trimEnd(b, message, to));
  }

  /** Passes over items until the level; returns where it ends, or -1. */
  private int beforeLevel(int from) {
    int at = skipSeparators(from);
    for (int item = 0; item < MAX_ITEMS && at < to; item++) {
      byte first = b[at];
      if (first == '[' || first == '(' || first == '<') {
        int close = closing(at);
        if (close < 0) {
          return -1;
        }
        if (isLevel(at + 1, Bytes.trimEnd(b, at + 1, close), true)) {
          return close + 1;
        }
        bracket(at + 1, close);
        at = close + 1;
      } else {
        int end = endOfItem(at);
        int stop = end > at && b[end - 1] == ':' ? end - 1 : end;
        if (isLevel(at, stop, item == 0)) {
          return end;
        }
        if (!word(at, end)) {
          return -1;
        }
        at = end;
      }
      at = skipSeparators(at);
    }
    return -1;
  }

  /** Reads thread, logger and process behind the level; returns where the message begins. */
  private int afterLevel(int from) {
    int at = from;
    if (Bytes.at(b, at, to) == ':') {
      return Bytes.skipSpaces(b, at + 1, to);
    }
    for (int item = 0; item < MAX_ITEMS; item++) {
      at = Bytes.skipSpaces(b, at, to);
      if (at >= to) {
        return to;
      }
      byte first = b[at];
      if (isSeparator(at)) {
        int end = at + (Bytes.startsWith(b, at, to, "---") ? 3 : 1);
        if (loggerEnd > 0 && first != '|') {
          return Bytes.skipSpaces(b, end, to);
        }
        at = end;
        continue;
      }
      if (first == '[' || first == '(' || first == '{') {
        int close = closing(at);
        if (close < 0 || !bracketAfter(at + 1, close)) {
          return at;
        }
        at = close + 1;
        if (Bytes.at(b, at, to) == ':') {
          return Bytes.skipSpaces(b, at + 1, to);
        }
        continue;
      }
      int end = endOfItem(at);
      if (loggerEnd == 0 && isLoggerAt(at, end)) {
        return endOfLogger(at, end);
      }
      if (numberEnd == 0 && Bytes.allDigits(b, at, end) && isFollowedByItem(end)) {
        number = at;
        numberEnd = end;
        at = end;
        continue;
      }
      return at;
    }
    return at;
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
      int close = closing(at);
      int next = close < 0 ? -1 : Bytes.skipSpaces(b, close + 1, to);
      if (close > 0 && threadEnd == 0 && next < to && (isSeparator(next) || b[next] == ':')) {
        thread = at + 1;
        threadEnd = Bytes.trimEnd(b, thread, close);
        at = next;
      }
    }
    return at < to && (isSeparator(at) || b[at] == ':')
        ? Bytes.skipSpaces(b, at + (Bytes.startsWith(b, at, to, "--") ? 2 : 1), to)
        : at;
  }

  /** Whether the word is a logger: it ends with a colon, or a colon or dash stands behind it. */
  private boolean isLoggerAt(int from, int end) {
    int stop = b[end - 1] == ':' ? end - 1 : end;
    if (!isLoggerName(from, stop)) {
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
      int close = closing(next);
      int behind = close < 0 ? to : Bytes.skipSpaces(b, close + 1, to);
      return behind < to && (b[behind] == ':' || (b[behind] == '-' && threadEnd == 0));
    }
    return false;
  }

  private boolean isLoggerName(int from, int end) {
    if (end <= from || end - from > LONGEST_ITEM || !(Bytes.isLetter(b[from]) || b[from] == '_')) {
      return false;
    }
    for (int at = from; at < end; at++) {
      byte c = b[at];
      if (!Bytes.isLetter(c) && !Bytes.isDigit(c) && ".$_-/#:@*".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isLevel(int from, int end, boolean anyCase) {
    int found = Severities.ofWord(b, from, end);
    if (found > 0 && !anyCase && !isUpperCase(from, end)) {
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
    return threadEnd == 0
        && loggerEnd == 0
        && (end >= to || b[end] == ' ' || b[end] == ']' || b[end] == '/' || b[end] == ')');
  }

  private boolean isUpperCase(int from, int end) {
    for (int at = from; at < end; at++) {
      if (b[at] >= 'a' && b[at] <= 'z') {
        return false;
      }
    }
    return true;
  }

  /** Takes a word before the level for what it can be; false if it looks like a message. */
  private boolean word(int from, int end) {
    if (Bytes.allDigits(b, from, end) && end - from <= 18) {
      if (numberEnd == 0) {
        number = from;
        numberEnd = end;
        return true;
      }
      if (secondEnd == 0) {
        second = from;
        secondEnd = end;
        return true;
      }
      // Android may name the user before process and thread.
      number = second;
      numberEnd = secondEnd;
      second = from;
      secondEnd = end;
      return true;
    }
    int stop = b[end - 1] == ':' ? end - 1 : end;
    if (loggerEnd > 0 || !isLoggerName(from, stop)) {
      return false;
    }
    logger = from;
    loggerEnd = stop;
    return true;
  }

  private void bracket(int from, int close) {
    int end = Bytes.trimEnd(b, from, close);
    int start = Bytes.skipSpaces(b, from, end);
    if (Bytes.allDigits(b, start, end) && end - start <= 18 && numberEnd == 0) {
      number = start;
      numberEnd = end;
    } else if (threadEnd == 0) {
      thread = start;
      threadEnd = end;
    } else if (loggerEnd == 0 && isLoggerName(start, end)) {
      logger = start;
      loggerEnd = end;
    }
  }

  /** Takes a bracket behind the level; false if it belongs to the message. */
  private boolean bracketAfter(int from, int close) {
    int end = Bytes.trimEnd(b, from, close);
    int start = Bytes.skipSpaces(b, from, end);
    int next = Bytes.skipSpaces(b, close + 1, to);
    boolean behindSeparator = next < to && (isSeparator(next) || b[next] == ':');
    // As in: WARN (MainThread) [a.b.C] text, ERROR [a.b.C] (thread) text
    boolean round = b[from - 1] == '(';
    if (loggerEnd == 0
        && (threadEnd > 0 || (!round && Bytes.at(b, next, to) == '('))
        && isLoggerName(start, end)) {
      logger = start;
      loggerEnd = end;
      return true;
    }
    if (threadEnd == 0 && start < end && (loggerEnd == 0 || behindSeparator || round)) {
      thread = start;
      threadEnd = end;
      return true;
    }
    return start == end;
  }

  private boolean isFollowedByItem(int end) {
    int next = Bytes.skipSpaces(b, end, to);
    return next < to && (b[next] == '-' || b[next] == '[' || b[next] == '(');
  }

  private boolean isSeparator(int at) {
    byte c = b[at];
    if (c != '-' && c != '|' && c != ':') {
      return false;
    }
    int end = at;
    while (end < to && b[end] == c) {
      end++;
    }
    return end - at <= 3 && (end == to || Bytes.isSpace(b[end]) || c == '|');
  }

  private int skipSeparators(int from) {
    int at = from;
    while (at < to
        && (Bytes.isSpace(b[at]) || b[at] == '|' || b[at] == '-' || b[at] == ':' || b[at] == ',')) {
      at++;
    }
    return at;
  }

  private int endOfItem(int from) {
    int at = from;
    while (at < to && !Bytes.isSpace(b[at]) && b[at] != '[' && b[at] != '|') {
      at++;
    }
    return at == from ? from + 1 : at;
  }

  /** Where the bracket that opens here closes, brackets inside of it counted; or -1. */
  private int closing(int from) {
    byte open = b[from];
    byte close = open == '(' ? (byte) ')' : (byte) (open + 2);
    int depth = 0;
    int limit = Math.min(to, from + LONGEST_ITEM);
    for (int at = from; at < limit; at++) {
      if (b[at] == open) {
        depth++;
      } else if (b[at] == close && --depth == 0) {
        return at;
      }
    }
    return -1;
  }
}
