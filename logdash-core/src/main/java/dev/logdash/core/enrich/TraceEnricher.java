package dev.logdash.core.enrich;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.ingest.Enricher;
import org.jspecify.annotations.Nullable;

/**
 * Gives an event without a trace that of a W3C traceparent: of a field whose name ends in {@code
 * traceparent}, else the first in the message. An event with a trace but no span gets the span of a
 * traceparent of that trace.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
final class TraceEnricher implements Enricher {

  private static final String FIELD = "traceparent";

  // Beyond it a message is a document, which quotes headers of others.
  private static final int SEARCHED = 4_096;

  @Override
  public LogEvent enrich(LogEvent event) {
    if (!event.traceId().isEmpty() && !event.spanId().isEmpty()) {
      return event;
    }
    TraceParent parent = ofField(event.attributes());
    if (parent == null) {
      parent = TraceParent.find(event.message(), SEARCHED);
    }
    if (parent == null) {
      return event;
    }
    if (event.traceId().isEmpty()) {
      LogEvent.Builder traced = event.toBuilder().traceId(parent.traceId());
      return event.spanId().isEmpty() ? traced.spanId(parent.spanId()).build() : traced.build();
    }
    return event.traceId().equals(parent.traceId())
        ? event.toBuilder().spanId(parent.spanId()).build()
        : event;
  }

  private static @Nullable TraceParent ofField(Attributes attributes) {
    for (int i = 0; i < attributes.size(); i++) {
      String name = attributes.name(i);
      int start = name.length() - FIELD.length();
      if (start >= 0
          && (name.charAt(name.length() - 1) | 0x20) == 't'
          && name.regionMatches(true, start, FIELD, 0, FIELD.length())
          && attributes.value(i) instanceof String value) {
        TraceParent parent = TraceParent.parse(value.strip());
        if (parent != null) {
          return parent;
        }
      }
    }
    return null;
  }
}
