package dev.logdash.core.template;

/**
 * Finds the ends of values in a text. Each method answers with the place behind the value that
 * begins at a place, or -1 if there is none.
 */
final class Scan {

  static final byte DIGIT = 1;
  static final byte HEX_LETTER = 2;
  static final byte LETTER = 4;
  static final byte ALPHANUMERIC = DIGIT | HEX_LETTER | LETTER;

  private static final byte[] CLASSES = classes();
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final String DAYS = "MonTueWedThuFriSatSun";

  private Scan() {}

  private static byte[] classes() {
    byte[] classes = new byte[128];
    for (char c = '0'; c <= '9'; c++) {
      classes[c] = DIGIT;
    }
    for (char c = 'a'; c <= 'z'; c++) {
      byte kind = c <= 'f' ? HEX_LETTER : LETTER;
      classes[c] = kind;
      classes[c - 'a' + 'A'] = kind;
    }
    return classes;
  }

  /** The class of a character; letters beyond ASCII are letters. */
  static byte classOf(char c) {
    return c < 128 ? CLASSES[c] : beyond(c);
  }

  private static byte beyond(char c) {
    return Character.isLetter(c) ? LETTER : 0;
  }

  static boolean isLetter(char c) {
    return (classOf(c) & (LETTER | HEX_LETTER)) != 0;
  }

  static boolean isDigit(char[] text, int at, int to) {
    return at < to && text[at] >= '0' && text[at] <= '9';
  }

  static boolean isHex(char[] text, int at, int to) {
    return at < to && text[at] < 128 && (CLASSES[text[at]] & (DIGIT | HEX_LETTER)) != 0;
  }

  static boolean isAlphanumeric(char[] text, int at, int to) {
    return at < to && classOf(text[at]) != 0;
  }

  static int digits(char[] text, int at, int to) {
    int i = at;
    while (isDigit(text, i, to)) {
      i++;
    }
    return i;
  }

  static int hexDigits(char[] text, int at, int to) {
    int i = at;
    while (isHex(text, i, to)) {
      i++;
    }
    return i;
  }

  /** Four numbers below 256 with dots, and a port. */
  static int ipv4(char[] text, int at, int to) {
    int i = at;
    for (int part = 0; part < 4; part++) {
      if (part > 0) {
        if (i >= to || text[i] != '.') {
          return -1;
        }
        i++;
      }
      int end = digits(text, i, Math.min(to, i + 4));
      int length = end - i;
      if (length == 0 || length > 3 || (length == 3 && value(text, i, end) > 255)) {
        return -1;
      }
      i = end;
    }
    if ((i + 1 < to && text[i] == '.' && isDigit(text, i + 1, to)) || isAlphanumeric(text, i, to)) {
      return -1;
    }
    return port(text, i, to);
  }

  private static int port(char[] text, int at, int to) {
    if (at + 1 < to && text[at] == ':' && isDigit(text, at + 1, to)) {
      int end = digits(text, at + 1, to);
      if (end - at <= 6 && !isAlphanumeric(text, end, to)) {
        return end;
      }
    }
    return at;
  }

  static int value(char[] text, int at, int to) {
    int value = 0;
    for (int i = at; i < to; i++) {
      value = 10 * value + text[i] - '0';
    }
    return value;
  }

  static int uuid(char[] text, int at, int to) {
    if (at + 36 > to
        || text[at + 8] != '-'
        || text[at + 13] != '-'
        || text[at + 18] != '-'
        || text[at + 23] != '-') {
      return -1;
    }
    int end = hexDigits(text, at + 24, at + 36);
    if (end != at + 36 || isAlphanumeric(text, end, to)) {
      return -1;
    }
    for (int i = at; i < at + 24; i++) {
      if (!isHex(text, i, to) && text[i] != '-') {
        return -1;
      }
    }
    return end;
  }

  /** Six pairs of hexadecimal digits with colons or dashes. */
  static int mac(char[] text, int at, int to) {
    if (at + 17 > to) {
      return -1;
    }
    char separator = text[at + 2];
    if (separator != ':' && separator != '-') {
      return -1;
    }
    for (int i = 0; i < 17; i++) {
      if (i % 3 == 2 ? text[at + i] != separator : !isHex(text, at + i, to)) {
        return -1;
      }
    }
    return isAlphanumeric(text, at + 17, to) ? -1 : at + 17;
  }

