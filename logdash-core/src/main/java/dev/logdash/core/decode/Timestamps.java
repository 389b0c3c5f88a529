package dev.logdash.core.decode;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Prints times as ISO-8601 in UTC. */
public final class Timestamps {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** The time with milliseconds, or as many digits more as it needs up to nanoseconds. */
  public static String format(long epochNanos) {
    long seconds = Math.floorDiv(epochNanos, 1_000_000_000L);
    long nanos = Math.floorMod(epochNanos, 1_000_000_000L);
    String digits = Long.toString(1_000_000_000L + nanos).substring(1);
    int length = 9;
    while (length > 3 && digits.charAt(length - 1) == '0') {
      length--;
    }
    return SECONDS.format(Instant.ofEpochSecond(seconds)) + '.' + digits.substring(0, length) + 'Z';
  }
}
