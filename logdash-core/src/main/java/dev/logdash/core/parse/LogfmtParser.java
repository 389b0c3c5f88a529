package dev.logdash.core.parse;

/**
 * logfmt and other lines of {@code key=value}. The line begins with a pair; a word without a value
 * is true, and there are at most half as many of these as of pairs, so that a sentence with a pair
 * in it stays a sentence.
 */
final class LogfmtParser implements LineFormat {

  private static final int LONGEST_KEY = 128;
  private static final int MAX_PAIRS = 1_000;
  private static final int LENGTH_OF_DAY = 10;
  private static final String TIME = " time=";
  private static final boolean[] NAME_BYTES = Bytes.wordTable("_.-@/%", true);

  @Override
  public String name() {
    return "logfmt";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return isNameByte(first) || Bytes.isSpace(first);
  }

  @Override
  public boolean excludesHigherRanks(byte[] b, int from, int to) {
    // Records of auditd begin with pairs too; no other format has two of them there.
    int equals = endOfKey(b, from, to);
    if (equals < 0
        || Bytes.startsWith(b, from, to, "type=")
        || Bytes.startsWith(b, from, to, "node=")) {
      return false;
    }
    int value = equals + 1;
    int end =
        Bytes.at(b, value, to) == '"'
            ? Bytes.indexOf(b, value + 1, to, '"') + 1
            : Bytes.endOfWord(b, value, to);
    return end > value && Bytes.at(b, end, to) == ' ' && endOfKey(b, end + 1, to) > 0;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int end = Bytes.trimEnd(b, from, to);
    int at = Bytes.skipSpaces(b, from, end);
    if (endOfKey(b, at, end) < 0) {
      return false;
    }
    sink.scratch.hints.clear();
    int pairs = 0;
    int words = 0;
    while (at < end) {
      int equals = sink.scratch.logfmtKeys.endOfGuess(b, at, end, '=');
      Key key = equals < 0 ? null : sink.scratch.logfmtKeys.last();
      if (key == null) {
        equals = endOfKey(b, at, end);
        key = equals < 0 ? null : sink.scratch.logfmtKeys.get(b, at, equals);
      }
      if (key == null) {
        int word = Bytes.endOfWord(b, at, end);
        if (++words > MAX_PAIRS || !isName(b, at, word)) {
          return refuse(sink);
        }
        sink.put(sink.scratch.logfmtKeys.get(b, at, word).own(), true);
        at = word;
      } else {
        if (++pairs > MAX_PAIRS) {
          return refuse(sink);
        }
        at = value(key, b, equals, end, sink);
        if (at < 0) {
          return refuse(sink);
        }
      }
      at = skipSeparators(b, at, end);
    }
    if (pairs == 0 || 2 * words > pairs) {
      return refuse(sink);
    }
    sink.scratch.hints.deliver(b, sink);
    sink.message(b, from, end);
    return true;
  }

  private static boolean refuse(FieldSink sink) {
    sink.clear();
    return false;
  }

  /** Reads the value behind the sign at {@code equals}; returns where it ends, or -1. */
  private static int value(Key name, byte[] b, int equals, int to, FieldSink sink) {
    int at = equals + 1;
    if (at < to && b[at] == '"') {
      int end = Bytes.endOfPlainJson(b, at + 1, to);
      boolean escaped = false;
      while (end < to && b[end] != '"') {
        boolean escape = b[end] == '\\';
        escaped |= escape;
        end = Bytes.endOfPlainJson(b, Math.min(to, escape ? end + 2 : end + 1), to);
      }
      if (end >= to || (end + 1 < to && !Bytes.isSpace(b[end + 1]) && b[end + 1] != ',')) {
        return -1;
      }
      if (escaped) {
        FieldMapper.unescapedText(name, unescape(b, at + 1, end), sink);
      } else {
        FieldMapper.text(name, b, at + 1, end, false, sink);
      }
      return end + 1;
    }
    int end = Bytes.endOfWord(b, at, to);
    int stop = end > at && end < to && b[end - 1] == ',' ? end - 1 : end;
    if (name.role() == Key.Role.TIME && stop - at == LENGTH_OF_DAY && !sink.hasTimestamp()) {
      int timeEnd = dayAndTime(b, at, stop, to, sink);
      if (timeEnd > 0) {
        return timeEnd;
      }
    }
    if (at < stop) {
      plain(name, b, at, stop, sink);
    }
    return end;
  }

