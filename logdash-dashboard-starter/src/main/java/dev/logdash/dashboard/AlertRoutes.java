package dev.logdash.dashboard;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.core.alert.AlertRule;
import dev.logdash.core.alert.AlertingService;
import dev.logdash.core.alert.Episode;
import dev.logdash.core.alert.StaleVersionException;
import dev.logdash.core.auth.Actor;
import dev.logdash.core.query.TimeGrammar;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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
        .<Reply>map(result -> Reply.object(json -> AlertWriter.write(json, result)))
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
                      alerts.forEach(alert -> AlertWriter.write(json, alert));
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
                      all.forEach(silence -> AlertWriter.write(json, silence));
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
                      AlertWriter.write(json, silence);
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
}
