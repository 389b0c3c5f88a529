package dev.logdash.core.parse;

/**
 * Ids that a key in a text names: {@code trace_id=}, {@code spanId: }, {@code Request ID: }, {@code
 * traceparent: }. Only values that look like such ids are taken: the hexadecimal digits of traces
 * and spans, UUIDs.
 */
final class TextIds {

  private static final int LONGEST_KEY = 24;
  private static final int UUID = 36;
  private static final int TRACE = 1;
  private static final int SPAN = 2;
  private static final int PARENT = 3;

  // By the letters of the key; groups in the order of the names below.
  private static final WordTable KEYS =
      new WordTable(
          "traceid ddtraceid xbtraceid oteltraceid mdctraceid",
          "spanid ddspanid xbspanid otelspanid mdcspanid",
          "traceparent",
          "requestid reqid xrequestid httprequestid",
          "transactionid",
          "userid",
          "deviceid",
          "organizationid orgid");
  private static final String[] NAMES = {
    "",
    Names.TRACE,
    Names.SPAN,
    Names.TRACE,
    "http.request.id",
    "transaction.id",
    "user.id",
    "device.id",
    "organization.id"
  };

  /** Puts the id behind the sign at {@code sign}, if the word in front of it is a key of one. */
  void behind(byte[] b, int from, int sign, int to, FieldSink sink) {
    int keyEnd = sign;
    while (keyEnd > from && (b[keyEnd - 1] == '"' || b[keyEnd - 1] == '\\')) {
      keyEnd--;
    }
    int last = keyEnd > from ? b[keyEnd - 1] | 0x20 : 0;
    if (last != 'd' && last != 't') {
      return;
    }
    int value = sign + 1;
    while (value < to && " \"'[\\".indexOf(b[value]) >= 0 && value < sign + 4) {
      value++;
    }
    int end = value;
    while (end < to && (isHex(b[end]) || b[end] == '-')) {
      end++;
    }
    if (end - value < 16 || end - value > 55 || isPartOfWord(Bytes.at(b, end, to))) {
      return;
    }
    int key = key(b, from, keyEnd);
    if (key == PARENT) {
      parent(b, value, end, sink);
    } else if (key > 0 && fits(key, b, value, end)) {
      sink.put(NAMES[key], b, value, end);
    }
  }

  private static int key(byte[] b, int from, int end) {
    int start = end;
    while (start > from && isPartOfKey(b[start - 1]) && end - start < LONGEST_KEY) {
      start--;
    }
    // As in: Trace ID: 4bf9...
    if (end - start == 2 && start > from && b[start - 1] == ' ') {
      start--;
      while (start > from && Bytes.isLetter(b[start - 1]) && end - start < LONGEST_KEY) {
        start--;
      }
      return withSpace(b, start, end);
    }
    return KEYS.get(b, start, end);
  }

  /** The key of two words; those of a table have no sign between them. */
  private static int withSpace(byte[] b, int start, int end) {
    int key = KEYS.get(b, start, end);
    return key == PARENT ? 0 : key;
  }

  private static boolean fits(int key, byte[] b, int from, int to) {
    int length = to - from;
    if (length == UUID) {
      return key != SPAN && isUuid(b, from);
    }
    if (key == SPAN) {
      return isId(b, from, to, 16) || isDecimal(b, from, to);
    }
    if (key == TRACE) {
      return isId(b, from, to, 32) || isId(b, from, to, 16) || isDecimal(b, from, to);
    }
    // nginx writes a request's id without dashes, APM agents transactions as spans.
    return (key == 4 && isId(b, from, to, 32)) || (key == 5 && isId(b, from, to, 16));
  }

  /** Takes {@code 00-<trace>-<span>-01}. */
  private static void parent(byte[] b, int from, int end, FieldSink sink) {
    if (end - from == 55
        && b[from + 2] == '-'
        && b[from + 35] == '-'
        && b[from + 52] == '-'
        && isId(b, from + 3, from + 35, 32)
        && isId(b, from + 36, from + 52, 16)
        && !sink.contains(Names.TRACE)) {
      sink.put(Names.TRACE, b, from + 3, from + 35);
      sink.put(Names.SPAN, b, from + 36, from + 52);
    }
  }

  /** Whether so many hexadecimal digits fill the range, not all of them zero. */
  private static boolean isId(byte[] b, int from, int to, int length) {
    if (to - from != length) {
      return false;
    }
    int zeros = 0;
    for (int at = from; at < to; at++) {
      if (!isHex(b[at])) {
        return false;
      }
      zeros += b[at] == '0' ? 1 : 0;
    }
    return zeros < length;
  }

  // Datadog counts its ids with up to 20 decimal digits.
  private static boolean isDecimal(byte[] b, int from, int to) {
    return to - from >= 17 && to - from <= 20 && Bytes.allDigits(b, from, to);
  }

  private static boolean isUuid(byte[] b, int from) {
    for (int i = 0; i < UUID; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? b[from + i] != '-' : !isHex(b[from + i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHex(byte c) {
    int lower = c | 0x20;
    return Bytes.isDigit(c) || (lower >= 'a' && lower <= 'f');
  }

  private static boolean isPartOfKey(byte c) {
    return Bytes.isLetter(c) || Bytes.isDigit(c) || c == '_' || c == '-' || c == '.';
  }

  private static boolean isPartOfWord(byte c) {
    return Bytes.isLetter(c) || Bytes.isDigit(c) || c == '_';
  }
}
