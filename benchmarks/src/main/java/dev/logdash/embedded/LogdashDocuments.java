package dev.logdash.embedded;

import dev.logdash.api.event.LogEvent;
import org.apache.lucene.index.IndexableField;

/**
 * The documents that logdash itself makes, for a peer that gives the very same ones to Lucene. In
 * this package since the maker of documents is nobody else's business.
 */
public final class LogdashDocuments {

  private final EventDocument document = new EventDocument();
  private final DayState state = DayState.empty();

  /** The document is good until the next call. */
  public Iterable<IndexableField> of(LogEvent event) {
    return document.of(event, state);
  }
}
