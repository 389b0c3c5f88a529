package dev.logdash.core.parse;

/** Reads a time of day, its fraction of a second, its half of the day and its zone. */
final class ClockTime {

  private static final int[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int HALF_DAY = 43_200;

  private int secondOfDay;
  private int fraction;
  private int offset;
  private boolean zoneless;

  /** Seconds since midnight where the clock hangs; 86,400 for a leap second. */
  int secondOfDay() {
    return secondOfDay;
  }

  /** Nanoseconds within the second. */
  int fraction() {
    return fraction;
  }

  /** How many seconds the clock is ahead of UTC; 0 if it names no zone. */
  int offset() {
    return offset;
  }

  boolean isZoneless() {
    return zoneless;
  }

  void midnight() {
    secondOfDay = 0;
    fraction = 0;
    noZone();
  }

  private void noZone() {
    offset = 0;
    zoneless = true;
  }

  /** Reads {@code 13:55:36.123 +0200} or less of it; returns where it ends, or -1. */
  int readWithZone(byte[] b, int from, int to) {
    int at = read(b, from, to);
    return at < 0 ? -1 : readZone(b, at, to);
  }

  /** Reads {@code 13:55}, {@code 1:55:36 PM} or {@code 13:55:36,123}; where it ends, or -1. */
  int read(byte[] b, int from, int to) {
    noZone();
    if (to - from < 4) {
      return -1;
    }
    int at = from;
    int hour;
    if (b[at + 1] == ':') {
      hour = Bytes.isDigit(b[at]) ? b[at] - '0' : -1;
      at += 1;
    } else {
      hour = Dates.two(b, at);
      at += 2;
    }
    if (to - at < 3 || b[at] != ':') {
      return -1;
    }
    int minute = Dates.two(b, at + 1);
    at += 3;
    int second = 0;
    boolean seconds = to - at >= 3 && b[at] == ':';
    if (seconds) {
      second = Dates.two(b, at + 1);
      at += 3;
    }
    fraction = 0;
    if (!set(hour, minute, second)) {
      return -1;
    }
    // As in 15:16:01:123, where more digits than two follow the third colon.
    if (seconds
        && Bytes.at(b, at, to) == ':'
        && Bytes.endOfDigits(b, at + 1, Math.min(to, at + 5)) == at + 4) {
      fraction = 1_000_000 * (int) Bytes.number(b, at + 1, at + 4);
      at += 4;
    } else if (seconds) {
      at = readFraction(b, at, to);
    }
    return readHalf(b, at, to);
  }

  /** Reads {@code 135536.123Z} or less of it; returns where it ends, or -1. */
  int readCompact(byte[] b, int at, int to) {
    noZone();
    if (!set(Dates.two(b, at), Dates.two(b, at + 2), Dates.two(b, at + 4))) {
      return -1;
    }
    return readZone(b, readFraction(b, at + 6, to), to);
  }

  /** Reads a fraction of a second, if one is here. */
  int readFraction(byte[] b, int at, int to) {
    fraction = 0;
    byte mark = Bytes.at(b, at, to);
    if ((mark != '.' && mark != ',') || !Bytes.isDigit(Bytes.at(b, at + 1, to))) {
      return at;
    }
    int end = Bytes.endOfDigits(b, at + 1, Math.min(to, at + 32));
    int digits = Math.min(9, end - at - 1);
    fraction = (int) Bytes.number(b, at + 1, at + 1 + digits) * POWERS[9 - digits];
    return end;
  }

  /** Reads AM or PM, if one of them is here. */
  private int readHalf(byte[] b, int from, int to) {
    int at = Bytes.at(b, from, to) == ' ' ? from + 1 : from;
    int letter = Bytes.at(b, at, to) | 0x20;
    if ((letter != 'a' && letter != 'p')
        || (Bytes.at(b, at + 1, to) | 0x20) != 'm'
        || isWordByte(Bytes.at(b, at + 2, to))
        || secondOfDay < 3_600
        || secondOfDay >= HALF_DAY + 3_600) {
      return from;
    }
    int sinceTwelve = secondOfDay % HALF_DAY;
    secondOfDay = letter == 'p' ? sinceTwelve + HALF_DAY : sinceTwelve;
    return at + 2;
  }

  private int readZone(byte[] b, int from, int to) {
    int at = from;
    byte next = Bytes.at(b, at, to);
    boolean spaced = next == ' ';
    if (spaced) {
      next = Bytes.at(b, ++at, to);
    }
    if (next == 'Z' || next == 'z') {
      if (!isWordByte(Bytes.at(b, at + 1, to))) {
        zoneless = false;
        return at + 1;
      }
    } else if (next == '+' || next == '-') {
      int end = readOffset(b, at, to, spaced);
      if (end > 0) {
        return end;
      }
    } else if (spaced
        && (Bytes.startsWith(b, at, to, "UTC") || Bytes.startsWith(b, at, to, "GMT"))
        && !isWordByte(Bytes.at(b, at + 3, to))) {
      zoneless = false;
      int end = readOffset(b, at + 3, to, true);
      return end > 0 ? end : at + 3;
    }
    return from;
  }

  /** Reads {@code +02:00}, {@code +0200} or, unless it stands apart, {@code +02}. */
  private int readOffset(byte[] b, int at, int to, boolean apart) {
    byte sign = Bytes.at(b, at, to);
    if (sign != '+' && sign != '-') {
      return -1;
    }
    int end = Bytes.endOfDigits(b, at + 1, to);
    int digits = end - at - 1;
    int minute = 0;
    if (digits == 4) {
      minute = Dates.two(b, at + 3);
    } else if (digits == 2 && Bytes.at(b, end, to) == ':' && end + 3 <= to) {
      minute = Dates.two(b, end + 1);
      end += 3;
    } else if (digits != 2 || apart) {
      return -1;
    }
    int seconds = 60 * (60 * Dates.two(b, at + 1) + minute);
    if (minute < 0 || minute > 59 || seconds >= SECONDS_PER_DAY) {
      return -1;
    }
    offset = sign == '+' ? seconds : -seconds;
    zoneless = false;
    return end;
  }

  private static boolean isWordByte(byte b) {
    return Bytes.isLetter(b) || Bytes.isDigit(b) || b == '_';
  }

  private boolean set(int hour, int minute, int second) {
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
      return false;
    }
    secondOfDay = 3_600 * hour + 60 * minute + second;
    return true;
  }
}
