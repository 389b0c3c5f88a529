package dev.logdash.logback;

import java.util.Map;

/**
 * What became of the events that an appender was given. {@code sent + fallback + dropped + waiting}
 * is what was logged; exactly so while nobody logs.
 *
 * @param sent how many the sink accepted
 * @param fallback how many the fallback appender got instead
 * @param dropped how many were lost, {@link DropReason#INTERNAL} included
 * @param waiting how many are in the queue or on their way
 * @param reasons the dropped by reason and level, for example {@code queue_full.info}
 */
public record AppenderCounts(
    long sent, long fallback, long dropped, long waiting, Map<String, Long> reasons) {

  public AppenderCounts {
    reasons = Map.copyOf(reasons);
  }
}
