package dev.logdash.dashboard;

import dev.logdash.api.auth.Permission;
import dev.logdash.core.config.ConfigKey;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import java.util.List;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;

/** How the installation is set. Settings are changed where they stand, and hold from a start on. */
final class SettingsRoutes {

  private final LogdashConfig config;

  SettingsRoutes(LogdashConfig config) {
    this.config = config;
  }

  List<Route> routes() {
    return List.of(Route.get("api/v1/settings", Permission.SETTINGS, List.of(), this::settings));
  }

  private Mono<Reply> settings(Exchange exchange) {
    return Mono.fromSupplier(
        () ->
            Reply.object(
                json -> {
                  json.writeArrayPropertyStart("settings");
                  ConfigKeys.ALL.forEach(key -> write(json, key));
                  json.writeEndArray();
                }));
  }

  private void write(JsonGenerator json, ConfigKey<?> key) {
    json.writeStartObject();
    json.writeStringProperty("name", key.name());
    Json.text(json, "value", config.shown(key));
    json.writeStringProperty("default", key.defaultText());
    Json.text(json, "source", config.source(key).orElse(""));
    json.writeStringProperty("kind", key.type().kind());
    json.writeStringProperty("description", key.description());
    json.writeEndObject();
  }
}
