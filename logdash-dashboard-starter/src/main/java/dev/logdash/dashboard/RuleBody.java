package dev.logdash.dashboard;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.logdash.api.alert.Notification;
import dev.logdash.api.event.RawRecord;
import dev.logdash.core.alert.AlertRule;
import dev.logdash.core.alert.Spans;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A rule as the API has it. What is not given has its default; owner, condition and problem are
 * told, and what a body says of them is not read.
 */
record RuleBody(
    @Nullable String id,
    @Nullable Long version,
    @Nullable String owner,
    @Nullable String name,
    @Nullable String dataset,
    @Nullable String query,
    @Nullable MeasureBody measure,
    @Nullable String op,
    @Nullable Double threshold,
    @Nullable String window,
    @JsonProperty("for") @Nullable String hold,
    @Nullable List<String> groupBy,
    @Nullable String severity,
    @Nullable List<String> channels,
    @Nullable String note,
    @Nullable Boolean enabled,
    @Nullable String condition,
    @Nullable String problem) {

  private static final double DEFAULT_PERCENTILE = 0.95;

  /** What is measured. */
  record MeasureBody(
      @Nullable String kind,
      @Nullable String source,
      @Nullable String field,
      @Nullable Double percentile,
      @Nullable String of) {

    static final MeasureBody NONE = new MeasureBody(null, null, null, null, null);
  }

  /**
   * The rule that it says.
   *
   * @throws IllegalArgumentException if a member is not what it must be, naming it
   */
  AlertRule rule(String ownId) {
    MeasureBody what = measure == null ? MeasureBody.NONE : measure;
    return new AlertRule(
        ownId,
        version == null ? 0 : version,
        "",
        text(name, "").strip(),
        text(dataset, RawRecord.DEFAULT_DATASET),
        text(query, "").strip(),
        new AlertRule.Measure(
            one(AlertRule.Kind.class, "kind", text(what.kind(), "count")),
            one(AlertRule.Source.class, "source", text(what.source(), "events")),
            text(what.field(), "event.duration"),
            what.percentile() == null ? DEFAULT_PERCENTILE : what.percentile(),
            text(what.of(), "").strip()),
        AlertRule.Comparison.of(text(op, ">")),
        threshold == null ? 0 : threshold,
        Spans.parse(text(window, "5m")),
        Spans.parse(text(hold, "0s")),
        groupBy == null ? List.of() : groupBy,
        one(Notification.Urgency.class, "severity", text(severity, "warning")),
        channels == null ? List.of() : channels,
        text(note, ""),
        enabled == null || enabled);
  }

  static void write(JsonGenerator json, AlertRule rule, String problem) {
    json.writeStartObject();
    json.writeStringProperty("id", rule.id());
    json.writeNumberProperty("version", rule.version());
    Json.text(json, "owner", rule.owner());
    Json.text(json, "name", rule.name());
    json.writeStringProperty("dataset", rule.dataset());
    Json.text(json, "query", rule.query());
    measure(json, rule.measure());
    json.writeStringProperty("op", rule.comparison().sign());
    json.writeNumberProperty("threshold", rule.threshold());
    json.writeStringProperty("window", Spans.text(rule.window()));
    json.writeStringProperty("for", Spans.text(rule.hold()));
    json.writeArrayPropertyStart("groupBy");
    rule.groupBy().forEach(json::writeString);
    json.writeEndArray();
    json.writeStringProperty("severity", lower(rule.urgency()));
    json.writeArrayPropertyStart("channels");
    rule.channels().forEach(json::writeString);
    json.writeEndArray();
    Json.text(json, "note", rule.note());
    json.writeBooleanProperty("enabled", rule.enabled());
    Json.text(json, "condition", rule.condition());
    Json.text(json, "problem", problem);
    json.writeEndObject();
  }

  static void measure(JsonGenerator json, AlertRule.Measure measure) {
    json.writeObjectPropertyStart("measure");
    json.writeStringProperty("kind", lower(measure.kind()));
    json.writeStringProperty("source", lower(measure.source()));
    Json.text(json, "field", measure.field());
    json.writeNumberProperty("percentile", measure.percentile());
    Json.text(json, "of", measure.of());
    json.writeEndObject();
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> E one(Class<E> type, String member, String text) {
    for (E value : Objects.requireNonNull(type.getEnumConstants())) {
      if (lower(value).equals(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException(member + " is none of those known: " + text);
  }

  private static String text(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }
}
