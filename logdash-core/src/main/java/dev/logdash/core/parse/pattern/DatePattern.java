package dev.logdash.core.parse.pattern;

import dev.logdash.core.parse.FieldSink;
import dev.logdash.core.parse.pattern.DateLetters.Letters;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A date pattern of Java, as {@code yyyy-MM-dd HH:mm:ss,SSS}, that reads what such a pattern wrote.
 * A time that names no zone is of the zone that the pattern was given, else it is UTC and said to
 * be without one.
 */
final class DatePattern implements Node.Reader {

  private static final long SECOND = 1_000_000_000L;
  private static final int LEAP_YEAR = 1972;

  private final Letters[] parts;
  private final @Nullable ZoneId zone;
  private final int shortest;
  private final boolean hasDate;
  private final boolean hasYear;
  private final boolean epoch;

  DatePattern(List<Letters> parts, @Nullable ZoneId zone) {
    this.parts = parts.toArray(Letters[]::new);
    this.zone = zone;
    this.shortest = parts.stream().mapToInt(Letters::shortest).sum();
    this.hasYear = has('y');
    this.hasDate = (has('d') && has('M')) || has('D');
    this.epoch = has('e');
  }

  private boolean has(char letter) {
    for (Letters part : parts) {
      if (part.letter() == letter) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int end(byte[] b, int from, int to) {
    return read(b, from, to, null);
  }

  /** Puts the time of a column. */
  void put(byte[] b, int from, int to, FieldSink sink) {
    read(b, from, to, sink);
  }

  private int read(byte[] b, int from, int to, @Nullable FieldSink sink) {
    if (to - from < shortest) {
      return -1;
    }
    int year = LEAP_YEAR;
    int month = 1;
    int day = 1;
    int dayOfYear = 0;
    int hour = 0;
    int half = -1;
    int minute = 0;
    int second = 0;
    int nanos = 0;
    int offset = Digits.NO_OFFSET;
    long sinceEpoch = 0;
    int at = from;
    for (Letters part : parts) {
      long read = part.read(b, at, to);
      if (read < 0) {
        return -1;
      }
      int value = Digits.value(read);
      switch (part.letter()) {
        case 'y':
          year = part.count() == 2 ? 2000 + value : value;
          break;
        case 'M':
          month = value;
          break;
        case 'd':
          day = value;
          break;
        case 'D':
          dayOfYear = value;
          break;
        case 'H':
          hour = value % 24;
          break;
        case 'h':
          hour = value % 12;
          break;
        case 'a':
          half = value;
          break;
        case 'm':
          minute = value;
          break;
        case 's':
          second = value;
          break;
        case 'S':
          nanos = value;
          break;
        case 'X':
          offset = value;
          break;
        case 'e':
          sinceEpoch = Digits.whole(b, at, Digits.end(read)) * part.unit();
          break;
        default:
          break;
      }
      at = Digits.end(read);
    }
    long days =
        dayOfYear > 0 ? Digits.day(year, 1, 1) + dayOfYear - 1 : Digits.day(year, month, day);
    if (month > 12
        || month < 1
        || day < 1
        || day > Digits.daysOf(year, month)
        || minute > 59
        || second > 60) {
      return -1;
    }
    if (sink != null) {
      long ofDay = ((half > 0 ? hour + 12L : hour) * 60 + minute) * 60 + second;
      deliver(days, ofDay, nanos, offset, sinceEpoch, b, from, at, sink);
    }
    return at;
  }

  private void deliver(
      long days,
      long secondOfDay,
      int nanos,
      int offset,
      long sinceEpoch,
      byte[] b,
      int from,
      int to,
      FieldSink sink) {
    if (epoch) {
      sink.timestamp(sinceEpoch, false, b, from, to);
    } else if (!hasDate) {
      sink.timestampOfAnyDay(secondOfDay * SECOND + nanos, b, from, to);
    } else {
      long local = days * 86_400 + secondOfDay;
      if (!hasYear) {
        sink.timestampOfAnyYear(local * SECOND + nanos, b, from, to);
      } else {
        int ahead = offset != Digits.NO_OFFSET ? offset : ahead(local);
        boolean zoneless = ahead == Digits.NO_OFFSET;
        long seconds = zoneless ? local : local - ahead;
        sink.timestamp(nanosOf(seconds, nanos), zoneless, b, from, to);
      }
    }
  }

  /** How far the zone of the pattern was ahead at a local time. */
  private int ahead(long local) {
    ZoneId given = zone;
    if (given == null) {
      return Digits.NO_OFFSET;
    }
    if (given instanceof ZoneOffset fixed) {
      return fixed.getTotalSeconds();
    }
    try {
      return given
          .getRules()
          .getOffset(LocalDateTime.ofInstant(Instant.ofEpochSecond(local), ZoneOffset.UTC))
          .getTotalSeconds();
    } catch (DateTimeException e) {
      return Digits.NO_OFFSET;
    }
  }

  private static long nanosOf(long seconds, int nanos) {
    if (seconds > Long.MAX_VALUE / SECOND - 1) {
      return Long.MAX_VALUE;
    }
    return seconds < Long.MIN_VALUE / SECOND + 1 ? Long.MIN_VALUE : seconds * SECOND + nanos;
  }

  @Override
  public ByteSet first() {
    return parts[0].first();
  }

  @Override
  public String regex() {
    StringBuilder regex = new StringBuilder();
    for (Letters part : parts) {
      regex.append(part.regex());
    }
    return regex.toString();
  }
}
