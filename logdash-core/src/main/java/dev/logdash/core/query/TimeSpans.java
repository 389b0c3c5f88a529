package dev.logdash.core.query;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Spans of time as they are written, such as {@code 250ms} or {@code 1.5s}. */
final class TimeSpans {

  private static final Pattern SPAN =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ns|us|ms|s|m|h|d)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L,
          "d", 86_400_000_000_000L);

  private TimeSpans() {}

  /** How many nanoseconds a text stands for, rounded; null if it is no span of time. */
  static @Nullable Long nanos(String text) {
    Matcher span = SPAN.matcher(text);
    if (!span.matches()) {
      return null;
    }
    BigDecimal unit = BigDecimal.valueOf(NANOS.getOrDefault(span.group(2), 1L));
    BigDecimal nanos = new BigDecimal(span.group(1)).multiply(unit);
    return nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0 ? null : nanos.longValue();
  }
}
