package dev.logdash.core.parse;

import org.jspecify.annotations.Nullable;

/**
 * Reads points in time: the usual notations, and numbers since 1970. Holds the result of the last
 * successful scan. A time without a zone is UTC; one without a year is counted from 1972.
 */
final class TimestampScanner {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long SECONDS_PER_DAY = 86_400L;

  private final DateNotations notations = new DateNotations();
  private final ClockTime clock = notations.clock();
  private long nanos;
  private boolean yearless;
  private boolean zoneless;
  private boolean dateless;

  // The last scan: several formats look for a time at the same place of a line.
  private byte @Nullable [] scanned;
  private int scannedFrom;
  private int scannedTo;
  private int scannedEnd;

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

  /** Forgets the last scan; the bytes may change now. */
  void forget() {
    scanned = null;
  }

  /** Reads a time that starts here; returns where it ends, or -1 if there is none. */
  int scan(byte[] b, int from, int to) {
    if (b != scanned || from != scannedFrom || to != scannedTo) {
      scannedEnd = finish(notations.read(b, from, to));
      scanned = b;
      scannedFrom = from;
      scannedTo = to;
    }
    return scannedEnd;
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
    if (dateless) {
      sink.timestampOfAnyDay(nanos, b, from, end);
    } else if (yearless) {
      sink.timestampOfAnyYear(nanos, b, from, end);
    } else {
      sink.timestamp(nanos, zoneless, b, from, end);
    }
  }

  /** Reads a time that fills the range, be it a notation or a number since 1970. */
  boolean scanWhole(byte[] b, int from, int to) {
    return scan(b, from, to) == to || scanEpoch(b, from, to) == to || scanDay(b, from, to) == to;
  }

  /**
   * Reads seconds, milli-, micro- or nanoseconds since 1970, told apart by the count of digits (10,
   * 13, 16, 19); seconds and milliseconds may have a fraction.
   */
  int scanEpoch(byte[] b, int from, int to) {
    forget();
    yearless = false;
    zoneless = false;
    dateless = false;
    int end = Bytes.endOfDigits(b, from, Math.min(to, from + 20));
    switch (end - from) {
      case 10:
        int at = clock.readFraction(b, end, to);
        nanos = Bytes.number(b, from, end) * NANOS_PER_SECOND + clock.fraction();
        return at;
      case 13:
        at = clock.readFraction(b, end, to);
        nanos = Bytes.number(b, from, end) * 1_000_000L + clock.fraction() / 1_000;
        return at;
      case 16:
        nanos = Bytes.number(b, from, end) * 1_000L;
        return end;
      case 19:
        long upper = Bytes.number(b, from, end - 1);
        nanos = 10 * upper + (b[end - 1] - '0');
        return upper <= (Long.MAX_VALUE - 9) / 10 ? end : -1;
      default:
        return -1;
    }
  }

  /** Reads {@code 17:59:40.692}; returns where it ends, or -1. */
  int scanTimeOfDay(byte[] b, int from, int to) {
    forget();
    int end = clock.read(b, from, to);
    // Without its seconds it may be anything.
    if (end < from + 7) {
      return -1;
    }
    nanos = clock.secondOfDay() * NANOS_PER_SECOND + clock.fraction();
    yearless = false;
    dateless = true;
    return end;
  }

  /** Reads {@code 0505 17:59:40.692994}; returns where it ends, or -1. */
  int scanMonthAndDay(byte[] b, int from, int to) {
    forget();
    return finish(notations.readMonthAndDay(b, from, to));
  }

  /** Reads {@code 0505/175940.692994}; returns where it ends, or -1. */
  int scanMonthAndDayCompact(byte[] b, int from, int to) {
    forget();
    return finish(notations.readMonthAndDayCompact(b, from, to));
  }

  /** Reads {@code 05/01/24 10:00:00} with the month first; returns where it ends, or -1. */
  int scanYearBehind(byte[] b, int from, int to) {
    forget();
    return finish(notations.readYearBehind(b, from, to));
  }

  private int scanDay(byte[] b, int from, int to) {
    forget();
    return finish(notations.readDay(b, from, to));
  }

  /** Puts the day and the time of day together if both were read; returns {@code end}. */
  private int finish(int end) {
    if (end < 0) {
      return -1;
    }
    dateless = false;
    yearless = notations.isYearless();
    zoneless = yearless || clock.isZoneless();
    long seconds = notations.day() * SECONDS_PER_DAY + clock.secondOfDay() - clock.offset();
    if (seconds > Long.MAX_VALUE / NANOS_PER_SECOND - 1) {
      nanos = Long.MAX_VALUE;
    } else if (seconds < Long.MIN_VALUE / NANOS_PER_SECOND + 1) {
      nanos = Long.MIN_VALUE;
    } else {
      nanos = seconds * NANOS_PER_SECOND + clock.fraction();
    }
    return end;
  }
}
