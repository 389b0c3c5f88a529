package dev.logdash.core.parse;

/** Durations as logs write them, as whole nanoseconds in {@code event.duration}. */
final class Durations {

  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final long MICRO = 1_000L;
  // What is longer than a century is no duration of a logged thing.
  private static final double LONGEST = 100 * 366 * 86_400e9;

  private Durations() {}

  /**
   * A text such as {@code 0.1ms}, {@code 1m2.5s} or a bare number.
   *
   * @param scale nanoseconds per unit of a bare number; 0 if the key does not tell, in which case a
   *     number with a fraction counts seconds and one without milliseconds
   */
  static boolean text(long scale, byte[] b, int from, int to, FieldSink sink) {
    double total = 0;
    int at = from;
    while (at < to) {
      int end = endOfNumber(b, at, to);
      if (end == at) {
        return false;
      }
      double value = number(b, at, end);
      if (value < 0) {
        return false;
      }
      if (end == to) {
        return at == from
            && put(value * bareScale(scale, Bytes.indexOf(b, from, to, '.') >= 0), sink);
      }
      int unit = end;
      while (at < to && unit < to && !Bytes.isDigit(b[unit])) {
        unit++;
      }
      long nanos = unit(b, end, unit);
      if (nanos == 0) {
        return false;
      }
      total += value * nanos;
      at = unit;
    }
    return from < to && put(total, sink);
  }

  static boolean whole(long scale, long value, FieldSink sink) {
    return put((double) value * bareScale(scale, false), sink);
  }

  static boolean put(double nanos, FieldSink sink) {
    if (!(nanos >= 0) || nanos > LONGEST || sink.contains(Names.DURATION)) {
      return false;
    }
    sink.put(Names.DURATION, Math.round(nanos));
    return true;
  }

  private static long bareScale(long scale, boolean fraction) {
    return scale != 0 ? scale : fraction ? SECOND : MILLI;
  }

  private static int endOfNumber(byte[] b, int from, int to) {
    int end = Bytes.endOfDigits(b, from, to);
    if (end > from && Bytes.at(b, end, to) == '.') {
      end = Bytes.endOfDigits(b, end + 1, to);
    }
    return end;
  }

  static double number(byte[] b, int from, int to) {
    int dot = Bytes.indexOf(b, from, to, '.');
    long whole = Bytes.number(b, from, dot < 0 ? to : dot);
    if (whole < 0 || dot < 0 || dot + 1 == to) {
      return whole;
    }
    int end = Math.min(to, dot + 16);
    return whole + Bytes.number(b, dot + 1, end) / Math.pow(10, end - dot - 1);
  }

  private static long unit(byte[] b, int from, int to) {
    int start = from < to && b[from] == ' ' ? from + 1 : from;
    if (Bytes.equal(b, start, to, "ms")) {
      return MILLI;
    }
    if (Bytes.equal(b, start, to, "s")) {
      return SECOND;
    }
    if (Bytes.equal(b, start, to, "ns")) {
      return 1;
    }
    if (Bytes.equal(b, start, to, "us") || isMicro(b, start, to)) {
      return MICRO;
    }
    if (Bytes.equal(b, start, to, "m")) {
      return 60 * SECOND;
    }
    return Bytes.equal(b, start, to, "h") ? 3_600 * SECOND : 0;
  }

  // The micro sign and the Greek letter mu are different characters.
  private static boolean isMicro(byte[] b, int from, int to) {
    return to - from == 3
        && b[from + 2] == 's'
        && ((b[from] == (byte) 0xC2 && b[from + 1] == (byte) 0xB5)
            || (b[from] == (byte) 0xCE && b[from + 1] == (byte) 0xBC));
  }
}
