package dev.logdash.core.parse;

/** The units of time that people write behind a number, short or as a word. */
final class DurationUnits {

  private static final long MICRO = 1_000L;
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final int LONGEST = 12;

  private static final long[] NANOS = {0, 1, MICRO, MILLI, SECOND, 60 * SECOND, 3_600 * SECOND};
  private static final WordTable WORDS =
      new WordTable(
          "ns nanos nanosecond nanoseconds nsec",
          "us usec usecs micros microsecond microseconds",
          "ms msec msecs millis millisec millisecs millisecond milliseconds",
          "s sec secs second seconds",
          "m min mins minute minutes",
          "h hr hrs hour hours");

  private DurationUnits() {}

  /** Where the letters end that begin here, the micro sign among them. */
  static int end(byte[] b, int from, int to) {
    int at = isMicro(b, from, to) ? from + 2 : from;
    while (at < to && Bytes.isLetter(b[at]) && at - from <= LONGEST) {
      at++;
    }
    return at;
  }

  /** Nanoseconds of the unit that fills the range, or 0. */
  static long nanos(byte[] b, int from, int to) {
    if (isMicro(b, from, to)) {
      return to == from + 3 && b[from + 2] == 's' ? MICRO : 0;
    }
    // One capital letter is a size or a name.
    if (to == from + 1 && b[from] < 'a') {
      return 0;
    }
    return NANOS[WORDS.get(b, from, to)];
  }

  static int endOfNumber(byte[] b, int from, int to) {
    int end = Bytes.endOfDigits(b, from, to);
    if (end > from && Bytes.at(b, end, to) == '.') {
      int fraction = Bytes.endOfDigits(b, end + 1, to);
      return fraction > end + 1 ? fraction : from;
    }
    return end;
  }

  // The micro sign and the Greek letter mu are different characters.
  private static boolean isMicro(byte[] b, int from, int to) {
    return to - from >= 2
        && ((b[from] == (byte) 0xC2 && b[from + 1] == (byte) 0xB5)
            || (b[from] == (byte) 0xCE && b[from + 1] == (byte) 0xBC));
  }
}
