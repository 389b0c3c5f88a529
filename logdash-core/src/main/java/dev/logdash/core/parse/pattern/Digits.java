package dev.logdash.core.parse.pattern;

/** Small numbers that are read from bytes, with the place where they end, in one long. */
final class Digits {

  /** Stands for a text that names no zone. */
  static final int NO_OFFSET = Integer.MIN_VALUE;

  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final int[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  private Digits() {}

  static long of(int value, int end) {
    return (long) end << 32 | (value & 0xffff_ffffL);
  }

  static int value(long read) {
    return (int) read;
  }

  static int end(long read) {
    return (int) (read >>> 32);
  }

  /** Reads from {@code min} to {@code max} digits, at most nine; or -1. */
  static long number(byte[] b, int from, int to, int min, int max) {
    int value = 0;
    int at = from;
    int stop = Math.min(to, from + max);
    while (at < stop) {
      int digit = b[at] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = 10 * value + digit;
      at++;
    }
    return at - from < min ? -1 : of(value, at);
  }

  /** Reads exactly so many digits of a fraction of a second, as nanoseconds; or -1. */
  static long fraction(byte[] b, int from, int to, int count) {
    int used = Math.min(9, count);
    long read = number(b, from, to, used, used);
    if (read < 0) {
      return -1;
    }
    int at = end(read);
    for (int i = used; i < count; i++, at++) {
      if (at >= to || b[at] < '0' || b[at] > '9') {
        return -1;
      }
    }
    return of(value(read) * POWERS[9 - used], at);
  }

  /** Reads the name of a month, short or whole; or -1. */
  static long monthName(byte[] b, int from, int to) {
    if (to - from < 3) {
      return -1;
    }
    for (int i = 0; i < MONTHS.length(); i += 3) {
      if ((b[from] | 0x20) == MONTHS.charAt(i)
          && (b[from + 1] | 0x20) == MONTHS.charAt(i + 1)
          && (b[from + 2] | 0x20) == MONTHS.charAt(i + 2)) {
        return of(i / 3 + 1, endOfLetters(b, from, to));
      }
    }
    return -1;
  }

  static int endOfLetters(byte[] b, int from, int to) {
    int at = from;
    while (at < to && (ByteSet.LETTER.has(b[at]) || b[at] < 0)) {
      at++;
    }
    return at;
  }

  /** Reads {@code Z}, {@code +02}, {@code +0200} or {@code +02:00} as seconds; or -1. */
  static long offset(byte[] b, int from, int to) {
    if (from < to && (b[from] == 'Z' || b[from] == 'z')) {
      return of(0, from + 1);
    }
    int at =
        from + 3 <= to && b[from] == 'G' && b[from + 1] == 'M' && b[from + 2] == 'T'
            ? from + 3
            : from;
    if (at >= to || (b[at] != '+' && b[at] != '-')) {
      return at > from ? of(0, at) : -1;
    }
    long hours = number(b, at + 1, to, 2, 2);
    if (hours < 0) {
      return -1;
    }
    int end = end(hours);
    boolean colon = end < to && b[end] == ':';
    long minutes = number(b, colon ? end + 1 : end, to, 2, 2);
    int seconds = 3_600 * value(hours) + (minutes < 0 ? 0 : 60 * value(minutes));
    return of(b[at] == '-' ? -seconds : seconds, minutes < 0 ? end : end(minutes));
  }

  /** The number that fills the range, which has up to 18 digits. */
  static long whole(byte[] b, int from, int to) {
    long value = 0;
    for (int at = from; at < to; at++) {
      value = 10 * value + (b[at] - '0');
    }
    return value;
  }

  /** Days since 1970; the year is counted from March, so that February is last. */
  static long day(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146_097L
        + yearOfEra * 365L
        + yearOfEra / 4
        - yearOfEra / 100
        + dayOfYear
        - 719_468;
  }

  static int daysOf(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }
}
