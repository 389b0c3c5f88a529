package dev.logdash.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;

/** An event whose every part that may change is captured. */
final class QueuedEvent {

  private final ILoggingEvent event;
  private final Object[] pairs;
  private final int bytes;

  /**
   * @param pairs name, value, name, value, ... of its key-value pairs; values are strings, numbers
   *     and other types that cannot change
   * @param bytes what it holds of the heap, estimated
   */
  QueuedEvent(ILoggingEvent event, Object[] pairs, int bytes) {
    this.event = event;
    this.pairs = pairs;
    this.bytes = bytes;
  }

  ILoggingEvent event() {
    return event;
  }

  Object[] pairs() {
    return pairs;
  }

  int bytes() {
    return bytes;
  }
}
