package dev.logdash.core.statement;

import dev.logdash.api.event.LogEvent;
import dev.logdash.core.template.FormIds;

/**
 * What is kept of an event that stands for its form, of which there are many at a time.
 *
 * @param template the statement that the event names, or empty
 * @param head the message, of a long one as much as the miner looks at
 */
record FormSample(String template, long timestampNanos, String head) {

  private static final int MAX_HEAD = 4_096;

  static FormSample of(LogEvent event) {
    String message = event.message();
    return new FormSample(
        event.attributes().text(FormIds.TEMPLATE_FIELD),
        event.timestampNanos(),
        message.length() > MAX_HEAD ? message.substring(0, MAX_HEAD) : message);
  }
}
