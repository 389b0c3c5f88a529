package dev.logdash.core.store;

import dev.logdash.api.event.LogEvent;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The index of an event: its dataset and the UTC day on which its record was received. Ordered by
 * day, then by dataset.
 *
 * @param epochDay days since 1970-01-01
 */
public record DayIndex(String dataset, long epochDay) implements Comparable<DayIndex> {

  /** How long a day is. */
  public static final long DAY_NANOS = 86_400_000_000_000L;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy.MM.dd", Locale.ROOT);

  /** The index that an event belongs to. */
  public static DayIndex of(LogEvent event) {
    return new DayIndex(event.dataset(), Math.floorDiv(event.observedNanos(), DAY_NANOS));
  }

  /** Whether it is the index of an event. */
  public boolean isOf(LogEvent event) {
    return epochDay == Math.floorDiv(event.observedNanos(), DAY_NANOS)
        && dataset.equals(event.dataset());
  }

  /** {@code logdash-<dataset>-<yyyy.MM.dd>}. */
  public String name() {
    return "logdash-" + dataset + '-' + DAY.format(LocalDate.ofEpochDay(epochDay));
  }

  @Override
  public int compareTo(DayIndex other) {
    int byDay = Long.compare(epochDay, other.epochDay);
    return byDay != 0 ? byDay : dataset.compareTo(other.dataset);
  }
}
