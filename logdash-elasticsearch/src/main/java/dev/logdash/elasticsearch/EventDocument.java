package dev.logdash.elasticsearch;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.table.QuantileSketch;
import dev.logdash.core.text.SubTexts;
import dev.logdash.core.text.Tokenizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the documents of events, one after the other. Not safe for use by several threads. */
final class EventDocument {

  // Names that come from outside can be endless; those that matter come back at once.
  private static final int MOST_FORMS = 4_096;

  private static final int DIGITS_BELOW_MILLIS = 6;

  private static final byte[] TIME = JsonBytes.ascii("{\"" + IndexFields.TIME + "\":");
  private static final byte[] MILLIS = key(IndexFields.MILLIS, "");
  private static final byte[] PRODUCER = key(IndexFields.PRODUCER, "\"");
  private static final byte[] SEQ = JsonBytes.ascii("\",\"" + IndexFields.SEQ + "\":");
  private static final byte[] ID = key(IndexFields.ID, "\"");
  private static final byte[] DATASET = JsonBytes.ascii("\",\"" + IndexFields.DATASET + "\":\"");
  private static final byte[] OBSERVED = JsonBytes.ascii("\",\"" + IndexFields.OBSERVED + "\":");
  private static final byte[] VALUES = key(IndexFields.VALUES, "[");
  private static final byte[] TOKENS = key(IndexFields.MESSAGE, "[");
  private static final byte[] REST = key(IndexFields.REST, "[");
  private static final byte[] EVENT = key(IndexFields.EVENT, "\"");

  private static final FieldForm MESSAGE = new FieldForm(EcsFields.MESSAGE);
  private static final FieldForm LEVEL = new FieldForm(EcsFields.LOG_LEVEL);
  private static final FieldForm SEVERITY = new FieldForm(EcsFields.SEVERITY);
  private static final FieldForm SERVICE = new FieldForm(EcsFields.SERVICE_NAME);
  private static final FieldForm TRACE = new FieldForm(EcsFields.TRACE_ID);
  private static final FieldForm SPAN = new FieldForm(EcsFields.SPAN_ID);
  private static final FieldForm SOURCE = new FieldForm(EcsFields.LOG_SOURCE);

  private final Tokenizer tokenizer = new Tokenizer();
  private final Map<String, FieldForm> forms = new HashMap<>();
  // Those of the attributes of the event that is being written.
  private FieldForm[] own = new FieldForm[32];
  private boolean[] plain = new boolean[32];

  /** Writes the document of an event. */
  void write(LogEvent event, JsonBytes json) {
    find(event.attributes());
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
    if (isReadable(event)) {
      fields(event, json);
    } else {
      columns(event, json);
      json.raw(EVENT);
      json.text(EventText.of(event));
      json.raw('"');
    }
    measures(event.attributes(), json);
    json.raw(VALUES);
    values(event, json);
    tokens(event, json);
    json.raw('}');
  }

  /** Whether the fields of a document give back every bit of an event. */
  private boolean isReadable(LogEvent event) {
    boolean readable =
        JsonBytes.isPlain(event.id())
            && JsonBytes.isPlain(event.producer())
            && isReadable(MESSAGE, event.message())
            && isReadable(LEVEL, event.severityText())
            && isReadable(SERVICE, event.service())
            && isReadable(TRACE, event.traceId())
            && isReadable(SPAN, event.spanId())
            && isReadable(SOURCE, event.source());
    Attributes attributes = event.attributes();
    for (int i = 0; i < attributes.size() && readable; i++) {
      boolean isShown = own[i].isReadable && !own[i].isFixed;
      boolean isSound = plain[i] && !own[i].hasColumn;
      readable = isShown && (isSound || isReadable(own[i], attributes.value(i)));
    }
    return readable;
  }

