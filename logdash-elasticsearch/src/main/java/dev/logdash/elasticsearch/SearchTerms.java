package dev.logdash.elasticsearch;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.table.QuantileSketch;
import dev.logdash.core.text.SubTexts;
import dev.logdash.core.text.Tokenizer;
import java.util.List;

/** Writes what an event is searched and measured by. Not safe for use by several threads. */
final class SearchTerms {

  private static final Fragment VALUES = key(IndexFields.VALUES);
  private static final Fragment TOKENS = key(IndexFields.MESSAGE);
  private static final Fragment REST = key(IndexFields.REST);

  private final Tokenizer tokenizer = new Tokenizer();
  private final EventForms forms;

  /**
   * @param forms of the event that is written
   */
  SearchTerms(EventForms forms) {
    this.forms = forms;
  }

  void write(LogEvent event, JsonBytes json) {
    measures(event.attributes(), json);
    values(event, json);
    tokens(event, json);
  }

  private void measures(Attributes attributes, JsonBytes json) {
    for (int i = 0; i < attributes.size(); i++) {
      FieldForm form = forms.of(i);
      if (form.numbers != Fragment.NONE
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

  private void values(LogEvent event, JsonBytes json) {
    json.raw(VALUES);
    if (!event.message().isEmpty()) {
      json.raw(EventForms.MESSAGE.existence);
    }
    value(EventForms.LEVEL, event.severityText(), json);
    if (event.severity() != Severity.UNSPECIFIED) {
      json.raw(EventForms.SEVERITY.existence);
      number(EventForms.SEVERITY, event.severity().number(), json);
    }
    value(EventForms.SERVICE, event.service(), json);
    value(EventForms.TRACE, event.traceId(), json);
    value(EventForms.SPAN, event.spanId(), json);
    value(EventForms.SOURCE, event.source(), json);
    Attributes attributes = event.attributes();
    for (int i = 0; i < attributes.size(); i++) {
      if (!forms.of(i).isFixed) {
        values(forms.of(i), attributes.value(i), forms.spelling(i), json);
      }
    }
    json.end(']');
  }

  private static void value(FieldForm form, String text, JsonBytes json) {
    if (!text.isEmpty()) {
      json.raw(form.existenceAndText);
      json.folded(text, Spelling.of(text));
      json.next();
    }
  }

  private static void values(FieldForm form, Object value, Spelling spelling, JsonBytes json) {
    if (form.isText) {
      if (!(value instanceof List<?> list && list.isEmpty())) {
        json.raw(form.existence);
      }
    } else if (value instanceof String text) {
      json.raw(form.existenceAndText);
      json.folded(text, spelling);
      json.next();
    } else if (value instanceof Long number) {
      json.raw(form.existence);
      number(form, number, json);
    } else if (value instanceof Double number) {
      json.raw(form.existence);
      json.raw(form.numberTerm);
      json.text(Tokenizer.fold(EventFields.text(number)));
      json.next();
      json.raw(form.doubleTerm);
      json.text(IndexFields.sortable(number));
      json.next();
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        json.raw(i == 0 ? form.existenceAndText : form.textTerm);
        json.text(Tokenizer.fold((String) list.get(i)));
        json.next();
      }
    } else {
      json.raw(form.existenceAndText);
      json.text(value.toString());
      json.next();
    }
  }

  private static void number(FieldForm form, long number, JsonBytes json) {
    json.raw(form.numberTerm);
    json.number(number);
    json.next();
    json.raw(form.longTerm);
    json.sortable(number);
    json.next();
  }

  private void tokens(LogEvent event, JsonBytes json) {
    Attributes attributes = event.attributes();
    json.raw(TOKENS);
    tokens(event.message(), forms.message(), json);
    json.end(']');
    for (int i = 0; i < attributes.size(); i++) {
      if (forms.of(i).tokens != Fragment.NONE) {
        json.raw(forms.of(i).tokens);
        tokens(attributes.value(i), forms.spelling(i), json);
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
      if (forms.of(i).tokens == Fragment.NONE && forms.of(i).isInAnyText) {
        rest(attributes.value(i), forms.spelling(i), message, json);
      }
    }
    json.end(']');
  }

  private void rest(String text, SubTexts message, JsonBytes json) {
    if (!text.isEmpty()) {
      rest(text, Spelling.of(text), message, json);
    }
  }

  /** The tokens of texts, but for those that the message finds. */
  private void rest(Object value, Spelling spelling, SubTexts message, JsonBytes json) {
    boolean isFound =
        spelling != Spelling.OTHER && value instanceof String text && message.hasTokensOf(text);
    if (!isFound) {
      tokens(value, spelling, json);
    }
  }

  /** The tokens of each text between blanks, which no token contains. */
  private void tokens(Object value, Spelling spelling, JsonBytes json) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        String text = (String) list.get(i);
        tokens(text, Spelling.of(text), json);
      }
    } else if (value instanceof String text) {
      int start = json.length();
      json.raw('"');
      json.terms(text, spelling, tokenizer);
      if (json.length() == start + 1) {
        json.cut(start);
      } else {
        json.next();
      }
    }
  }

  private static Fragment key(String name) {
    return Fragment.of(",\"" + name + "\":[");
  }
}
