package dev.logdash.api.ingest;

import dev.logdash.api.event.LogEvent;

/**
 * Adds to an event what its line does not say. Pure: the result follows from the event and from
 * data that does not change while the process lives, so that a replay gives the same. Safe for use
 * by many threads.
 */
@FunctionalInterface
public interface Enricher {

  /** The enriched event, with the id, the times and the origin of the one given. */
  LogEvent enrich(LogEvent event);
}
