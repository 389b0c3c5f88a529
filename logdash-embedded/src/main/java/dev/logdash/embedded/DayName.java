package dev.logdash.embedded;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an index: the events of one dataset whose records were received on one UTC day.
 *
 * @param dataset lower-case letters, digits, {@code _} and {@code -}; at most 64
 */
record DayName(String dataset, LocalDate day) implements Comparable<DayName> {

  private static final Pattern DATASET = Pattern.compile("[a-z0-9_-]{1,64}");
  private static final Pattern FOLDER =
      Pattern.compile("logdash-([a-z0-9_-]{1,64})-(\\d{4}\\.\\d{2}\\.\\d{2})");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu.MM.dd", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  static boolean isDataset(String name) {
    return DATASET.matcher(name).matches();
  }

  static DayName of(String dataset, long observedNanos) {
    return new DayName(
        dataset, LocalDate.ofEpochDay(Math.floorDiv(observedNanos, NANOS_PER_DAY)));
  }

  static Optional<DayName> parse(String folder) {
    Matcher matcher = FOLDER.matcher(folder);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new DayName(matcher.group(1), LocalDate.parse(matcher.group(2), DAY)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** When the day is over. */
  Instant end() {
    return day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  @Override
  public int compareTo(DayName other) {
    int byDay = day.compareTo(other.day);
    return byDay != 0 ? byDay : dataset.compareTo(other.dataset);
  }

  @Override
  public String toString() {
    return "logdash-" + dataset + '-' + DAY.format(day);
  }
}
