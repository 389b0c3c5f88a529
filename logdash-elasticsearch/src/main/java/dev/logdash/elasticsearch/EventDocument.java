package dev.logdash.elasticsearch;

import dev.logdash.api.event.LogEvent;

/** Writes the documents of events, one after the other. Not safe for use by several threads. */
final class EventDocument {

  private static final int DIGITS_BELOW_MILLIS = 6;

  private static final byte[] TIME = JsonBytes.ascii("{\"" + IndexFields.TIME + "\":");
  private static final byte[] MILLIS = key(IndexFields.MILLIS, "");
  private static final byte[] PRODUCER = key(IndexFields.PRODUCER, "\"");
  private static final byte[] SEQ = JsonBytes.ascii("\",\"" + IndexFields.SEQ + "\":");
  private static final byte[] ID = key(IndexFields.ID, "\"");
  private static final byte[] DATASET = JsonBytes.ascii("\",\"" + IndexFields.DATASET + "\":\"");
  private static final byte[] OBSERVED = JsonBytes.ascii("\",\"" + IndexFields.OBSERVED + "\":");

  private final EventForms forms = new EventForms();
  private final ShownEvent shown = new ShownEvent(forms);
  private final SearchTerms terms = new SearchTerms(forms);

  /** Writes the document of an event. */
  void write(LogEvent event, JsonBytes json) {
    forms.find(event.attributes());
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

  private static byte[] key(String name, String start) {
    return JsonBytes.ascii(",\"" + name + "\":" + start);
  }
}
