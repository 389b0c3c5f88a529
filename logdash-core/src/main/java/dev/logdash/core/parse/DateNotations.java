package dev.logdash.core.parse;

import static dev.logdash.core.parse.Dates.four;
import static dev.logdash.core.parse.Dates.two;

/**
 * Finds out which of the usual notations of a date with a time of day stands at a place. Holds what
 * was read last.
 */
final class DateNotations {

  /** The year of dates without one: a leap year, so that every day of a year exists. */
  static final int ANY_YEAR = 1972;

  // The shortest is 081109 203615.
  private static final int SHORTEST = 13;

  private final ClockTime clock = new ClockTime();
  private final ShortDates shorts = new ShortDates(this);
  private long day;
  private boolean yearless;

  ClockTime clock() {
    return clock;
  }

  /** Days since 1970, or of the year {@link #ANY_YEAR} if {@link #isYearless()}. */
  long day() {
    return day;
  }

  boolean isYearless() {
    return yearless;
  }

  /** Reads what starts here; returns where it ends, or -1 if it is no time. */
  int read(byte[] b, int from, int to) {
    if (to - from < SHORTEST) {
      return -1;
    }
    yearless = false;
    byte first = b[from];
    if (Bytes.isDigit(first)) {
      return readNumeric(b, from, to);
    }
    return Bytes.isLetter(first) ? readNamed(b, from, to) : -1;
  }

  /** Reads {@code 0505 17:59:40.692994}. */
  int readMonthAndDay(byte[] b, int from, int to) {
    yearless = true;
    return to - from >= SHORTEST
            && b[from + 4] == ' '
            && setDate(ANY_YEAR, two(b, from), two(b, from + 2))
        ? clock.read(b, from + 5, to)
        : -1;
  }

  /** Reads {@code 0505/175940.692994}. */
  int readMonthAndDayCompact(byte[] b, int from, int to) {
    yearless = true;
    return to - from >= 11
            && b[from + 4] == '/'
            && setDate(ANY_YEAR, two(b, from), two(b, from + 2))
        ? clock.readCompact(b, from + 5, to)
        : -1;
  }

  /** Reads {@code 2024-02-29}. */
  int readDay(byte[] b, int from, int to) {
    yearless = false;
    if (to - from < 10
        || (b[from + 4] != '-' && b[from + 4] != '/')
        || b[from + 7] != b[from + 4]
        || !setDate(four(b, from), two(b, from + 5), two(b, from + 8))) {
      return -1;
    }
    clock.midnight();
    return from + 10;
  }

  /** Reads {@code 05/01/24 10:00:00} with the month first. */
  int readYearBehind(byte[] b, int from, int to) {
    yearless = false;
    return to - from >= SHORTEST
            && two(b, from + 6) >= 0
            && setDate(2000 + two(b, from + 6), two(b, from), two(b, from + 3))
        ? clock.readWithZone(b, from + 9, to)
        : -1;
  }

  private int readNumeric(byte[] b, int from, int to) {
    byte third = b[from + 2];
    byte fifth = b[from + 4];
    if ((b[from + 1] == '/' && !Bytes.isLetter(third)) || (third == '/' && fifth == '/')) {
      return shorts.readSlashes(b, from, to);
    }
    if (fifth == '-' || fifth == '/' || fifth == '.') {
      return readYearFirst(b, from, to);
    }
    if (third == '/' || third == '-' || third == ' ' || third == '.') {
      return readDayFirst(b, from, to);
    }
    if (to - from >= 15 && (b[from + 8] == 'T' || b[from + 8] == ' ')) {
      return shorts.readCompact(b, from, to);
    }
    if (to - from >= 13 && b[from + 6] == ' ' && Bytes.allDigits(b, from, from + 6)) {
      return shorts.readShortCompact(b, from, to);
    }
    // A day of one digit: 4 Dec 2005, 4/Dec/2005.
    if (Bytes.isLetter(b[from + 2]) && (b[from + 1] == ' ' || b[from + 1] == '/')) {
      return readDayMonthName(b, to, b[from] - '0', from + 1);
    }
    return -1;
  }

  private int readYearFirst(byte[] b, int from, int to) {
    if (b[from + 7] != b[from + 4] || !setDate(four(b, from), two(b, from + 5), two(b, from + 8))) {
      return -1;
    }
    int at = from + 10;
    byte separator = Bytes.at(b, at, to);
    if (separator == 'T' || separator == 't' || separator == '_' || separator == ':') {
      at++;
    } else if (separator == ',' && Bytes.at(b, at + 1, to) == ' ') {
      // As Airflow writes: 2024-05-01, 10:00:00 UTC
      at += 2;
    } else if (separator == ' ') {
      at = Bytes.skipSpaces(b, at, to);
      // As in 2022/02/07 - 10:49:33
      if (Bytes.startsWith(b, at, to, "- ") && at + 2 < to && Bytes.isDigit(b[at + 2])) {
        at += 2;
      }
    } else {
      return -1;
    }
    return clock.readWithZone(b, at, to);
  }

