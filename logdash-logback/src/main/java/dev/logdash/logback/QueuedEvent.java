package dev.logdash.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * An event whose every part that may change is captured.
 *
 * @param pairs name, value, name, value, ... of its key-value pairs; values are strings, numbers
 *     and booleans
 * @param bytes what it holds of the heap, estimated
 */
record QueuedEvent(ILoggingEvent event, Object[] pairs, int bytes) {}
