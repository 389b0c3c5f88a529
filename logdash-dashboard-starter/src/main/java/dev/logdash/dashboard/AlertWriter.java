package dev.logdash.dashboard;

import dev.logdash.api.alert.Notification;
import dev.logdash.core.alert.AlertPreview;
import dev.logdash.core.alert.AlertRule;
import dev.logdash.core.alert.AlertingService;
import dev.logdash.core.alert.Delivery;
import dev.logdash.core.alert.Episode;
import dev.logdash.core.alert.Message;
import dev.logdash.core.alert.Silence;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** What fires, what would have fired, and silences, as the HTTP API shows them. */
final class AlertWriter {

  private AlertWriter() {}

  static void write(JsonGenerator json, AlertPreview.Result result) {
    json.writeArrayPropertyStart("firings");
    for (AlertPreview.Firing firing : result.firings()) {
      json.writeStartObject();
      json.writeStringProperty("from", time(firing.from()));
      json.writeName("to");
      timeOrNull(json, firing.to());
      group(json, firing.group());
      json.writeName("value");
      numberOrNull(json, firing.value());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("points");
    for (AlertPreview.Point point : result.points()) {
      json.writeStartObject();
      json.writeNumberProperty("time", point.second() * 1_000);
      json.writeName("value");
      numberOrNull(json, point.value());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void write(JsonGenerator json, AlertingService.Alert alert) {
    AlertRule rule = alert.rule();
    Episode episode = alert.episode();
    json.writeStartObject();
    json.writeStringProperty("id", alert.id());
    json.writeStringProperty("ruleId", rule.id());
    Json.text(json, "rule", rule.name());
    json.writeStringProperty("severity", RuleBody.lower(rule.urgency()));
    json.writeStringProperty("state", RuleBody.lower(episode.state()));
    group(json, alert.group());
    RuleBody.measure(json, rule.measure());
    json.writeStringProperty("op", rule.comparison().sign());
    json.writeNumberProperty("threshold", rule.threshold());
    json.writeName("value");
    numberOrNull(json, episode.value());
    Json.text(json, "condition", rule.condition());
    json.writeStringProperty("since", time(episode.since()));
    json.writeName("fired");
    timeOrNull(json, episode.fired());
    json.writeName("until");
    timeOrNull(json, episode.ended());
    Json.text(json, "query", alert.query());
    json.writeStringProperty("dataset", rule.dataset());
    json.writeStringProperty("from", time(episode.since() - rule.window().toSeconds()));
    json.writeName("to");
    timeOrNull(json, episode.ended());
    json.writeBooleanProperty("silenced", alert.silenced());
    json.writeArrayPropertyStart("notified");
    for (Message message : episode.messages()) {
      for (Delivery delivery : message.deliveries()) {
        write(json, message.kind(), delivery, alert.channels());
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(
      JsonGenerator json, Notification.Kind kind, Delivery delivery, Map<String, String> channels) {
    json.writeStartObject();
    Json.text(
        json, "channel", channels.getOrDefault(delivery.channel(), "a channel that was removed"));
    json.writeStringProperty("kind", RuleBody.lower(kind));
    json.writeStringProperty("status", RuleBody.lower(delivery.status()));
    json.writeStringProperty("at", Instant.ofEpochMilli(delivery.at()).toString());
    json.writeNumberProperty("attempts", delivery.attempts());
    Json.text(json, "reason", delivery.reason());
    json.writeEndObject();
  }

  static void write(JsonGenerator json, Silence silence) {
    json.writeStartObject();
    json.writeStringProperty("id", silence.id());
    json.writeStringProperty("rule", silence.rule());
    group(json, silence.group());
    json.writeStringProperty("from", silence.from().toString());
    json.writeStringProperty("until", silence.until().toString());
    Json.text(json, "by", silence.by());
    Json.text(json, "comment", silence.comment());
    json.writeEndObject();
  }

  private static void group(JsonGenerator json, Map<String, String> group) {
    json.writeObjectPropertyStart("group");
    new TreeMap<>(group).forEach((field, value) -> Json.text(json, field, value));
    json.writeEndObject();
  }

  private static String time(long second) {
    return Instant.ofEpochSecond(second).toString();
  }

  private static void timeOrNull(JsonGenerator json, long second) {
    if (second == 0) {
      json.writeNull();
    } else {
      json.writeString(time(second));
    }
  }

  private static void numberOrNull(JsonGenerator json, double value) {
    if (Double.isNaN(value)) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }
}
