package dev.logdash.core.parse;

import static dev.logdash.core.parse.Dates.four;
import static dev.logdash.core.parse.Dates.two;

/** The notations of a date that lack signs between its parts, or zeros before them. */
final class ShortDates {

  private final DateNotations dates;

  ShortDates(DateNotations dates) {
    this.dates = dates;
  }

  /**
   * 5/1/2024 10:00:00 AM, where month and day lack their zeros; the month is first if it can be.
   */
  int readSlashes(byte[] b, int from, int to) {
    int firstEnd = Bytes.endOfDigits(b, from, to);
    int second = firstEnd + 1;
    int secondEnd = Bytes.endOfDigits(b, second, Math.min(to, second + 3));
    int year = secondEnd + 1;
    if (secondEnd - second < 1 || secondEnd - second > 2 || to - year < 9 || b[secondEnd] != '/') {
      return -1;
    }
    int one = (int) Bytes.number(b, from, firstEnd);
    int two = (int) Bytes.number(b, second, secondEnd);
    if (b[year + 2] == ' ') {
      // WebSphere has two digits of the year: 5/1/24 10:00:00:123 UTC
      return two(b, year) >= 0 && dates.setDate(2000 + two(b, year), one, two)
          ? dates.clock().readWithZone(b, year + 3, to)
          : -1;
    }
    if (b[year + 4] != ' ') {
      return -1;
    }
    return dates.setDate(four(b, year), one > 12 ? two : one, one > 12 ? one : two)
        ? dates.clock().readWithZone(b, year + 5, to)
        : -1;
  }

  /** 20150517T100503Z, 20150517 10:05:03 */
  int readCompact(byte[] b, int from, int to) {
    if (!dates.setDate(four(b, from), two(b, from + 4), two(b, from + 6))) {
      return -1;
    }
    return b[from + 11] == ':'
        ? dates.clock().readWithZone(b, from + 9, to)
        : dates.clock().readCompact(b, from + 9, to);
  }

  /** 081109 203615; 081109 20:36:15 and 081109 2:36:15, as MySQL wrote before version 5.7 */
  int readShortCompact(byte[] b, int from, int to) {
    if (!dates.setDate(2000 + two(b, from), two(b, from + 2), two(b, from + 4))) {
      return -1;
    }
    int clock = b[from + 7] == ' ' ? from + 8 : from + 7;
    if (b[from + 9] == ':') {
      int end = dates.clock().read(b, clock, to);
      return end < clock + 7 ? -1 : end;
    }
    return to == from + 13 || !Bytes.isDigit(b[from + 13])
        ? dates.clock().readCompact(b, from + 7, to)
        : -1;
  }
}