  /** Reads {@code 2024-10-14 time=13:46:40}, and the zone in a later {@code tz="-0700"}; or -1. */
  private static int dayAndTime(byte[] b, int day, int dayEnd, int to, FieldSink sink) {
    if (!Bytes.startsWith(b, dayEnd, to, TIME) || b[day + 4] != '-') {
      return -1;
    }
    int time = dayEnd + TIME.length();
    int timeEnd = Bytes.endOfWord(b, time, to);
    int zone = Bytes.indexOf(b, timeEnd, Math.min(to, timeEnd + LONGEST_KEY), " tz=\"");
    int zoneEnd = zone < 0 ? -1 : Bytes.indexOf(b, zone + 5, to, '"');
    int zoneLength = zoneEnd < 0 ? 0 : zoneEnd - zone - 5;
    int length = LENGTH_OF_DAY + 1 + timeEnd - time;
    if (length > LONGEST_KEY || zoneLength > 6) {
      return -1;
    }
    byte[] text = sink.scratch.bytes(length + zoneLength);
    System.arraycopy(b, day, text, 0, LENGTH_OF_DAY);
    text[LENGTH_OF_DAY] = ' ';
    System.arraycopy(b, time, text, LENGTH_OF_DAY + 1, timeEnd - time);
    System.arraycopy(b, zone + 5, text, length, zoneLength);
    sink.scratch.times.forget();
    boolean found = sink.scratch.times.scan(text, 0, length + zoneLength) == length + zoneLength;
    if (found) {
      sink.scratch.times.deliver(b, day, timeEnd, sink);
    }
    sink.scratch.times.forget();
    return found ? timeEnd : -1;
  }

  private static void plain(Key name, byte[] b, int from, int to, FieldSink sink) {
    int digits = b[from] == '-' ? from + 1 : from;
    long number = Bytes.number(b, digits, to);
    // A leading zero belongs to an identifier.
    if (number >= 0 && (b[digits] != '0' || to - digits == 1)) {
      FieldMapper.whole(name, digits > from ? -number : number, b, from, to, sink);
    } else if (Bytes.equal(b, from, to, "true") || Bytes.equal(b, from, to, "false")) {
      sink.put(name.own(), b[from] == 't');
    } else {
      FieldMapper.text(name, b, from, to, false, sink);
    }
  }

  private static String unescape(byte[] b, int from, int to) {
    int at = Bytes.indexOf(b, from, to, '\\');
    while (at >= 0) {
      byte next = Bytes.at(b, at + 1, to);
      if ("\"\\/bfnrt".indexOf(next) < 0 || next == 0) {
        return JsonStrings.unescapeQuotes(b, from, to);
      }
      at = Bytes.indexOf(b, at + 2, to, '\\');
    }
    return JsonStrings.unescape(b, from, to);
  }

  /** Where the key that starts here meets its equals sign, or -1. */
  private static int endOfKey(byte[] b, int from, int to) {
    int limit = Math.min(to, from + LONGEST_KEY);
    int at = from;
    while (at < limit && isNameByte(b[at])) {
      at++;
    }
    return at > from && at < limit && b[at] == '=' ? at : -1;
  }

  private static boolean isName(byte[] b, int from, int to) {
    for (int at = from; at < to; at++) {
      if (!isNameByte(b[at])) {
        return false;
      }
    }
    return from < to && to - from <= LONGEST_KEY;
  }

  private static boolean isNameByte(byte c) {
    return NAME_BYTES[c & 0xff];
  }

  private static int skipSeparators(byte[] b, int from, int to) {
    int at = from;
    while (at < to && (Bytes.isSpace(b[at]) || b[at] == ',')) {
      at++;
    }
    return at;
  }
}