  /** 10/Oct/2000:13:55:36 -0700, 19-Oct-2022 05:34:02, 17/06/09 20:10:41, 03-17 16:13:38.811 */
  private int readDayFirst(byte[] b, int from, int to) {
    if (Bytes.isLetter(b[from + 3])) {
      return readDayMonthName(b, to, two(b, from), from + 2);
    }
    if (to - from < 14) {
      return -1;
    }
    byte third = b[from + 2];
    byte sixth = b[from + 5];
    // As in: 03-17 16:13:38.811, and of Snort: 03/17-16:13:38.811
    if ((sixth == ' ' && third == '-') || (sixth == '-' && third == '/')) {
      yearless = true;
      return setDate(ANY_YEAR, two(b, from), two(b, from + 3))
          ? clock.readWithZone(b, from + 6, to)
          : -1;
    }
    if (sixth != third || third == ' ') {
      return -1;
    }
    if (b[from + 8] == ' ') {
      int year = two(b, from);
      if (third == '/' && two(b, from + 3) > 12) {
        // The year is first, as of Hadoop, but for a month that is none: 05/13/24 10:00:00
        return readYearBehind(b, from, to);
      }
      return year >= 0 && setDate(2000 + year, two(b, from + 3), two(b, from + 6))
          ? clock.readWithZone(b, from + 9, to)
          : -1;
    }
    if (to - from < 16 || !Bytes.isDigit(b[from + 8])) {
      return -1;
    }
    int first = two(b, from);
    int second = two(b, from + 3);
    boolean dayFirst = third == '.' || first > 12;
    byte separator = b[from + 10];
    if (separator != ' ' && separator != ':' && separator != 'T' && separator != '-') {
      return -1;
    }
    return setDate(four(b, from + 6), dayFirst ? second : first, dayFirst ? first : second)
        ? clock.readWithZone(b, from + 11, to)
        : -1;
  }

  /** The rest of 10/Oct/2000:13:55:36 behind its day. */
  private int readDayMonthName(byte[] b, int to, int dayOfMonth, int afterDay) {
    byte separator = b[afterDay];
    int at = afterDay + 1;
    int month = Dates.month(b, at, to);
    if (month < 0 || at + 8 >= to || b[at + 3] != separator) {
      return -1;
    }
    at += 4;
    if (separator == ' ' && Bytes.at(b, at + 2, to) == ':') {
      // As in: 13 Apr 12:52:30.731
      yearless = true;
      return setDate(ANY_YEAR, month, dayOfMonth) ? clock.read(b, at, to) : -1;
    }
    if (!setDate(four(b, at), month, dayOfMonth)) {
      return -1;
    }
    at += 4;
    byte next = Bytes.at(b, at, to);
    return next == ':' || next == ' ' ? clock.readWithZone(b, at + 1, to) : -1;
  }

  /** Dec 10 06:55:46, Sun Dec 04 04:47:44 2005, Sun, 04 Dec 2005 04:47:44 GMT */
  private int readNamed(byte[] b, int from, int to) {
    int at = from;
    int month = Dates.month(b, at, to);
    if (month < 0) {
      if (!Dates.isDayName(b, at, to)) {
        return -1;
      }
      at += b[at + 3] == ',' ? 4 : 3;
      at = Bytes.skipSpaces(b, at, to);
      if (at < to - 12 && Bytes.isDigit(b[at])) {
        int end = Bytes.endOfDigits(b, at, to);
        return end - at <= 2 ? readDayMonthName(b, to, (int) Bytes.number(b, at, end), end) : -1;
      }
      month = Dates.month(b, at, to);
      if (month < 0) {
        return -1;
      }
    }
    at += 3;
    if (Bytes.at(b, at, to) == '-' && Bytes.at(b, at + 3, to) == ' ') {
      // As in: Mar-18 21:41:15.684
      yearless = true;
      return setDate(ANY_YEAR, month, two(b, at + 1)) ? clock.read(b, at + 4, to) : -1;
    }
    if (Bytes.at(b, at, to) != ' ') {
      return -1;
    }
    at = Bytes.skipSpaces(b, at, to);
    int end = Bytes.endOfDigits(b, at, to);
    int dayOfMonth = (int) Bytes.number(b, at, Math.min(end, at + 3));
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
      return setDate(year, month, dayOfMonth) ? clock.readWithZone(b, at, to) : -1;
    }
    return readYearLast(b, at, to, month, dayOfMonth);
  }

  /** The rest of Dec 10 06:55:46 or Dec 04 04:47:44 2005 from the time of day on. */
  private int readYearLast(byte[] b, int from, int to, int month, int dayOfMonth) {
    int at = clock.read(b, from, to);
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
        if (!setDate(four(b, next), month, dayOfMonth)) {
          return -1;
        }
        return end;
      }
    }
    yearless = true;
    if (!setDate(ANY_YEAR, month, dayOfMonth)) {
      return -1;
    }
    return at;
  }

  boolean setDate(int year, int month, int dayOfMonth) {
    if (!Dates.isDate(year, month, dayOfMonth)) {
      return false;
    }
    day = Dates.epochDay(year, month, dayOfMonth);
    return true;
  }

  private static boolean isYear(int year) {
    return year >= 1970 && year < 2262;
  }
}
