package dev.logdash.core.enrich;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.ingest.Enricher;
import dev.logdash.core.template.FormIds;

/**
 * Gives an event {@value FormIds#FIELD}: of the template it brings, else of its message. Requests
 * whose message is the line of an access log get none, since their route says it better; neither do
 * events without a message. What a sender says there is replaced, since events are counted and
 * found by it.
 */
final class FormEnricher implements Enricher {

  private final ThreadLocal<FormIds> ids = ThreadLocal.withInitial(FormIds::new);

  @Override
  public LogEvent enrich(LogEvent event) {
    Attributes attributes = event.attributes();
    String form = form(event, attributes);
    Object known = attributes.get(FormIds.FIELD);
    if (known == null) {
      return form.isEmpty()
          ? event
          : with(event, attributes.toBuilder().put(FormIds.FIELD, form).build());
    }
    return form.equals(known) ? event : with(event, replaced(attributes, form));
  }

  private String form(LogEvent event, Attributes attributes) {
    String template = attributes.text(FormIds.TEMPLATE_FIELD);
    if (!template.isEmpty()) {
      return FormIds.ofTemplate(template);
    }
    String message = event.message();
    return message.isEmpty() || isRequestLine(message, attributes)
        ? ""
        : ids.get().ofMessage(message);
  }

  private static boolean isRequestLine(String message, Attributes attributes) {
    if (attributes.get(EcsFields.HTTP_ROUTE) == null) {
      return false;
    }
    String method = attributes.text(EcsFields.HTTP_METHOD);
    String path = attributes.text(EcsFields.URL_PATH);
    return !method.isEmpty()
        && !path.isEmpty()
        && message.contains(method)
        && message.contains(path);
  }

  private static Attributes replaced(Attributes attributes, String form) {
    Attributes.Builder builder = Attributes.builder();
    if (!form.isEmpty()) {
      builder.put(FormIds.FIELD, form);
    }
    for (int i = 0; i < attributes.size(); i++) {
      if (!attributes.name(i).equals(FormIds.FIELD)) {
        builder.putValue(attributes.name(i), attributes.value(i));
      }
    }
    return builder.build();
  }

  private static LogEvent with(LogEvent event, Attributes attributes) {
    return event.toBuilder().attributes(attributes).build();
  }
}
