package dev.logdash.api.store;

import dev.logdash.api.event.LogEvent;
import java.util.List;

/**
 * Events in the order of the query.
 *
 * @param events at most as many as the limit of the query
 * @param more whether the query has events behind these; the key of the last one leads there
 */
public record Page(List<LogEvent> events, boolean more) {

  public Page {
    events = List.copyOf(events);
  }
}
