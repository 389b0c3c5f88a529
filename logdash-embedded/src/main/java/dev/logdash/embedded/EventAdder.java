package dev.logdash.embedded;

import dev.logdash.api.event.LogEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.lucene.index.IndexWriter;

/** Adds events to a writer, in documents that are used again. Safe for use by many threads. */
final class EventAdder {

  private final ConcurrentLinkedQueue<EventDocument> documents = new ConcurrentLinkedQueue<>();

  void add(IndexWriter writer, DayState state, List<LogEvent> events) throws IOException {
    EventDocument document = documents.poll();
    if (document == null) {
      document = new EventDocument();
    }
    for (LogEvent event : events) {
      writer.addDocument(document.of(event, state));
    }
    documents.add(document);
  }

  /** The first event of each id, in their order. */
  static List<LogEvent> distinct(List<LogEvent> events) {
    Set<String> ids = new HashSet<>(2 * events.size());
    for (int i = 0; i < events.size(); i++) {
      if (!ids.add(events.get(i).id())) {
        List<LogEvent> distinct = new ArrayList<>(events.subList(0, i));
        for (LogEvent event : events.subList(i, events.size())) {
          if (ids.add(event.id())) {
            distinct.add(event);
          }
        }
        return distinct;
      }
    }
    return events;
  }
}
