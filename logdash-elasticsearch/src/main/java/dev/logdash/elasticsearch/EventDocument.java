package dev.logdash.elasticsearch;

import dev.logdash.api.event.LogEvent;

/** Writes the documents of events, one after the other. Not safe for use by several threads. */
final class EventDocument {

  private static final int DIGITS_BELOW_MILLIS = 6;

  private static final Fragment TIME = Fragment.of("{\"" + IndexFields.TIME + "\":");
  private static final Fragment MILLIS = key(IndexFields.MILLIS, "");
  private static final Fragment PRODUCER = key(IndexFields.PRODUCER, "\"");
  private static final Fragment SEQ = Fragment.of("\",\"" + IndexFields.SEQ + "\":");
  private static final Fragment ID = key(IndexFields.ID, "\"");
  private static final Fragment DATASET = Fragment.of("\",\"" + IndexFields.DATASET + "\":\"");
  private static final Fragment OBSERVED = Fragment.of("\",\"" + IndexFields.OBSERVED + "\":");

  private final EventForms forms = new EventForms();
  private final ShownEvent shown = new ShownEvent(forms);
  private final SearchTerms terms = new SearchTerms(forms);

  /** Writes the document of an event. */
  void write(LogEvent event, JsonBytes json) {
    forms.find(event);
    json.raw(TIME);
    int start = json.length();
    json.number(event.timestampNanos());
    int digits = json.length() - start;
    json.raw(MILLIS);
    if (digits > DIGITS_BELOW_MILLIS) {
      json.again(start, digits - DIGITS_BELOW_MILLIS);
    } else {
      json.raw('0');
    }
    json.raw(PRODUCER);
    json.text(event.producer());
    json.raw(SEQ);
    json.number(event.seq());
    json.raw(ID);
    json.text(event.id());
    json.raw(DATASET);
    json.text(event.dataset());
    json.raw(OBSERVED);
    json.number(event.observedNanos());
    shown.write(event, json);
    terms.write(event, json);
    json.raw('}');
  }

  private static Fragment key(String name, String start) {
    return Fragment.of(",\"" + name + "\":" + start);
  }
}
