package dev.logdash.dashboard;

import dev.logdash.api.alert.NotifierType;
import dev.logdash.api.auth.Permission;
import dev.logdash.api.error.BackendException;
import dev.logdash.core.alert.AlertChannel;
import dev.logdash.core.alert.AlertChannels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;

/** Where alerts are sent. */
final class ChannelRoutes {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final AlertChannels channels;

  ChannelRoutes(AlertChannels channels) {
    this.channels = channels;
  }

  List<Route> routes() {
    return List.of(
        Route.get("api/v1/channels", Permission.RULES, List.of(), this::channels),
        Route.get("api/v1/channel-types", Permission.CHANNELS, List.of(), this::types),
        Route.change("POST", "api/v1/channels", Permission.CHANNELS, this::add),
        Route.change("PUT", "api/v1/channels/{id}", Permission.CHANNELS, this::change),
        Route.change("DELETE", "api/v1/channels/{id}", Permission.CHANNELS, this::remove),
        Route.change("POST", "api/v1/channels/{id}/test", Permission.CHANNELS, this::test));
  }

  private record ChannelBody(
      @Nullable Long version,
      @Nullable String kind,
      @Nullable String name,
      @Nullable Map<String, String> settings) {

    AlertChannel channel(String id) {
      return new AlertChannel(
          id,
          version == null ? 0 : version,
          kind == null ? "" : kind,
          name == null ? "" : name.strip(),
          settings == null ? Map.of() : settings);
    }
  }

  private Mono<Reply> channels(Exchange exchange) {
    return channels
        .list(AlertRoutes.actor(exchange))
        .collectList()
        .map(
            all ->
                Reply.object(
                    json -> {
                      json.writeArrayPropertyStart("channels");
                      all.forEach(channel -> write(json, channel));
                      json.writeEndArray();
                    }));
  }

  private Mono<Reply> types(Exchange exchange) {
    return Mono.fromSupplier(
        () ->
            Reply.object(
                json -> {
                  json.writeArrayPropertyStart("types");
                  channels.types().forEach(type -> write(json, type));
                  json.writeEndArray();
                }));
  }

  private Mono<Reply> add(Exchange exchange) {
    return saved(
        AlertRoutes.body(exchange, ChannelBody.class)
            .flatMap(body -> channels.save(AlertRoutes.actor(exchange), body.channel(""))));
  }

  private Mono<Reply> change(Exchange exchange) {
    return saved(
        AlertRoutes.body(exchange, ChannelBody.class)
            .flatMap(
                body ->
                    channels.save(
                        AlertRoutes.actor(exchange), body.channel(exchange.variable("id")))));
  }

  private static Mono<Reply> saved(Mono<AlertChannel> channel) {
    return channel
        .<Reply>map(
            saved ->
                Reply.object(
                    json -> {
                      json.writeName("channel");
                      write(json, saved);
                    }))
        .switchIfEmpty(Mono.error(ChannelRoutes::missing))
        .onErrorMap(AlertRoutes::refused);
  }

  private Mono<Reply> remove(Exchange exchange) {
    return AlertRoutes.removed(
        channels.remove(AlertRoutes.actor(exchange), exchange.variable("id")),
        "there is no such channel");
  }

  /** Whether a message arrived is the answer, not whether the request was right. */
  private Mono<Reply> test(Exchange exchange) {
    return channels
        .test(AlertRoutes.actor(exchange), exchange.variable("id"))
        .timeout(PATIENCE)
        .map(channel -> tried(true, ""))
        .switchIfEmpty(Mono.error(ChannelRoutes::missing))
        .onErrorResume(
            error -> error instanceof BackendException || error instanceof TimeoutException,
            error ->
                Mono.just(
                    tried(
                        false,
                        error instanceof TimeoutException
                            ? "no answer in time"
                            : String.valueOf(error.getMessage()))));
  }

  private static Reply tried(boolean ok, String message) {
    return Reply.object(
        json -> {
          json.writeBooleanProperty("ok", ok);
          Json.text(json, "message", message);
        });
  }

  private static Problem missing() {
    return Problem.notFound("there is no such channel");
  }

  private static void write(JsonGenerator json, AlertChannel channel) {
    json.writeStartObject();
    json.writeStringProperty("id", channel.id());
    json.writeNumberProperty("version", channel.version());
    json.writeStringProperty("kind", channel.kind());
    Json.text(json, "name", channel.name());
    json.writeObjectPropertyStart("settings");
    new TreeMap<>(channel.settings()).forEach((name, value) -> Json.text(json, name, value));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, NotifierType type) {
    json.writeStartObject();
    json.writeStringProperty("name", type.name());
    json.writeArrayPropertyStart("settings");
    for (NotifierType.Setting setting : type.settings()) {
      json.writeStartObject();
      json.writeStringProperty("name", setting.name());
      json.writeBooleanProperty("required", setting.required());
      json.writeBooleanProperty("secret", setting.secret());
      json.writeStringProperty("description", setting.description());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
