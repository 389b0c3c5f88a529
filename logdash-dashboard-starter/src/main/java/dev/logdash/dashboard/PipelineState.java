package dev.logdash.dashboard;

import java.util.List;
import java.util.Map;

/**
 * What only the host of a dashboard can see of its parts. Asked for each time somebody looks, so it
 * is to be cheap.
 *
 * @param spoolBytes what the spool takes on disk
 * @param spoolMaxBytes what it may take
 * @param oldestWaitingNanos when the oldest record that is not stored yet was received, in
 *     nanoseconds since 1970; -1 if all are
 * @param spooled records taken in since the start
 * @param dropped how many records were not taken, by reason
 * @param days the search indices, the newest first
 */
public record PipelineState(
    long spoolBytes,
    long spoolMaxBytes,
    long oldestWaitingNanos,
    long spooled,
    Map<String, Long> dropped,
    List<Day> days) {

  public PipelineState {
    dropped = Map.copyOf(dropped);
    days = List.copyOf(days);
  }

  /**
   * The search index of one day.
   *
   * @param name of the index
   * @param bytes on disk
   */
  public record Day(String name, long events, long bytes) {}
}
