package dev.logdash.dashboard;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.auth.Permission;
import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.core.alert.AlertPreview;
import dev.logdash.core.alert.AlertRule;
import dev.logdash.core.alert.AlertingService;
import dev.logdash.core.alert.Delivery;
import dev.logdash.core.alert.Episode;
import dev.logdash.core.alert.Message;
import dev.logdash.core.alert.Silence;
import dev.logdash.core.alert.StaleVersionException;
import dev.logdash.core.auth.Actor;
import dev.logdash.core.query.TimeGrammar;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;

/** Rules, what fires, and silences. */
final class AlertRoutes {

  private static final int MAX_BODY = 64 * 1024;
  private static final int MAX_ALERTS = 1_000;
  private static final long NANOS = 1_000_000_000L;
  private static final long LONGEST_PREVIEW = 7 * 86_400L;

  private final AlertingService alerting;
  private final SearchSlots slots;
  private final Clock clock;

  AlertRoutes(AlertingService alerting, SearchSlots slots, Clock clock) {
    this.alerting = alerting;
    this.slots = slots;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get("api/v1/rules", Permission.RULES, List.of(), this::rules),
        Route.change("POST", "api/v1/rules", Permission.RULES, this::addRule),
        Route.change("POST", "api/v1/rules/preview", Permission.RULES, this::preview),
        Route.get("api/v1/rules/{id}", Permission.RULES, List.of(), this::rule),
        Route.change("PUT", "api/v1/rules/{id}", Permission.RULES, this::changeRule),
        Route.change("DELETE", "api/v1/rules/{id}", Permission.RULES, this::removeRule),
        Route.get(
            "api/v1/alerts", Permission.OVERVIEW, List.of("state", "rule", "limit"), this::alerts),
        Route.get("api/v1/silences", Permission.SILENCES, List.of(), this::silences),
        Route.change("POST", "api/v1/silences", Permission.SILENCES, this::addSilence),
        Route.change("DELETE", "api/v1/silences/{id}", Permission.SILENCES, this::endSilence));
  }

  private record Trial(@Nullable RuleBody rule, @Nullable String from, @Nullable String to) {}

  private record NewSilence(
      @Nullable String rule,
      @Nullable Map<String, String> group,
      @Nullable String until,
      @Nullable String comment) {}

  private Mono<Reply> rules(Exchange exchange) {
    return Mono.zip(alerting.rules().list(actor(exchange)).collectList(), alerting.problems())
        .map(
            found ->
                Reply.object(
                    json -> {
                      json.writeArrayPropertyStart("rules");
                      found
                          .getT1()
                          .forEach(
                              rule ->
                                  RuleBody.write(
                                      json, rule, found.getT2().getOrDefault(rule.id(), "")));
                      json.writeEndArray();
                    }));
  }

  private Mono<Reply> rule(Exchange exchange) {
    return answered(alerting.rules().find(actor(exchange), exchange.variable("id")));
  }

  private Mono<Reply> addRule(Exchange exchange) {
    return answered(
        body(exchange, RuleBody.class)
            .flatMap(body -> alerting.rules().add(actor(exchange), body.rule(""))));
  }

  private Mono<Reply> changeRule(Exchange exchange) {
    return answered(
        body(exchange, RuleBody.class)
            .flatMap(
                body ->
                    alerting.rules().change(actor(exchange), body.rule(exchange.variable("id")))));
  }

  private Mono<Reply> removeRule(Exchange exchange) {
    return removed(
        alerting.rules().remove(actor(exchange), exchange.variable("id")), "there is no such rule");
  }

  private Mono<Reply> preview(Exchange exchange) {
    return body(exchange, Trial.class)
        .flatMap(
            trial -> {
              RuleBody rule = trial.rule();
              if (rule == null) {
                throw Problem.badRequest("body", "rule is missing");
              }
              long from = second(trial.from() == null ? "1d" : trial.from());
              long to = second(trial.to() == null ? "now" : trial.to());
              if (to <= from || to - from > LONGEST_PREVIEW) {
                throw Problem.badRequest("body", "a preview is of up to 7 days");
              }
              return slots.run(
                  exchange.principal().name(),
                  alerting.preview().run(actor(exchange), rule.rule(""), from, to));
            })
        .<Reply>map(result -> Reply.object(json -> write(json, result)))
        .onErrorMap(AlertRoutes::refused);
  }

  private long second(String time) {
    return new TimeGrammar(clock).parse(time).firstNanos() / NANOS;
  }

  private Mono<Reply> alerts(Exchange exchange) {
    Episode.State state;
    try {
      state = RuleBody.one(Episode.State.class, "state", exchange.text("state", "firing"));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("parameter", "state is firing, pending or resolved");
    }
    String rule = exchange.text("rule", "");
    int limit = exchange.number("limit", 200, 1, MAX_ALERTS);
    Flux<AlertingService.Alert> found = alerting.alerts(actor(exchange), state, MAX_ALERTS);
    return found
        .filter(alert -> rule.isEmpty() || alert.rule().id().equals(rule))
        .take(limit)
        .collectList()
        .map(
            alerts ->
                Reply.object(
                    json -> {
                      json.writeArrayPropertyStart("alerts");
                      alerts.forEach(alert -> write(json, alert));
                      json.writeEndArray();
                    }));
  }

  private Mono<Reply> silences(Exchange exchange) {
    return alerting
        .silences()
        .list(actor(exchange))
        .collectList()
        .map(
            all ->
                Reply.object(
                    json -> {
                      json.writeArrayPropertyStart("silences");
                      all.forEach(silence -> write(json, silence));
                      json.writeEndArray();
                    }));
  }

  private Mono<Reply> addSilence(Exchange exchange) {
    return body(exchange, NewSilence.class)
        .flatMap(
            body -> {
              if (body.until() == null) {
                throw Problem.badRequest("body", "until is missing");
              }
              return alerting
                  .silences()
                  .add(
                      actor(exchange),
                      body.rule() == null ? "" : body.rule(),
                      body.group() == null ? Map.of() : body.group(),
                      instant(body.until()),
                      body.comment() == null ? "" : body.comment());
            })
        .<Reply>map(
            silence ->
                Reply.object(
                    json -> {
                      json.writeName("silence");
                      write(json, silence);
                    }))
        .onErrorMap(AlertRoutes::refused);
  }

  private Mono<Reply> endSilence(Exchange exchange) {
    return removed(
        alerting.silences().end(actor(exchange), exchange.variable("id")),
        "there is no such silence");
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw Problem.badRequest("body", "until is a time such as 2026-11-23T12:00:00Z");
    }
  }

  private static Mono<Reply> answered(Mono<AlertRule> rule) {
    return rule.<Reply>map(
            found ->
                Reply.object(
                    json -> {
                      json.writeName("rule");
                      RuleBody.write(json, found, "");
                    }))
        .switchIfEmpty(Mono.error(() -> Problem.notFound("there is no such rule")))
        .onErrorMap(AlertRoutes::refused);
  }

  static Mono<Reply> removed(Mono<Boolean> removal, String missing) {
    return removal
        .<Reply>map(
            done -> {
              if (!done) {
                throw Problem.notFound(missing);
              }
              return Reply.object(json -> json.writeBooleanProperty("removed", true));
            })
        .onErrorMap(AlertRoutes::refused);
  }

  static Throwable refused(Throwable error) {
    if (error instanceof StaleVersionException) {
      return Problem.of(409, "stale", String.valueOf(error.getMessage()), "");
    }
    return error instanceof IllegalArgumentException && !(error instanceof QuerySyntaxException)
        ? Problem.badRequest("refused", String.valueOf(error.getMessage()))
        : error;
  }

  static Actor actor(Exchange exchange) {
    return new Actor(exchange.principal(), exchange.credentials().clientAddress());
  }

  static <T> Mono<T> body(Exchange exchange, Class<T> type) {
    return Mono.fromCallable(() -> Json.read(exchange.body(MAX_BODY), type));
  }

  private static void write(JsonGenerator json, AlertPreview.Result result) {
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

  private static void write(JsonGenerator json, AlertingService.Alert alert) {
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

  private static void write(JsonGenerator json, Silence silence) {
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
