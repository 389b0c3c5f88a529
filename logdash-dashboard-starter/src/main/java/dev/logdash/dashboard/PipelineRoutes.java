package dev.logdash.dashboard;

import dev.logdash.api.auth.Permission;
import dev.logdash.core.Logdash;
import dev.logdash.core.config.ServerRole;
import dev.logdash.core.decode.Timestamps;
import dev.logdash.core.pipeline.Totals;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;

/** How logdash itself does. */
final class PipelineRoutes {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final double NANOS = 1e9;

  private final Logdash logdash;
  private final Supplier<PipelineState> state;
  private final @Nullable Supplier<String> metrics;
  private final Rates rates;
  private final Clock clock;
  private final String version;
  private final ServerRole role;
  private final Instant since;

  PipelineRoutes(DashboardBuilder given, Rates rates) {
    this.logdash = given.logdash();
    this.state = given.pipeline();
    this.metrics = given.metrics();
    this.rates = rates;
    this.clock = given.clock();
    this.version = given.version();
    this.role = given.role();
    this.since = clock.instant();
  }

  List<Route> routes() {
    return List.of(
        Route.get("api/v1/pipeline", Permission.PIPELINE, List.of(), this::pipeline),
        Route.get("health", null, List.of(), this::health),
        Route.get("metrics", Permission.PIPELINE, List.of(), this::metrics));
  }

  private record Part(String name, String problem) {
    boolean ok() {
      return problem.isEmpty();
    }
  }

  private Mono<List<Part>> parts() {
    return Flux.concat(
            role.takesIn() ? part("ingest", logdash.sink().check()) : Mono.<Part>empty(),
            role.processes() ? part("processing", logdash.processing()) : Mono.<Part>empty(),
            part("statistics", logdash.rollups().check()),
            part("documents", logdash.documents().check()))
        .collectList();
  }

  private static Mono<Part> part(String name, Mono<Void> check) {
    return check
        .timeout(PATIENCE)
        .thenReturn(new Part(name, ""))
        .onErrorResume(error -> Mono.just(new Part(name, String.valueOf(error.getMessage()))));
  }

  private Mono<Reply> pipeline(Exchange exchange) {
    return parts().map(parts -> Reply.object(json -> pipeline(json, parts)));
  }

  private void pipeline(JsonGenerator json, List<Part> parts) {
    PipelineState now = state.get();
    Totals totals = logdash.totals();
    parts(json, parts);
    json.writeObjectPropertyStart("totals");
    json.writeNumberProperty("records", totals.lines());
    json.writeNumberProperty("events", totals.events());
    json.writeNumberProperty("deadLetters", totals.deadLetters());
    json.writeNumberProperty("repeated", totals.repeatedLines());
    json.writeEndObject();
    json.writeArrayPropertyStart("dropped");
    now.dropped()
        .forEach(
            (reason, count) -> {
              if (count > 0) {
                json.writeStartObject();
                json.writeStringProperty("reason", reason);
                json.writeNumberProperty("count", count);
                json.writeEndObject();
              }
            });
    json.writeEndArray();
    Rates.Now rate = rates.now();
    json.writeObjectPropertyStart("rates");
    json.writeNumberProperty("in", rate.spooled());
    json.writeNumberProperty("stored", rate.stored());
    json.writeEndObject();
    json.writeObjectPropertyStart("spool");
    json.writeNumberProperty("bytes", now.spoolBytes());
    json.writeNumberProperty("maxBytes", now.spoolMaxBytes());
    json.writeEndObject();
    json.writeObjectPropertyStart("lag");
    json.writeNumberProperty("seconds", lagSeconds(now));
    json.writeEndObject();
    json.writeStringProperty("version", version);
    json.writeStringProperty(
        "since", Timestamps.format(ChronoUnit.NANOS.between(Instant.EPOCH, since)));
  }

  private double lagSeconds(PipelineState now) {
    return now.oldestWaitingNanos() < 0
        ? 0
        : Math.max(
            0,
            (ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()) - now.oldestWaitingNanos())
                / NANOS);
  }

  /** Whether it works, for anybody; which part does not, for those who may know. */
  private Mono<Reply> health(Exchange exchange) {
    boolean details = !exchange.isAnonymous() && exchange.principal().may(Permission.PIPELINE);
    return parts()
        .map(
            parts -> {
              boolean ok = parts.stream().allMatch(Part::ok);
              byte[] body =
                  Json.object(
                      json -> {
                        json.writeStringProperty("status", ok ? "up" : "down");
                        if (details) {
                          parts(json, parts);
                        }
                      });
              return new Reply.Body(ok ? 200 : 503, Reply.JSON, body, Map.of());
            });
  }

  private static void parts(JsonGenerator json, List<Part> parts) {
    json.writeArrayPropertyStart("parts");
    for (Part part : parts) {
      json.writeStartObject();
      json.writeStringProperty("name", part.name());
      json.writeBooleanProperty("ok", part.ok());
      if (!part.ok()) {
        Json.text(json, "message", part.problem());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private Mono<Reply> metrics(Exchange exchange) {
    Supplier<String> text = metrics;
    if (text == null) {
      return Mono.error(Problem.notFound("this host keeps its metrics elsewhere"));
    }
    return Mono.fromCallable(
        () ->
            new Reply.Body(
                200,
                "text/plain;version=0.0.4;charset=utf-8",
                text.get().getBytes(StandardCharsets.UTF_8),
                Map.of()));
  }
}
