package dev.logdash.logback;

import java.util.Locale;

/** Why an event did not reach the sink. */
public enum DropReason {
  /** The sink was slower than the log calls, and the queue was full. */
  QUEUE_FULL,
  /** The queue was full because the sink was full. */
  SINK_FULL,
  /** The queue was full because the sink could not be reached, or did not work. */
  SINK_DOWN,
  /** No sink was attached: the early-boot buffer was full, or the appender was stopped before. */
  NO_SINK,
  /** The sink will never take the event, for example because it is too large. */
  REJECTED,
  /** The event could not be encoded, or the sink failed in a way that a retry does not help. */
  FAILED,
  /** The appender was stopped, and the event could not be delivered within its time. */
  CLOSED,
  /**
   * Not taken on purpose: logged by what delivers events, or while another event was taken on the
   * same thread. Delivering it would log again, without end.
   */
  INTERNAL;

  /** The name in lower case, as in the event that tells of drops. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
