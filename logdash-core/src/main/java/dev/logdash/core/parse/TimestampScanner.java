package dev.logdash.core.parse;

/**
 * Finds out which of the usual notations of time stands at a place, and reads it. Holds the result
 * of the last successful scan. A time without a zone is UTC; one without a year is counted from
 * 1972, a leap year, so that every day of a year exists.
 */
final class TimestampScanner {

  private static final int ANY_YEAR = 1972;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long SECONDS_PER_DAY = 86_400L;
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final String DAYS = "montuewedthufrisatsun";
  private static final long[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  private long nanos;
  private boolean yearless;
  private boolean zoneless;

  // Parts of the time of day that was read last.
  private int secondOfDay;
  private int fraction;

  /** Nanoseconds since 1970, or of the year 1972 if {@link #isYearless()}. */
  long nanos() {
    return nanos;
  }

  boolean isYearless() {
    return yearless;
  }

  boolean isZoneless() {
    return zoneless;
  }

  /** Reads a time that starts here; returns where it ends, or -1 if there is none. */
  int scan(byte[] b, int from, int to) {
    if (to - from < 13) {
      return -1;
    }
    yearless = false;
    zoneless = false;
    byte first = b[from];
    if (Bytes.isDigit(first)) {
      return scanNumeric(b, from, to);
    }
    return Bytes.isLetter(first) ? scanNamed(b, from, to) : -1;
  }

  /** As {@link #scan}, and hands the time to the sink. */
  int scanInto(byte[] b, int from, int to, FieldSink sink) {
    int end = scan(b, from, to);
    if (end >= 0) {
      deliver(b, from, end, sink);
    }
    return end;
  }

  /** Hands the time that was read last to the sink. */
  void deliver(byte[] b, int from, int end, FieldSink sink) {
    if (yearless) {
      sink.timestampOfAnyYear(nanos, b, from, end);
    } else {
      sink.timestamp(nanos, zoneless, b, from, end);
    }
  }

  /** Reads a time that fills the range, be it a notation or a number since 1970. */
  boolean scanWhole(byte[] b, int from, int to) {
    if (scan(b, from, to) == to) {
      return true;
    }
    yearless = false;
    zoneless = false;
    if (scanEpoch(b, from, to) == to) {
      return true;
    }
    return scanDate(b, from, to);
  }

  /**
   * Reads seconds, milli-, micro- or nanoseconds since 1970, told apart by the count of digits (10,
   * 13, 16, 19); seconds may have a fraction.
   */
  int scanEpoch(byte[] b, int from, int to) {
    int end = Bytes.endOfDigits(b, from, Math.min(to, from + 20));
    int digits = end - from;
    yearless = false;
    zoneless = false;
    if (digits == 10) {
      long seconds = Bytes.number(b, from, end);
      int at = readFraction(b, end, to);
      nanos = seconds * NANOS_PER_SECOND + fraction;
      return at;
    }
    if (digits == 13 || digits == 16) {
      int at = end;
      fraction = 0;
      if (digits == 13) {
        at = readFraction(b, end, to);
      }
      nanos = Bytes.number(b, from, end) * (digits == 13 ? 1_000_000L : 1_000L);
      nanos += digits == 13 ? fraction / 1_000 : 0;
      return at;
    }
    if (digits == 19) {
      long upper = Bytes.number(b, from, end - 1);
      if (upper <= (Long.MAX_VALUE - 9) / 10) {
        nanos = 10 * upper + (b[end - 1] - '0');
        return end;
      }
    }
    return -1;
  }

  /** Reads {@code 0505 17:59:40.692994}; returns where it ends, or -1. */
  int scanMonthAndDay(byte[] b, int from, int to) {
    if (to - from < 13 || b[from + 4] != ' ' || !date(ANY_YEAR, two(b, from), two(b, from + 2))) {
      return -1;
    }
    int end = readTime(b, from + 5, to);
    yearless = true;
    zoneless = true;
    if (end >= 0) {
      addTime(0);
    }
    return end;
  }

  private boolean scanDate(byte[] b, int from, int to) {
    if (to - from == 10
        && (b[from + 4] == '-' || b[from + 4] == '/')
        && b[from + 7] == b[from + 4]
        && date(four(b, from), two(b, from + 5), two(b, from + 8))) {
      secondOfDay = 0;
      fraction = 0;
      zoneless = true;
      addTime(0);
      return true;
    }
    return false;
  }

  private int scanNumeric(byte[] b, int from, int to) {
    byte third = b[from + 2];
    byte fifth = b[from + 4];
    if (fifth == '-' || fifth == '/' || fifth == '.') {
      return scanYearFirst(b, from, to);
    }
    if (third == '/' || third == '-' || third == ' ' || third == '.') {
      return scanDayFirst(b, from, to);
    }
    if (to - from >= 15 && b[from + 8] == 'T') {
      return scanCompact(b, from, to);
    }
    if (to - from >= 13 && b[from + 6] == ' ' && Bytes.allDigits(b, from, from + 6)) {
      return scanShortCompact(b, from, to);
    }
    // A day of one digit: 4 Dec 2005, 4/Dec/2005.
    if (Bytes.isLetter(b[from + 2]) && (b[from + 1] == ' ' || b[from + 1] == '/')) {
      return scanDayMonthName(b, to, b[from] - '0', from + 1);
    }
    return -1;
  }

  private int scanYearFirst(byte[] b, int from, int to) {
    if (b[from + 7] != b[from + 4] || !date(four(b, from), two(b, from + 5), two(b, from + 8))) {
      return -1;
    }
    int at = from + 10;
    byte separator = Bytes.at(b, at, to);
    if (separator == 'T' || separator == 't' || separator == '_' || separator == ':') {
      at++;
    } else if (separator == ' ') {
      at = Bytes.skipSpaces(b, at, to);
      // As in 2022/02/07 - 10:49:33
      if (Bytes.startsWith(b, at, to, "- ") && at + 2 < to && Bytes.isDigit(b[at + 2])) {
        at += 2;
      }
    } else {
      return -1;
    }
    return timeAndZone(b, at, to);
  }

  /** 10/Oct/2000:13:55:36 -0700, 19-Oct-2022 05:34:02, 17/06/09 20:10:41, 03-17 16:13:38.811 */
  private int scanDayFirst(byte[] b, int from, int to) {
    if (Bytes.isLetter(b[from + 3])) {
      return scanDayMonthName(b, to, two(b, from), from + 2);
    }
    if (to - from < 14) {
      return -1;
    }
    byte third = b[from + 2];
    byte sixth = b[from + 5];
    if (sixth == ' ' && third == '-') {
      yearless = true;
      return date(ANY_YEAR, two(b, from), two(b, from + 3)) ? timeAndZone(b, from + 6, to) : -1;
    }
    if (sixth != third || third == ' ') {
      return -1;
    }
    if (b[from + 8] == ' ') {
      int year = two(b, from);
      return year >= 0 && date(2000 + year, two(b, from + 3), two(b, from + 6))
          ? timeAndZone(b, from + 9, to)
          : -1;
    }
    if (to - from < 16 || !Bytes.isDigit(b[from + 8])) {
      return -1;
    }
    int first = two(b, from);
    int second = two(b, from + 3);
    boolean dayFirst = third == '.' || first > 12;
    byte separator = b[from + 10];
    if (separator != ' ' && separator != ':' && separator != 'T') {
      return -1;
    }
    return date(four(b, from + 6), dayFirst ? second : first, dayFirst ? first : second)
        ? timeAndZone(b, from + 11, to)
        : -1;
  }

  /** The rest of 10/Oct/2000:13:55:36 behind its day. */
  private int scanDayMonthName(byte[] b, int to, int day, int afterDay) {
    byte separator = b[afterDay];
    int at = afterDay + 1;
    int month = month(b, at, to);
    if (month < 0 || at + 8 >= to || b[at + 3] != separator) {
      return -1;
    }
    at += 4;
    if (!date(four(b, at), month, day)) {
      return -1;
    }
    at += 4;
    byte next = Bytes.at(b, at, to);
    return next == ':' || next == ' ' ? timeAndZone(b, at + 1, to) : -1;
  }

  /** 20150517T100503Z */
  private int scanCompact(byte[] b, int from, int to) {
    if (!date(four(b, from), two(b, from + 4), two(b, from + 6))) {
      return -1;
    }
    return compactTime(b, from + 9, to);
  }

  /** 081109 203615 */
  private int scanShortCompact(byte[] b, int from, int to) {
    if (!date(2000 + two(b, from), two(b, from + 2), two(b, from + 4))) {
      return -1;
    }
    return to == from + 13 || !Bytes.isDigit(b[from + 13]) ? compactTime(b, from + 7, to) : -1;
  }

  private int compactTime(byte[] b, int at, int to) {
    int hour = two(b, at);
    int minute = two(b, at + 2);
    int second = two(b, at + 4);
    if (!timeOfDay(hour, minute, second)) {
      return -1;
    }
    return zone(b, readFraction(b, at + 6, to), to);
  }

  /** Dec 10 06:55:46, Sun Dec 04 04:47:44 2005, Sun, 04 Dec 2005 04:47:44 GMT */
  private int scanNamed(byte[] b, int from, int to) {
    int at = from;
    int month = month(b, at, to);
    if (month < 0) {
      if (!isDayName(b, at)) {
        return -1;
      }
      at += b[at + 3] == ',' ? 4 : 3;
      at = Bytes.skipSpaces(b, at, to);
      if (at < to - 12 && Bytes.isDigit(b[at])) {
        int end = Bytes.endOfDigits(b, at, to);
        return end - at <= 2 ? scanDayMonthName(b, to, (int) Bytes.number(b, at, end), end) : -1;
      }
      month = month(b, at, to);
      if (month < 0) {
        return -1;
      }
    }
    at += 3;
    if (Bytes.at(b, at, to) != ' ') {
      return -1;
    }
    at = Bytes.skipSpaces(b, at, to);
    int end = Bytes.endOfDigits(b, at, to);
    int day = (int) Bytes.number(b, at, Math.min(end, at + 3));
    if (end - at < 1 || end - at > 2) {
      return -1;
    }
    if (Bytes.at(b, end, to) == ',') {
      end++;
    }
    if (Bytes.at(b, end, to) != ' ') {
      return -1;
    }
    at = Bytes.skipSpaces(b, end, to);
    end = Bytes.endOfDigits(b, at, to);
    if (end - at == 4) {
      int year = four(b, at);
      at = Bytes.at(b, end, to) == ',' ? end + 1 : end;
      at = Bytes.skipSpaces(b, at, to);
      return date(year, month, day) ? timeAndZone(b, at, to) : -1;
    }
    return scanYearLast(b, at, to, month, day);
  }

  /** The rest of Dec 10 06:55:46 or Dec 04 04:47:44 2005 from the time of day on. */
  private int scanYearLast(byte[] b, int from, int to, int month, int day) {
    int at = readTime(b, from, to);
    if (at < 0) {
      return -1;
    }
    int next = at;
    if (Bytes.at(b, next, to) == ' ') {
      next++;
      // The name of a zone, as in 09:01:35 CEST 2021; only UTC has one meaning everywhere.
      int word = next;
      while (word < to && b[word] >= 'A' && b[word] <= 'Z') {
        word++;
      }
      if (word > next && word - next <= 5 && Bytes.at(b, word, to) == ' ') {
        next = word + 1;
      }
      int end = Bytes.endOfDigits(b, next, to);
      if (end - next == 4
          && isYear(four(b, next))
          && !Bytes.isLetter(Bytes.at(b, end, to))
          && Bytes.at(b, end, to) != ':') {
        if (!date(four(b, next), month, day)) {
          return -1;
        }
        zoneless = true;
        addTime(0);
        return end;
      }
    }
    yearless = true;
    if (!date(ANY_YEAR, month, day)) {
      return -1;
    }
    zoneless = true;
    addTime(0);
    return at;
  }

  private int timeAndZone(byte[] b, int from, int to) {
    int at = readTime(b, from, to);
    return at < 0 ? -1 : zone(b, at, to);
  }

  private int readTime(byte[] b, int from, int to) {
    if (to - from < 5) {
      return -1;
    }
    int at = from;
    int hour;
    if (b[at + 1] == ':') {
      hour = Bytes.isDigit(b[at]) ? b[at] - '0' : -1;
      at += 1;
    } else {
      hour = two(b, at);
      at += 2;
    }
    if (to - at < 3 || b[at] != ':') {
      return -1;
    }
    int minute = two(b, at + 1);
    at += 3;
    int second = 0;
    boolean seconds = to - at >= 3 && b[at] == ':';
    if (seconds) {
      second = two(b, at + 1);
      at += 3;
    }
    fraction = 0;
    if (!timeOfDay(hour, minute, second)) {
      return -1;
    }
    if (!seconds) {
      return at;
    }
    // As in 15:16:01:123, where more digits than two follow the third colon.
    if (Bytes.at(b, at, to) == ':' && Bytes.endOfDigits(b, at + 1, to) == at + 4) {
      fraction = 1_000_000 * (int) Bytes.number(b, at + 1, at + 4);
      return at + 4;
    }
    return readFraction(b, at, to);
  }

  /** Reads a fraction of a second, if one is here. */
  private int readFraction(byte[] b, int at, int to) {
    fraction = 0;
    byte mark = Bytes.at(b, at, to);
    if ((mark != '.' && mark != ',') || !Bytes.isDigit(Bytes.at(b, at + 1, to))) {
      return at;
    }
    int end = Bytes.endOfDigits(b, at + 1, Math.min(to, at + 32));
    int digits = Math.min(9, end - at - 1);
    fraction = (int) (Bytes.number(b, at + 1, at + 1 + digits) * POWERS[9 - digits]);
    return end;
  }

  private int zone(byte[] b, int from, int to) {
    int at = from;
    byte next = Bytes.at(b, at, to);
    boolean spaced = next == ' ';
    if (spaced) {
      next = Bytes.at(b, ++at, to);
    }
    if (next == 'Z' || next == 'z') {
      if (!isWordByte(Bytes.at(b, at + 1, to))) {
        addTime(0);
        return at + 1;
      }
    } else if (next == '+' || next == '-') {
      int end = Bytes.endOfDigits(b, at + 1, to);
      int hours = end - at - 1;
      int minute = 0;
      if (hours == 4) {
        minute = two(b, at + 3);
      } else if (hours == 2 && Bytes.at(b, end, to) == ':' && end + 3 <= to) {
        minute = two(b, end + 1);
        end += 3;
      } else if (hours != 2 || spaced) {
        end = -1;
      }
      if (end > 0 && minute >= 0 && minute < 60) {
        int offset = 60 * (60 * two(b, at + 1) + minute);
        if (offset < SECONDS_PER_DAY) {
          addTime(next == '+' ? -offset : offset);
          return end;
        }
      }
    } else if (spaced
        && (Bytes.startsWith(b, at, to, "UTC") || Bytes.startsWith(b, at, to, "GMT"))
        && !isWordByte(Bytes.at(b, at + 3, to))) {
      addTime(0);
      return at + 3;
    }
    zoneless = true;
    addTime(0);
    return from;
  }

  private static boolean isWordByte(byte b) {
    return Bytes.isLetter(b) || Bytes.isDigit(b) || b == '_';
  }

  private boolean timeOfDay(int hour, int minute, int second) {
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
      return false;
    }
    secondOfDay = 3_600 * hour + 60 * minute + second;
    return true;
  }

