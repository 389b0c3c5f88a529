package dev.logdash.core.template;

/**
 * Finds the ends of dates and times in a text. Each method answers with the place behind the time
 * that begins at a place, or -1 if there is none.
 */
final class Times {

  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final String DAYS = "MonTueWedThuFriSatSun";

  private Times() {}

  /** A date of numbers, a time of day, or a date and a time. */
  static int time(char[] text, int at, int to) {
    int date = date(text, at, to);
    if (date < 0) {
      return timeOfDay(text, at, to);
    }
    if (date < to && (text[date] == ' ' || text[date] == 'T' || text[date] == '-')) {
      int day = timeOfDay(text, date + 1, to);
      if (day > 0) {
        return day;
      }
    }
    return Scan.isAlphanumeric(text, date, to) ? -1 : date;
  }

  private static int date(char[] text, int at, int to) {
    int first = Scan.digits(text, at, to);
    int width = first - at;
    if ((width != 4 && width != 2 && width != 1) || first >= to) {
      return -1;
    }
    char separator = text[first];
    if (separator != '-' && separator != '/' && separator != '.') {
      return -1;
    }
    int second = Scan.digits(text, first + 1, to);
    if (second - first < 2 || second - first > 3 || second >= to || text[second] != separator) {
      return -1;
    }
    int third = Scan.digits(text, second + 1, to);
    int last = third - second - 1;
    boolean yearFirst = width == 4 && last >= 1 && last <= 2;
    boolean yearLast = width <= 2 && last == 4;
    if (!yearFirst && !(yearLast && separator != '.')) {
      return -1;
    }
    return separator == '.' && third < to && text[third] == '.' ? -1 : third;
  }

  private static int timeOfDay(char[] text, int at, int to) {
    int hour = Scan.digits(text, at, to);
    if (hour == at || hour - at > 2 || hour >= to || text[hour] != ':') {
      return -1;
    }
    int minute = Scan.digits(text, hour + 1, to);
    if (minute - hour != 3) {
      return -1;
    }
    int end = minute;
    if (end < to && text[end] == ':' && Scan.isDigit(text, end + 1, to)) {
      int second = Scan.digits(text, end + 1, to);
      if (second - end != 3) {
        return -1;
      }
      end = second;
      if (end + 1 < to
          && (text[end] == '.' || text[end] == ',')
          && Scan.isDigit(text, end + 1, to)) {
        end = Scan.digits(text, end + 1, to);
      }
    }
    return zone(text, end, to);
  }

  private static int zone(char[] text, int at, int to) {
    if (at < to && text[at] == 'Z') {
      return Scan.isAlphanumeric(text, at + 1, to) ? -1 : at + 1;
    }
    if (at + 5 <= to && (text[at] == '+' || text[at] == '-') && Scan.isDigit(text, at + 1, to)) {
      int end = Scan.digits(text, at + 1, to);
      if (end - at == 3 && end < to && text[end] == ':') {
        end = Scan.digits(text, end + 1, to);
      }
      if (end - at == 5 || end - at == 6) {
        return end;
      }
    }
    return Scan.isAlphanumeric(text, at, to) ? -1 : at;
  }

  /** A date with names, such as {@code Tue Feb 10 04:05:06 2026} or {@code Feb 3 04:05:06}. */
  static int namedTime(char[] text, int at, int to) {
    int i = at;
    if (name(DAYS, text, i, to)) {
      i = spaces(text, i + 3, to);
      if (i < 0) {
        return -1;
      }
    }
    if (!name(MONTHS, text, i, to)) {
      return -1;
    }
    int day = spaces(text, i + 3, to);
    int dayEnd = day < 0 ? -1 : Scan.digits(text, day, to);
    if (day < 0 || dayEnd == day || dayEnd - day > 2) {
      return -1;
    }
    int clock = spaces(text, dayEnd, to);
    int end = clock < 0 ? -1 : timeOfDay(text, clock, to);
    if (end < 0) {
      return -1;
    }
    return year(text, end, to);
  }

  private static int year(char[] text, int at, int to) {
    int i = at;
    if (i + 4 < to && text[i] == ' ' && isUpper(text[i + 1]) && isUpper(text[i + 2])) {
      int end = i + 1;
      while (end < to && isUpper(text[end])) {
        end++;
      }
      if (end - i <= 5 && end < to && text[end] == ' ' && Scan.isDigit(text, end + 1, to)) {
        i = end;
      }
    }
    if (i < to && text[i] == ' ' && Scan.digits(text, i + 1, to) == i + 5) {
      return Scan.isAlphanumeric(text, i + 5, to) ? at : i + 5;
    }
    return at;
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static int spaces(char[] text, int at, int to) {
    int i = at;
    while (i < to && text[i] == ' ' && i < at + 2) {
      i++;
    }
    return i == at ? -1 : i;
  }

  private static boolean name(String names, char[] text, int at, int to) {
    if (at + 3 >= to) {
      return false;
    }
    for (int i = 0; i < names.length(); i += 3) {
      if (text[at] == names.charAt(i)
          && text[at + 1] == names.charAt(i + 1)
          && text[at + 2] == names.charAt(i + 2)) {
        return true;
      }
    }
    return false;
  }
}
