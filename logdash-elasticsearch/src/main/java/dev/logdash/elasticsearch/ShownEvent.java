package dev.logdash.elasticsearch;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import dev.logdash.core.query.EventFields;
import java.util.List;

/**
 * Writes what a document shows of an event: its fields under their names, as others read it and
 * {@link EventSource} reads it back; where a document could not give every bit of them back, the
 * event as a text and what it is grouped by.
 */
final class ShownEvent {

  private static final Fragment EVENT = Fragment.of(",\"" + IndexFields.EVENT + "\":\"");

  private final EventForms forms;

  /**
   * @param forms of the event that is written
   */
  ShownEvent(EventForms forms) {
    this.forms = forms;
  }

  void write(LogEvent event, JsonBytes json) {
    if (isReadable(event)) {
      fields(event, json);
    } else {
      columns(event, json);
      json.raw(EVENT);
      json.text(EventText.of(event));
      json.raw('"');
    }
  }

  /** Whether the fields of a document give back every bit of an event. */
  private boolean isReadable(LogEvent event) {
    boolean readable =
        Spelling.of(event.id()) == Spelling.PLAIN
            && Spelling.of(event.producer()) == Spelling.PLAIN
            && forms.message().isWellFormed(event.message())
            && isReadable(EventForms.LEVEL, event.severityText())
            && isReadable(EventForms.SERVICE, event.service())
            && isReadable(EventForms.TRACE, event.traceId())
            && isReadable(EventForms.SPAN, event.spanId())
            && isReadable(EventForms.SOURCE, event.source());
    Attributes attributes = event.attributes();
    for (int i = 0; i < attributes.size() && readable; i++) {
      boolean isShown = forms.of(i).isReadable && !forms.of(i).isFixed;
      boolean isSound = forms.spelling(i) != Spelling.OTHER && !forms.of(i).hasColumn;
      readable = isShown && (isSound || isReadable(forms.of(i), attributes.value(i)));
    }
    return readable;
  }

  private static boolean isReadable(FieldForm form, Object value) {
    if (value instanceof String text) {
      return (!form.hasColumn || text.length() <= EventFields.MAX_GROUP_KEY)
          && Spelling.of(text).isWellFormed(text);
    }
    if (value instanceof List<?> list) {
      // A server leaves empty lists out.
      return !list.isEmpty() && list.stream().allMatch(element -> isReadable(form, element));
    }
    return !(form.hasColumn && value instanceof Double);
  }

  /** The event as it is. */
  private void fields(LogEvent event, JsonBytes json) {
    if (!event.message().isEmpty()) {
      text(EventForms.MESSAGE, event.message(), forms.message(), json);
    }
    field(EventForms.LEVEL, event.severityText(), json);
    if (event.severity() != Severity.UNSPECIFIED) {
      json.raw(EventForms.SEVERITY.key);
      json.number(event.severity().number());
    }
    field(EventForms.SERVICE, event.service(), json);
    field(EventForms.TRACE, event.traceId(), json);
    field(EventForms.SPAN, event.spanId(), json);
    field(EventForms.SOURCE, event.source(), json);
    Attributes attributes = event.attributes();
    for (int i = 0; i < attributes.size(); i++) {
      Object value = attributes.value(i);
      if (value instanceof String text) {
        text(forms.of(i), text, forms.spelling(i), json);
      } else {
        json.raw(forms.of(i).key);
        field(value, json);
      }
    }
  }

  private static void field(FieldForm form, String text, JsonBytes json) {
    if (!text.isEmpty()) {
      text(form, text, Spelling.of(text), json);
    }
  }

  private static void text(FieldForm form, String text, Spelling spelling, JsonBytes json) {
    json.raw(form.keyOfText);
    json.text(text, spelling);
    json.raw('"');
  }

  private static void field(Object value, JsonBytes json) {
    if (value instanceof Long number) {
      json.number(number);
    } else if (value instanceof List<?> list) {
      json.raw('[');
      for (Object element : list) {
        json.raw('"');
        json.text((String) element);
        json.next();
      }
      json.end(']');
    } else {
      json.text(value.toString());
    }
  }

  /** What an event that is not as it is in the document is grouped by. */
  private void columns(LogEvent event, JsonBytes json) {
    ofPresent(EventForms.SERVICE, event.service(), json);
    ofPresent(EventForms.LEVEL, event.severityText(), json);
    if (event.severity() != Severity.UNSPECIFIED) {
      column(EventForms.SEVERITY, (long) event.severity().number(), json);
    }
    ofPresent(EventForms.SOURCE, event.source(), json);
    Attributes attributes = event.attributes();
    for (int i = 0; i < attributes.size(); i++) {
      if (!forms.of(i).isFixed && forms.of(i).hasColumn) {
        column(forms.of(i), attributes.value(i), json);
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
      json.next();
    }
    json.end(']');
  }
}