  private static boolean isReadable(FieldForm form, Object value) {
    if (value instanceof String text) {
      return (!form.hasColumn || text.length() <= EventFields.MAX_GROUP_KEY)
          && JsonBytes.isWellFormed(text);
    }
    if (value instanceof List<?> list) {
      // A server leaves empty lists out.
      return !list.isEmpty() && list.stream().allMatch(element -> isReadable(form, element));
    }
    return !(form.hasColumn && value instanceof Double);
  }

  /** The event as it is. */
  private void fields(LogEvent event, JsonBytes json) {
    field(MESSAGE, event.message(), json);
    field(LEVEL, event.severityText(), json);
    if (event.severity() != Severity.UNSPECIFIED) {
      json.raw(SEVERITY.key);
      json.number(event.severity().number());
    }
    field(SERVICE, event.service(), json);
    field(TRACE, event.traceId(), json);
    field(SPAN, event.spanId(), json);
    field(SOURCE, event.source(), json);
    Attributes attributes = event.attributes();
    for (int i = 0; i < attributes.size(); i++) {
      Object value = attributes.value(i);
      if (plain[i]) {
        json.raw(own[i].keyOfText);
        json.plain((String) value);
        json.raw('"');
      } else {
        json.raw(own[i].key);
        field(value, json);
      }
    }
  }

  private static void field(FieldForm form, String text, JsonBytes json) {
    if (!text.isEmpty()) {
      json.raw(form.keyOfText);
      json.text(text);
      json.raw('"');
    }
  }

  private static void field(Object value, JsonBytes json) {
    if (value instanceof Long number) {
      json.number(number);
    } else if (value instanceof String text) {
      json.raw('"');
      json.text(text);
      json.raw('"');
    } else if (value instanceof List<?> list) {
      json.raw('[');
      for (Object element : list) {
        json.raw('"');
        json.text((String) element);
        next(json);
      }
      json.end(']');
    } else {
      json.text(value.toString());
    }
  }

  private void find(Attributes attributes) {
    if (own.length < attributes.size()) {
      own = new FieldForm[2 * attributes.size()];
      plain = new boolean[own.length];
    }
    for (int i = 0; i < attributes.size(); i++) {
      own[i] = form(attributes.name(i));
      plain[i] = attributes.value(i) instanceof String text && JsonBytes.isPlain(text);
    }
  }

  private FieldForm form(String name) {
    FieldForm form = forms.get(name);
    if (form == null) {
      if (forms.size() == MOST_FORMS) {
        forms.clear();
      }
      form = new FieldForm(name);
      forms.put(name, form);
    }
    return form;
  }

  private void values(LogEvent event, JsonBytes json) {
    if (!event.message().isEmpty()) {
      json.raw(MESSAGE.existence);
    }
    value(LEVEL, event.severityText(), json);
    if (event.severity() != Severity.UNSPECIFIED) {
      json.raw(SEVERITY.existence);
      number(SEVERITY, event.severity().number(), json);
    }
    value(SERVICE, event.service(), json);
    value(TRACE, event.traceId(), json);
    value(SPAN, event.spanId(), json);
    value(SOURCE, event.source(), json);
    Attributes attributes = event.attributes();
    for (int i = 0; i < attributes.size(); i++) {
      if (!own[i].isFixed) {
        values(own[i], attributes.value(i), plain[i], json);
      }
    }
    json.end(']');
  }

  private static void value(FieldForm form, String text, JsonBytes json) {
    if (!text.isEmpty()) {
      json.raw(form.existenceAndText);
      json.folded(text, JsonBytes.isPlain(text));
      next(json);
    }
  }

