package dev.logdash.core.parse;

/** Days of the Gregorian calendar and the small numbers and names that dates are written with. */
final class Dates {

  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final String DAYS = "montuewedthufrisatsun";

  private Dates() {}

  static boolean isDate(int year, int month, int day) {
    return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
  }

  /** Days since 1970; the year is counted from March, so that February is last. */
  static long epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  private static int daysOf(int year, int month) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  /** The month, from 1 on, whose first three letters stand here, or -1. */
  static int month(byte[] b, int at, int to) {
    return to - at < 3 ? -1 : place(b, at, MONTHS);
  }

  /** Whether {@code Mon } or {@code Mon,} stands here. */
  static boolean isDayName(byte[] b, int at, int to) {
    return to - at > 3 && (b[at + 3] == ' ' || b[at + 3] == ',') && place(b, at, DAYS) > 0;
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
  static int two(byte[] b, int at) {
    int tens = b[at] - '0';
    int ones = b[at + 1] - '0';
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : -1;
  }

  /** Four digits, or -1. */
  static int four(byte[] b, int at) {
    int upper = two(b, at);
    int lower = two(b, at + 2);
    return upper >= 0 && lower >= 0 ? 100 * upper + lower : -1;
  }
}
