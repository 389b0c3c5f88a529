package dev.logdash.core.alert;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.event.Severity;
import dev.logdash.core.json.JsonDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The states of rules, and what became of episodes, as documents. */
final class StateJson {

  private static final String FORMAT = "format";
  private static final long VERSION = 1;

  private StateJson() {}

  static String write(RuleState state) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(FORMAT, VERSION);
    json.put("tick", state.tick());
    json.put("fields", state.fields());
    json.put("overflow", state.overflow());
    json.put("problem", state.problem());
    json.put("episodes", state.episodes().stream().map(StateJson::episode).toList());
    List<Object> known = new ArrayList<>();
    state.known().forEach((group, seen) -> known.add(Map.of("group", group, "seen", seen)));
    json.put("known", known);
    return JsonDocument.write(json);
  }

  static RuleState read(String key, String body) {
    JsonDocument json = JsonDocument.read(key, body);
    json.requireFormat(FORMAT, VERSION);
    Map<List<String>, Long> known = new HashMap<>();
    for (JsonDocument one : json.objects("known")) {
      known.put(one.texts("group"), one.number("seen"));
    }
    return new RuleState(
        json.number("tick"),
        json.objects("episodes").stream().map(StateJson::episode).toList(),
        known,
        json.texts("fields"),
        json.number("overflow"),
        json.text("problem"));
  }

  static Map<String, Object> episode(Episode episode) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("group", episode.group());
    json.put("state", episode.state().name());
    json.put("since", episode.since());
    json.put("fired", episode.fired());
    json.put("quiet", episode.quiet());
    json.put("ended", episode.ended());
    json.put("value", number(episode.value()));
    json.put("messages", episode.messages().stream().map(StateJson::message).toList());
    return json;
  }

  static Episode episode(JsonDocument json) {
    return new Episode(
        json.texts("group"),
        Episode.State.valueOf(json.text("state")),
        json.number("since"),
        json.number("fired"),
        json.number("quiet"),
        json.number("ended"),
        number(json),
        json.objects("messages").stream().map(StateJson::message).toList());
  }

  private static Map<String, Object> message(Message message) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", message.kind().name());
    json.put("at", message.at());
    json.put("value", number(message.value()));
    json.put("matches", message.matches());
    json.put("lines", message.lines().stream().map(StateJson::line).toList());
    json.put("deliveries", message.deliveries().stream().map(StateJson::delivery).toList());
    return json;
  }

  private static Message message(JsonDocument json) {
    return new Message(
        Notification.Kind.valueOf(json.text("kind")),
        json.number("at"),
        number(json),
        json.number("matches"),
        json.objects("lines").stream().map(StateJson::line).toList(),
        json.objects("deliveries").stream().map(StateJson::delivery).toList());
  }

  private static Map<String, Object> line(Notification.Line line) {
    return Map.of(
        "time", line.time().toString(),
        "service", line.service(),
        "severity", line.severity().name(),
        "text", line.text());
  }

  private static Notification.Line line(JsonDocument json) {
    return new Notification.Line(
        Instant.parse(json.text("time")),
        json.text("service"),
        Severity.valueOf(json.text("severity")),
        json.text("text"));
  }

  private static Map<String, Object> delivery(Delivery delivery) {
    return Map.of(
        "channel", delivery.channel(),
        "status", delivery.status().name(),
        "attempts", (long) delivery.attempts(),
        "at", delivery.at(),
        "by", delivery.by(),
        "unsure", delivery.unsure(),
        "reason", delivery.reason());
  }

  private static Delivery delivery(JsonDocument json) {
    return new Delivery(
        json.text("channel"),
        Delivery.Status.valueOf(json.text("status")),
        Math.toIntExact(json.number("attempts")),
        json.number("at"),
        json.text("by"),
        json.flag("unsure"),
        json.text("reason"));
  }

  // JSON has no word for what is not a number.
  private static Object number(double value) {
    return Double.isNaN(value) ? "" : value;
  }

  private static double number(JsonDocument json) {
    return json.isNumber("value") ? json.real("value") : Double.NaN;
  }
}
