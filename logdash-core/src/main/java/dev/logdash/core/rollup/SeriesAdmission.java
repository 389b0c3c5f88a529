package dev.logdash.core.rollup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Bounds how many series a definition has, so that a field with endless values cannot fill the
 * store: the first series of a day of reception are admitted, the rest is counted as {@code other}.
 *
 * <p>Which series are admitted follows from the records alone, in their order, so that a replay
 * decides the same. It is kept with the snapshot: entries at or above the offset where a replay
 * starts are left out when it is loaded, because the replay admits them again.
 */
final class SeriesAdmission {

  static final String OTHER = "other";

  /**
   * A series that was let in.
   *
   * @param day the day of reception since 1970 for which it holds
   * @param offset of the record that brought it
   */
  record Admitted(String definition, long day, List<String> series, long offset) {}

  private final int maxSeries;
  private final Map<String, Map<Long, Set<List<String>>>> admitted = new TreeMap<>();
  private final List<Admitted> log = new ArrayList<>();
  private boolean changed;

  SeriesAdmission(int maxSeries) {
    this.maxSeries = maxSeries;
  }

  /** Takes over what a snapshot says, as far as it lies below an offset. */
  void load(List<Admitted> entries, long belowOffset) {
    for (Admitted entry : entries) {
      if (entry.offset() < belowOffset) {
        of(entry.definition(), entry.day()).add(entry.series());
        log.add(entry);
      }
    }
  }

  /** The series itself if it is admitted, else the one that stands for all others. */
  List<String> admit(String definition, long day, List<String> series, long offset) {
    Set<List<String>> known = of(definition, day);
    if (known.contains(series)) {
      return series;
    }
    if (known.size() >= maxSeries) {
      List<String> other = new ArrayList<>(series.size());
      for (int i = 0; i < series.size(); i++) {
        other.add(OTHER);
      }
      return List.copyOf(other);
    }
    known.add(series);
    log.add(new Admitted(definition, day, series, offset));
    changed = true;
    return series;
  }

  boolean isChanged() {
    return changed;
  }

  /** What to store; days before the given one are forgotten. */
  List<Admitted> save(long oldestDay) {
    log.removeIf(entry -> entry.day() < oldestDay);
    admitted.values().forEach(days -> days.keySet().removeIf(day -> day < oldestDay));
    changed = false;
    return List.copyOf(log);
  }

  private Set<List<String>> of(String definition, long day) {
    return admitted
        .computeIfAbsent(definition, name -> new TreeMap<>())
        .computeIfAbsent(day, number -> new HashSet<>());
  }
}
