package dev.logdash.dashboard;

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
 */
public record PipelineState(
    long spoolBytes,
    long spoolMaxBytes,
    long oldestWaitingNanos,
    long spooled,
    Map<String, Long> dropped) {

  /** Nothing comes in. */
  static final PipelineState UNKNOWN = new PipelineState(0, 0, -1, 0, Map.of());

  public PipelineState {
    dropped = Map.copyOf(dropped);
  }
}
