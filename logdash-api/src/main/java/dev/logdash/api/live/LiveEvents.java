package dev.logdash.api.live;

import dev.logdash.api.event.LogEvent;
import java.util.List;

/**
 * What came for one who watches.
 *
 * @param events in the order in which they were published
 * @param skipped how many matching events are left out before these
 * @param gap whether there were also events that nobody had the time to look at
 */
public record LiveEvents(List<LogEvent> events, long skipped, boolean gap) {

  public LiveEvents {
    events = List.copyOf(events);
    if (skipped < 0) {
      throw new IllegalArgumentException("skipped is negative: " + skipped);
    }
  }
}