  private static void values(FieldForm form, Object value, boolean plain, JsonBytes json) {
    if (form.isText) {
      if (!(value instanceof List<?> list && list.isEmpty())) {
        json.raw(form.existence);
      }
    } else if (value instanceof String text) {
      json.raw(form.existenceAndText);
      json.folded(text, plain);
      next(json);
    } else if (value instanceof Long number) {
      json.raw(form.existence);
      number(form, number, json);
    } else if (value instanceof Double number) {
      json.raw(form.existence);
      json.raw(form.numberTerm);
      json.text(Tokenizer.fold(EventFields.text(number)));
      next(json);
      json.raw(form.doubleTerm);
      json.text(IndexFields.sortable(number));
      next(json);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        json.raw(i == 0 ? form.existenceAndText : form.textTerm);
        json.text(Tokenizer.fold((String) list.get(i)));
        next(json);
      }
    } else {
      json.raw(form.existenceAndText);
      json.text(value.toString());
      next(json);
    }
  }

  private static void number(FieldForm form, long number, JsonBytes json) {
    json.raw(form.numberTerm);
    json.number(number);
    next(json);
    json.raw(form.longTerm);
    json.sortable(number);
    next(json);
  }

  /** Ends an element of a list. */
  private static void next(JsonBytes json) {
    json.raw('"', ',');
  }

  /** What an event that is not as it is in the document is grouped by. */
  private void columns(LogEvent event, JsonBytes json) {
    ofPresent(SERVICE, event.service(), json);
    ofPresent(LEVEL, event.severityText(), json);
    if (event.severity() != Severity.UNSPECIFIED) {
      column(SEVERITY, (long) event.severity().number(), json);
    }
    ofPresent(SOURCE, event.source(), json);
    Attributes attributes = event.attributes();
    for (int i = 0; i < attributes.size(); i++) {
      if (!own[i].isFixed && own[i].hasColumn) {
        column(own[i], attributes.value(i), json);
      }
    }
  }

  private void measures(Attributes attributes, JsonBytes json) {
    for (int i = 0; i < attributes.size(); i++) {
      FieldForm form = own[i];
      if (form.numbers.length > 0
          && attributes.value(i) instanceof Long number
          && number >= 0
          && number <= IndexFields.MAX_MEASURED) {
        json.raw(form.numbers);
        json.number(number);
        json.raw(form.buckets);
        json.number(QuantileSketch.bucket(number));
      }
    }
  }

  private static void ofPresent(FieldForm form, String text, JsonBytes json) {
    if (!text.isEmpty()) {
      column(form, text, json);
    }
  }

  private static void column(FieldForm form, Object value, JsonBytes json) {
    if (value instanceof List<?> list && list.isEmpty()) {
      return;
    }
    json.raw(form.key);
    json.raw('[');
    for (Object one : value instanceof List<?> list ? list : List.of(value)) {
      json.raw('"');
      json.text(EventFields.groupKey(one));
      next(json);
    }
    json.end(']');
  }

  private void tokens(LogEvent event, JsonBytes json) {
    Attributes attributes = event.attributes();
    json.raw(TOKENS);
    tokens(event.message(), json);
    json.end(']');
    for (int i = 0; i < attributes.size(); i++) {
      if (own[i].tokens.length > 0) {
        json.raw(own[i].tokens);
        tokens(attributes.value(i), json);
        json.end(']');
      }
    }
    json.raw(REST);
    SubTexts message = new SubTexts(event.message());
    rest(event.service(), message, json);
    rest(event.severityText(), message, json);
    rest(event.traceId(), message, json);
    rest(event.spanId(), message, json);
    for (int i = 0; i < attributes.size(); i++) {
      if (own[i].tokens.length == 0 && own[i].isInAnyText) {
        rest(attributes.value(i), message, json);
      }
    }
    json.end(']');
  }

  /** The tokens of texts, but for those that the message finds. */
  private void rest(Object value, SubTexts message, JsonBytes json) {
    if (!(value instanceof String text && message.hasTokensOf(text))) {
      tokens(value, json);
    }
  }

  /** The tokens of each text between blanks, which no token contains. */
  private void tokens(Object value, JsonBytes json) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        tokens(list.get(i), json);
      }
    } else if (value instanceof String text) {
      int start = json.length();
      json.raw('"');
      json.terms(text, tokenizer);
      if (json.length() == start + 1) {
        json.cut(start);
      } else {
        next(json);
      }
    }
  }

  private static byte[] key(String name, String start) {
    return JsonBytes.ascii(",\"" + name + "\":" + start);
  }
}
