package dev.logdash.elasticsearch;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import java.util.ArrayList;
import java.util.List;

/** Reads events out of the sources of their documents. */
final class EventSource {

  private EventSource() {}

  /**
   * @param id of the document, which is that of the event
   */
  static LogEvent read(String id, Answer source) {
    Answer text = source.at(IndexFields.EVENT);
    if (text.isThere()) {
      return EventText.read(text.text());
    }
    LogEvent.Builder event = LogEvent.builder(id);
    Attributes.Builder attributes = Attributes.builder();
    for (String name : source.names()) {
      Answer value = source.at(name);
      switch (name) {
        case IndexFields.TIME -> event.timestampNanos(value.number());
        case IndexFields.OBSERVED -> event.observedNanos(value.number());
        case IndexFields.PRODUCER -> event.producer(value.text());
        case IndexFields.SEQ -> event.seq(value.number());
        case IndexFields.DATASET -> event.dataset(value.text());
        case EcsFields.MESSAGE -> event.message(value.text());
        case EcsFields.SEVERITY -> event.severity(Severity.of((int) value.number()));
        case EcsFields.LOG_LEVEL -> event.severityText(value.text());
        case EcsFields.SERVICE_NAME -> event.service(value.text());
        case EcsFields.LOG_SOURCE -> event.source(value.text());
        case EcsFields.TRACE_ID -> event.traceId(value.text());
        case EcsFields.SPAN_ID -> event.spanId(value.text());
        default -> {
          if (!IndexFields.isOwn(name)) {
            put(name, value, attributes);
          }
        }
      }
    }
    return event.attributes(attributes.build()).build();
  }

  private static void put(String name, Answer value, Attributes.Builder attributes) {
    if (value.value() instanceof Long number) {
      attributes.put(name, number);
    } else if (value.value() instanceof Double number) {
      attributes.put(name, number);
    } else if (value.value() instanceof Boolean truth) {
      attributes.put(name, truth);
    } else if (value.value() instanceof List<?>) {
      List<String> list = new ArrayList<>();
      value.elements().forEach(element -> list.add(element.text()));
      attributes.put(name, list);
    } else {
      attributes.put(name, value.text());
    }
  }
}
