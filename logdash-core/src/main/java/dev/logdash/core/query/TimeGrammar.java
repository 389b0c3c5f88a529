package dev.logdash.core.query;

import dev.logdash.api.error.QuerySyntaxException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads times as people write them: ISO-8601, milliseconds since 1970, and times relative to a
 * clock such as {@code 15m} or {@code now-1h/h}. The grammar is a table in {@code
 * docs/query-language.md}. What names no zone is UTC.
 */
public final class TimeGrammar {

  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4})-(\\d{2})-(\\d{2})"
              + "(?:[Tt ](\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?"
              + "(Z|z|[+-]\\d{2}:?\\d{2})?)?");
  private static final Pattern MILLIS = Pattern.compile("0|\\d{12,16}");
  private static final Pattern AGO = Pattern.compile("(\\d{1,9})(ms|[smhdwMy])");
  private static final Pattern RELATIVE =
      Pattern.compile("now((?:[+-]\\d{1,9}(?:ms|[smhdwMy]))*)(?:/([smhdwMy]))?");
  private static final Pattern STEP = Pattern.compile("([+-])(\\d{1,9})(ms|[smhdwMy])");
  private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000L);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final String EXPECTED =
      " is no time; expected for example 2026-11-23, 2026-11-23T12:30:00Z, now-15m, 15m or"
          + " milliseconds since 1970";

  private final Clock clock;

  public TimeGrammar(Clock clock) {
    this.clock = clock;
  }

  /**
   * A time, which may name a whole unit such as a day.
   *
   * @param firstNanos its first nanosecond since 1970
   * @param lastNanos its last one; the same where the text names an instant
   */
  public record Span(long firstNanos, long lastNanos) {}

  /**
   * The time that a text stands for.
   *
   * @throws QuerySyntaxException if it is none, or lies outside 1970 to 2262
   */
  public Span parse(String text) {
    Matcher iso = ISO.matcher(text);
    Matcher relative = RELATIVE.matcher(text);
    Matcher ago = AGO.matcher(text);
    try {
      if (iso.matches()) {
        return absolute(iso, text);
      }
      if (MILLIS.matcher(text).matches()) {
        BigInteger nanos = new BigInteger(text).multiply(BigInteger.valueOf(1_000_000L));
        return span(nanos, nanos.add(BigInteger.valueOf(999_999L)), text);
      }
      if (relative.matches()) {
        return relative(relative);
      }
      if (ago.matches()) {
        ZonedDateTime time = shift(now(), -Long.parseLong(ago.group(1)), ago.group(2));
        return new Span(cut(time), cut(time));
      }
    } catch (DateTimeException | ArithmeticException e) {
      throw new QuerySyntaxException("'" + text + "' is a time that does not exist", 0);
    }
    if (text.matches("\\d+")) {
      throw new QuerySyntaxException(
          "'" + text + "' is too short for milliseconds since 1970; seconds take three zeros", 0);
    }
    throw new QuerySyntaxException("'" + text + "'" + EXPECTED, 0);
  }

  private static Span absolute(Matcher iso, String text) {
    LocalDate date = LocalDate.of(number(iso, 1), number(iso, 2), number(iso, 3));
    if (iso.group(4) == null) {
      ZonedDateTime start = date.atStartOfDay(ZoneOffset.UTC);
      return whole(start, start.plusDays(1), text);
    }
    String fraction = iso.group(7) == null ? "" : iso.group(7);
    int seconds = iso.group(6) == null ? 0 : number(iso, 6);
    int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
    LocalTime time = LocalTime.of(number(iso, 4), number(iso, 5), seconds, nanos);
    String zone = iso.group(8);
    ZoneOffset offset =
        zone == null || zone.equalsIgnoreCase("Z") ? ZoneOffset.UTC : ZoneOffset.of(zone);
    ZonedDateTime start = ZonedDateTime.of(date, time, offset);
    if (iso.group(6) == null) {
      return whole(start, start.plusMinutes(1), text);
    }
    return whole(start, start.plusNanos((long) Math.pow(10, 9 - fraction.length())), text);
  }

  private Span relative(Matcher relative) {
    ZonedDateTime time = now();
    Matcher step = STEP.matcher(relative.group(1));
    while (step.find()) {
      long amount = Long.parseLong(step.group(2));
      time = shift(time, step.group(1).equals("-") ? -amount : amount, step.group(3));
    }
    String unit = relative.group(2);
    if (unit == null) {
      return new Span(cut(time), cut(time));
    }
    ZonedDateTime start = floor(time, unit);
    return new Span(cut(start), cut(shift(start, 1, unit).minusNanos(1)));
  }

  private ZonedDateTime now() {
    return clock.instant().atZone(ZoneOffset.UTC);
  }

  private static ZonedDateTime shift(ZonedDateTime time, long amount, String unit) {
    return time.plus(amount, unit(unit));
  }

  private static ZonedDateTime floor(ZonedDateTime time, String unit) {
    switch (unit) {
      case "w":
        return time.truncatedTo(ChronoUnit.DAYS)
            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case "M":
        return time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
      case "y":
        return time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
      default:
        return time.truncatedTo(unit(unit));
    }
  }

  private static ChronoUnit unit(String unit) {
    switch (unit) {
      case "ms":
        return ChronoUnit.MILLIS;
      case "s":
        return ChronoUnit.SECONDS;
      case "m":
        return ChronoUnit.MINUTES;
      case "h":
        return ChronoUnit.HOURS;
      case "d":
        return ChronoUnit.DAYS;
      case "w":
        return ChronoUnit.WEEKS;
      case "M":
        return ChronoUnit.MONTHS;
      default:
        return ChronoUnit.YEARS;
    }
  }

  private static Span whole(ZonedDateTime start, ZonedDateTime end, String text) {
    return span(nanos(start), nanos(end).subtract(BigInteger.ONE), text);
  }

  private static Span span(BigInteger first, BigInteger last, String text) {
    if (first.signum() < 0 || first.compareTo(MAX) > 0) {
      throw new QuerySyntaxException(
          "'" + text + "' lies outside 1970-01-01 to 2262-04-11, the times that events can have",
          0);
    }
    return new Span(first.longValue(), last.min(MAX).longValue());
  }

  private static long cut(ZonedDateTime time) {
    return nanos(time).max(BigInteger.ZERO).min(MAX).longValue();
  }

  private static BigInteger nanos(ZonedDateTime time) {
    Instant instant = time.toInstant();
    return BigInteger.valueOf(instant.getEpochSecond())
        .multiply(NANOS_PER_SECOND)
        .add(BigInteger.valueOf(instant.getNano()));
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
