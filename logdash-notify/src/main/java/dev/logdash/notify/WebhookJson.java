package dev.logdash.notify;

import dev.logdash.api.alert.Notification;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A notification as JSON for programs: texts are as they are, but for halves of surrogate pairs and
 * the ends of what is very long. docs/alerts.md has the schema.
 */
final class WebhookJson {

  // So that no message passes the megabyte at which many receivers stop reading.
  private static final int MAX_TEXT = 4_000;
  private static final int MAX_LINES = 50;
  private static final int MAX_GROUP = 20;
  private static final int VERSION = 1;

  private final JsonFactory json = new JsonFactory();

  byte[] write(Notification notification) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out =
        json.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      write(notification, out);
    }
    return bytes.toByteArray();
  }

  private static void write(Notification notification, JsonGenerator out) {
    out.writeStartObject();
    out.writeNumberProperty("version", VERSION);
    text(out, "id", notification.id());
    text(out, "kind", word(notification.kind()));
    text(out, "rule", notification.rule());
    text(out, "episode", notification.episode());
    out.writeBooleanProperty("repeat", notification.repeat());
    text(out, "urgency", word(notification.urgency()));
    group(out, notification.group());
    text(out, "condition", notification.condition());
    Double value = notification.value();
    if (value == null || value.isNaN() || value.isInfinite()) {
      out.writeNullProperty("value");
    } else {
      out.writeNumberProperty("value", value);
    }
    text(out, "since", notification.since().toString());
    text(out, "at", notification.at().toString());
    text(out, "query", notification.query());
    text(out, "from", notification.from().toString());
    text(out, "to", notification.to().toString());
    URI link = notification.link();
    if (link == null) {
      out.writeNullProperty("link");
    } else {
      text(out, "link", link.toASCIIString());
    }
    out.writeNumberProperty("matches", notification.matches());
    lines(out, notification.lines());
    text(out, "note", notification.note());
    out.writeEndObject();
  }

  private static void group(JsonGenerator out, Map<String, String> group) {
    out.writeObjectPropertyStart("group");
    group.entrySet().stream()
        .limit(MAX_GROUP)
        .forEach(entry -> text(out, readable(entry.getKey()), entry.getValue()));
    out.writeEndObject();
  }

  private static void lines(JsonGenerator out, List<Notification.Line> lines) {
    out.writeArrayPropertyStart("lines");
    for (Notification.Line line : lines.subList(0, Math.min(MAX_LINES, lines.size()))) {
      out.writeStartObject();
      text(out, "time", line.time().toString());
      text(out, "service", line.service());
      text(out, "severity", line.severity().className());
      out.writeNumberProperty("severity_number", line.severity().number());
      text(out, "text", line.text());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void text(JsonGenerator out, String name, String value) {
    out.writeStringProperty(name, readable(value));
  }

  private static String readable(String text) {
    return VisibleText.repair(VisibleText.cut(text, MAX_TEXT));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
