package dev.logdash.core.decode;

import dev.logdash.core.parse.FieldSink;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Decides when an event happened, from what its record says and when it was received. */
final class EventTimes {

  private static final long NANOS_PER_DAY = 86_400_000_000_000L;
  private static final int ANY_YEAR = 1972;
  private static final long ANY_YEAR_START = startOf(ANY_YEAR);
  private static final long LATEST = startOf(2262) - 1;

  /** What stands for a time that is not believed. */
  static final long REPLACED = -1;

  private EventTimes() {}

  /**
   * The time of the event in nanoseconds since 1970, or {@link #REPLACED} if the record's own time
   * lies before 1970, after 2261, or more than a day after {@code receivedNanos}.
   */
  static long resolve(FieldSink fields, long receivedNanos) {
    if (!fields.hasTimestamp()) {
      return receivedNanos;
    }
    long nanos = fields.timestampNanos();
    if (fields.isYearless()) {
      nanos = nearestYear(nanos, receivedNanos);
    } else if (fields.isDateless()) {
      nanos = nearestDay(nanos, receivedNanos);
    }
    boolean believed =
        nanos >= 0
            && nanos <= LATEST
            && (nanos <= receivedNanos || nanos - receivedNanos <= NANOS_PER_DAY);
    return believed ? nanos : REPLACED;
  }

  /** Of the days around the reception the one that puts the time nearest to it. */
  private static long nearestDay(long nanosOfDay, long receivedNanos) {
    long ahead = Math.floorMod(nanosOfDay - receivedNanos, NANOS_PER_DAY);
    return receivedNanos + (ahead > NANOS_PER_DAY / 2 ? ahead - NANOS_PER_DAY : ahead);
  }

  /** Of the years around the reception the one that puts the time nearest to it, and not ahead. */
  private static long nearestYear(long nanosOfAnyYear, long receivedNanos) {
    LocalDateTime time = at(nanosOfAnyYear);
    int year = at(receivedNanos).getYear();
    long best = REPLACED;
    // 29 February may be eight years away.
    for (int candidate = year + 1; candidate >= year - 8; candidate--) {
      if (time.getMonthValue() == 2
          && time.getDayOfMonth() == 29
          && !java.time.Year.isLeap(candidate)) {
        continue;
      }
      long offset = nanosOfAnyYear - ANY_YEAR_START;
      // From March on a common year lacks the leap day of 1972.
      if (time.getMonthValue() > 2 && !java.time.Year.isLeap(candidate)) {
        offset -= NANOS_PER_DAY;
      }
      if (candidate < 1970 || candidate > 2261) {
        continue;
      }
      long nanos = startOf(candidate) + offset;
      if (nanos > receivedNanos && nanos - receivedNanos > NANOS_PER_DAY) {
        continue;
      }
      if (best == REPLACED || Math.abs(nanos - receivedNanos) < Math.abs(best - receivedNanos)) {
        best = nanos;
      }
    }
    return best;
  }

  private static LocalDateTime at(long nanos) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L),
        (int) Math.floorMod(nanos, 1_000_000_000L),
        ZoneOffset.UTC);
  }

  private static long startOf(int year) {
    Instant start = LocalDateTime.of(year, 1, 1, 0, 0).toInstant(ZoneOffset.UTC);
    return start.getEpochSecond() * 1_000_000_000L;
  }
}