  /** Eight groups with colons, or fewer with a pair of colons among them. */
  static int ipv6(char[] text, int at, int to) {
    int groups = 0;
    boolean gap = false;
    int i = at;
    while (i < to && groups < 8) {
      int end = hexDigits(text, i, Math.min(to, i + 5));
      if (end - i > 4) {
        return -1;
      }
      if (end == i) {
        break;
      }
      groups++;
      i = end;
      if (i + 1 < to && text[i] == ':' && text[i + 1] == ':' && !gap) {
        gap = true;
        i += 2;
      } else if (i + 1 < to && text[i] == ':' && isHex(text, i + 1, to)) {
        i++;
      } else {
        break;
      }
    }
    boolean whole = groups == 8 || (gap && groups >= 2);
    return whole && !isAlphanumeric(text, i, to) ? i : -1;
  }

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
    return isAlphanumeric(text, date, to) ? -1 : date;
  }

  private static int date(char[] text, int at, int to) {
    int first = digits(text, at, to);
    int width = first - at;
    if ((width != 4 && width != 2 && width != 1) || first >= to) {
      return -1;
    }
    char separator = text[first];
    if (separator != '-' && separator != '/' && separator != '.') {
      return -1;
    }
    int second = digits(text, first + 1, to);
    if (second - first < 2 || second - first > 3 || second >= to || text[second] != separator) {
      return -1;
    }
    int third = digits(text, second + 1, to);
    int last = third - second - 1;
    boolean yearFirst = width == 4 && last >= 1 && last <= 2;
    boolean yearLast = width <= 2 && last == 4;
    if (!yearFirst && !(yearLast && separator != '.')) {
      return -1;
    }
    return separator == '.' && third < to && text[third] == '.' ? -1 : third;
  }

  private static int timeOfDay(char[] text, int at, int to) {
    int hour = digits(text, at, to);
    if (hour == at || hour - at > 2 || hour >= to || text[hour] != ':') {
      return -1;
    }
    int minute = digits(text, hour + 1, to);
    if (minute - hour != 3) {
      return -1;
    }
    int end = minute;
    if (end < to && text[end] == ':' && isDigit(text, end + 1, to)) {
      int second = digits(text, end + 1, to);
      if (second - end != 3) {
        return -1;
      }
      end = second;
      if (end + 1 < to && (text[end] == '.' || text[end] == ',') && isDigit(text, end + 1, to)) {
        end = digits(text, end + 1, to);
      }
    }
    return zone(text, end, to);
  }

  private static int zone(char[] text, int at, int to) {
    if (at < to && text[at] == 'Z') {
      return isAlphanumeric(text, at + 1, to) ? -1 : at + 1;
    }
    if (at + 5 <= to && (text[at] == '+' || text[at] == '-') && isDigit(text, at + 1, to)) {
      int end = digits(text, at + 1, to);
      if (end - at == 3 && end < to && text[end] == ':') {
        end = digits(text, end + 1, to);
      }
      if (end - at == 5 || end - at == 6) {
        return end;
      }
    }
    return isAlphanumeric(text, at, to) ? -1 : at;
  }

  /** A date with names, such as {@code Sun Jul 10 03:55:15 2005} or {@code Jun 14 15:16:01}. */
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
    int dayEnd = day < 0 ? -1 : digits(text, day, to);
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
      if (end - i <= 5 && end < to && text[end] == ' ' && isDigit(text, end + 1, to)) {
        i = end;
      }
    }
    if (i < to && text[i] == ' ' && digits(text, i + 1, to) == i + 5) {
      return isAlphanumeric(text, i + 5, to) ? at : i + 5;
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

  /** The end of digits, fraction, exponent, version parts and unit; {@code at} is a digit. */
  static int number(char[] text, int at, int to) {
    int i = digits(text, at, to);
    while (i + 1 < to && text[i] == '.' && isDigit(text, i + 1, to)) {
      i = digits(text, i + 1, to);
    }
    if (i + 2 < to && (text[i] == 'e' || text[i] == 'E')) {
      int sign = text[i + 1] == '-' || text[i + 1] == '+' ? i + 2 : i + 1;
      int end = digits(text, sign, to);
      if (end > sign && !isAlphanumeric(text, end, to)) {
        return end;
      }
    }
    return unit(text, i, to);
  }

  private static int unit(char[] text, int at, int to) {
    int end = at;
    while (end < to && end - at < 4 && (classOf(text[end]) & (HEX_LETTER | LETTER)) != 0) {
      end++;
    }
    if (end == at || isAlphanumeric(text, end, to) || (end < to && text[end] == '_')) {
      return at;
    }
    return Units.contains(text, at, end) ? end : at;
  }

  /**
   * The end of a number with a unit behind a space: of bytes, which programs choose by the size of
   * the number, or of seconds where the number is only bounded, as in {@code <1 sec}.
   */
  static int sized(char[] text, int at, int end, int to) {
    if (end + 1 >= to || text[end] != ' ') {
      return end;
    }
    int unit = end + 1;
    int last = unit;
    while (last < to && last - unit < 4 && isLetter(text[last])) {
      last++;
    }
    if (last < to && (isLetter(text[last]) || classOf(text[last]) == DIGIT)) {
      return end;
    }
    boolean bounded = at > 0 && (text[at - 1] == '<' || text[at - 1] == '>');
    return Units.isOfBytes(text, unit, last) || (bounded && Units.contains(text, unit, last))
        ? last
        : end;
  }
}
