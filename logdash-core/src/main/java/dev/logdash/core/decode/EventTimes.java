package dev.logdash.core.decode;

import dev.logdash.core.parse.FieldSink;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Decides when an event happened, from what its record says and when it was received. */
final class EventTimes {

  private static final long SECOND = 1_000_000_000L;
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
   *
   * @param zone of a time that names none
   */
  static long resolve(FieldSink fields, long receivedNanos, ZoneId zone) {
    if (!fields.hasTimestamp()) {
      return receivedNanos;
    }
    long nanos = fields.timestampNanos();
    boolean local = fields.isZoneless() && !zone.equals(ZoneOffset.UTC);
    long received = local ? toLocal(receivedNanos, zone) : receivedNanos;
    if (fields.isYearless()) {
      nanos = nearestYear(nanos, received);
    } else if (fields.isDateless()) {
      nanos = nearestDay(nanos, received);
    }
    if (local && nanos >= 0 && nanos <= LATEST) {
      nanos = ofLocal(nanos, receivedNanos, zone);
    }
    boolean believed =
        nanos >= 0
            && nanos <= LATEST
            && (nanos <= receivedNanos || nanos - receivedNanos <= NANOS_PER_DAY);
    return believed ? nanos : REPLACED;
  }

  /** What a clock in the zone shows, as if it hung in UTC. */
  private static long toLocal(long nanos, ZoneId zone) {
    Instant time = Instant.ofEpochSecond(0, nanos);
    return nanos + SECOND * zone.getRules().getOffset(time).getTotalSeconds();
  }

  /**
   * The point in time at which a clock in the zone shows this. Of two, in the hour that is there
   * twice in autumn, the one nearer to the reception; in the hour that is left out in spring as if
   * the clock had not been changed yet.
   */
  private static long ofLocal(long nanos, long receivedNanos, ZoneId zone) {
    LocalDateTime shown = at(nanos);
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(shown);
    if (offsets.isEmpty()) {
      return nanos
          - SECOND * zone.getRules().getTransition(shown).getOffsetBefore().getTotalSeconds();
    }
    long best = nanos - SECOND * offsets.get(0).getTotalSeconds();
    if (offsets.size() > 1) {
      long other = nanos - SECOND * offsets.get(1).getTotalSeconds();
      return Math.abs(other - receivedNanos) < Math.abs(best - receivedNanos) ? other : best;
    }
    return best;
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
