package dev.logdash.notify;

import dev.logdash.api.error.BackendException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps off a receiver that asked for it. */
final class Pause {

  // Whoever answers could else silence a channel for good.
  private static final long MAX_SECONDS = Duration.ofHours(1).toSeconds();
  private static final int MAX_DIGITS = 9;

  private final LongSupplier nanos;
  private final AtomicLong until;

  /**
   * @param nanos a clock for durations
   */
  Pause(LongSupplier nanos) {
    this.nanos = nanos;
    this.until = new AtomicLong(nanos.getAsLong());
  }

  /**
   * Waits from now on.
   *
   * @param wait what {@code Retry-After} says: seconds or a date; nothing else is heard
   * @param date the time of the receiver, by which its date is read
   */
  void begin(@Nullable String wait, @Nullable String date) {
    long seconds = Math.min(MAX_SECONDS, seconds(wait, date));
    if (seconds > 0) {
      until.set(nanos.getAsLong() + Duration.ofSeconds(seconds).toNanos());
    }
  }

  /**
   * Goes on if the time is over.
   *
   * @throws BackendException.Overloaded if not
   */
  void check(String receiver) {
    long left = until.get() - nanos.getAsLong();
    if (left > 0) {
      long seconds = Duration.ofNanos(left).toSeconds() + 1;
      throw new BackendException.Overloaded(
          receiver + " asked for a pause of which " + seconds + " s are left", null);
    }
  }

  private static long seconds(@Nullable String wait, @Nullable String date) {
    if (wait == null) {
      return 0;
    }
    if (wait.chars().allMatch(c -> c >= '0' && c <= '9') && !wait.isEmpty()) {
      return wait.length() > MAX_DIGITS ? MAX_SECONDS : Long.parseLong(wait);
    }
    if (date == null) {
      return 0;
    }
    try {
      return Duration.between(time(date), time(wait)).toSeconds();
    } catch (DateTimeException e) {
      return 0;
    }
  }

  private static OffsetDateTime time(String text) {
    return OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
  }
}
