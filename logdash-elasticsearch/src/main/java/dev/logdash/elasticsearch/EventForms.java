package dev.logdash.elasticsearch;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import java.util.HashMap;
import java.util.Map;

/** The forms of the fields of one event after the other. Not safe for use by several threads. */
final class EventForms {

  static final FieldForm MESSAGE = new FieldForm(EcsFields.MESSAGE);
  static final FieldForm LEVEL = new FieldForm(EcsFields.LOG_LEVEL);
  static final FieldForm SEVERITY = new FieldForm(EcsFields.SEVERITY);
  static final FieldForm SERVICE = new FieldForm(EcsFields.SERVICE_NAME);
  static final FieldForm TRACE = new FieldForm(EcsFields.TRACE_ID);
  static final FieldForm SPAN = new FieldForm(EcsFields.SPAN_ID);
  static final FieldForm SOURCE = new FieldForm(EcsFields.LOG_SOURCE);

  // Names that come from outside can be endless; those that matter come back at once.
  private static final int MOST_FORMS = 4_096;

  private final Map<String, FieldForm> known = new HashMap<>();
  private FieldForm[] forms = new FieldForm[32];
  private Spelling[] spellings = new Spelling[32];
  private Spelling message = Spelling.PLAIN;

  /** Finds those of the attributes of an event, and how its texts are spelled. */
  void find(LogEvent event) {
    message = Spelling.of(event.message());
    Attributes attributes = event.attributes();
    if (forms.length < attributes.size()) {
      forms = new FieldForm[2 * attributes.size()];
      spellings = new Spelling[forms.length];
    }
    for (int i = 0; i < attributes.size(); i++) {
      forms[i] = form(attributes.name(i));
      spellings[i] =
          attributes.value(i) instanceof String text ? Spelling.of(text) : Spelling.OTHER;
    }
  }

  /** The form of an attribute, by its place in the event. */
  FieldForm of(int attribute) {
    return forms[attribute];
  }

  /** How the message is spelled. */
  Spelling message() {
    return message;
  }

  /** How the value of an attribute is spelled, if it is a text. */
  Spelling spelling(int attribute) {
    return spellings[attribute];
  }

  private FieldForm form(String name) {
    FieldForm form = known.get(name);
    if (form == null) {
      if (known.size() == MOST_FORMS) {
        known.clear();
      }
      form = new FieldForm(name);
      known.put(name, form);
    }
    return form;
  }
}