  private boolean date(int year, int month, int day) {
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
      return false;
    }
    nanos = epochDay(year, month, day);
    return true;
  }

  /** Turns the day in {@link #nanos} and the time of day into nanoseconds. */
  private void addTime(int offsetSeconds) {
    long seconds = nanos * SECONDS_PER_DAY + secondOfDay + offsetSeconds;
    if (seconds > Long.MAX_VALUE / NANOS_PER_SECOND - 1) {
      nanos = Long.MAX_VALUE;
    } else if (seconds < Long.MIN_VALUE / NANOS_PER_SECOND + 1) {
      nanos = Long.MIN_VALUE;
    } else {
      nanos = seconds * NANOS_PER_SECOND + fraction;
    }
  }

  private static boolean isYear(int year) {
    return year >= 1970 && year < 2262;
  }

  private static int daysOf(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  // Days since 1970 of a Gregorian date; the year begins in March, so that February is last.
  private static long epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  /** The month from 1, or -1. */
  private static int month(byte[] b, int at, int to) {
    return to - at < 3 ? -1 : place(b, at, MONTHS);
  }

  private static boolean isDayName(byte[] b, int at) {
    return (b[at + 3] == ' ' || b[at + 3] == ',') && place(b, at, DAYS) > 0;
  }

  /** The place, from 1 on, of three letters in a list of names of three letters, or -1. */
  private static int place(byte[] b, int at, String names) {
    for (int i = 0; i < names.length(); i += 3) {
      if ((b[at] | 0x20) == names.charAt(i)
          && (b[at + 1] | 0x20) == names.charAt(i + 1)
          && (b[at + 2] | 0x20) == names.charAt(i + 2)) {
        return i / 3 + 1;
      }
    }
    return -1;
  }

  /** Two digits, or -1. */
  private static int two(byte[] b, int at) {
    int tens = b[at] - '0';
    int ones = b[at + 1] - '0';
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : -1;
  }

  private static int four(byte[] b, int at) {
    int upper = two(b, at);
    int lower = two(b, at + 2);
    return upper >= 0 && lower >= 0 ? 100 * upper + lower : -1;
  }
}
