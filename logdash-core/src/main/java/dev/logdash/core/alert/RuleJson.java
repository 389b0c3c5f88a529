package dev.logdash.core.alert;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.document.Document;
import dev.logdash.core.json.JsonDocument;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rules as documents. */
final class RuleJson {

  private static final String FORMAT = "format";
  private static final long VERSION = 1;

  private RuleJson() {}

  static String write(AlertRule rule) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(FORMAT, VERSION);
    json.put("owner", rule.owner());
    json.put("name", rule.name());
    json.put("dataset", rule.dataset());
    json.put("query", rule.query());
    json.put("kind", rule.measure().kind().name());
    json.put("source", rule.measure().source().name());
    json.put("field", rule.measure().field());
    json.put("percentile", rule.measure().percentile());
    json.put("of", rule.measure().of());
    json.put("comparison", rule.comparison().name());
    json.put("threshold", rule.threshold());
    json.put("window", rule.window().toSeconds());
    json.put("hold", rule.hold().toSeconds());
    json.put("groupBy", rule.groupBy());
    json.put("urgency", rule.urgency().name());
    json.put("channels", rule.channels());
    json.put("note", rule.note());
    json.put("enabled", rule.enabled());
    return JsonDocument.write(json);
  }

  static AlertRule read(String id, Document document) {
    JsonDocument json = JsonDocument.read(document.key(), document.body());
    json.requireFormat(FORMAT, VERSION);
    return new AlertRule(
        id,
        document.version(),
        json.text("owner"),
        json.text("name"),
        json.text("dataset"),
        json.text("query"),
        new AlertRule.Measure(
            AlertRule.Kind.valueOf(json.text("kind")),
            AlertRule.Source.valueOf(json.text("source")),
            json.text("field"),
            json.real("percentile"),
            json.text("of")),
        AlertRule.Comparison.valueOf(json.text("comparison")),
        json.real("threshold"),
        Duration.ofSeconds(json.number("window")),
        Duration.ofSeconds(json.number("hold")),
        json.texts("groupBy"),
        Notification.Urgency.valueOf(json.text("urgency")),
        json.texts("channels"),
        json.text("note"),
        json.flag("enabled"));
  }
}
