package dev.logdash.dashboard;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;

/**
 * What shippers ask Elasticsearch before they send anything. They are told what they need to go on,
 * and nothing that logdash is not: templates, pipelines and policies do not exist here.
 */
final class ShipperRoutes {

  /** Without it the clients of Elasticsearch refuse to go on. */
  static final Map<String, String> PRODUCT = Map.of("X-Elastic-Product", "Elasticsearch");

  // Whose form of the bulk API is taken; shippers refuse servers that are older than they are.
  private static final String VERSION = "8.19.0";

  List<Route> routes() {
    return List.of(
        Route.asked("", exchange -> answer(ShipperRoutes::root)),
        Route.asked("_license", exchange -> answer(ShipperRoutes::license)),
        Route.asked("_cluster/health", exchange -> answer(ShipperRoutes::health)));
  }

  private static void root(JsonGenerator json) {
    json.writeStringProperty("name", "logdash");
    json.writeStringProperty("cluster_name", "logdash");
    json.writeStringProperty("cluster_uuid", "logdash");
    json.writeObjectPropertyStart("version");
    json.writeStringProperty("number", VERSION);
    json.writeStringProperty("build_flavor", "default");
    json.writeEndObject();
    json.writeStringProperty("tagline", "You Know, for Search");
  }

  private static void license(JsonGenerator json) {
    json.writeObjectPropertyStart("license");
    json.writeStringProperty("status", "active");
    json.writeStringProperty("uid", "logdash");
    json.writeStringProperty("type", "basic");
    json.writeEndObject();
  }

  private static void health(JsonGenerator json) {
    json.writeStringProperty("cluster_name", "logdash");
    json.writeStringProperty("status", "green");
    json.writeBooleanProperty("timed_out", false);
  }

  private static Mono<Reply> answer(Consumer<JsonGenerator> members) {
    return Mono.fromSupplier(() -> new Reply.Body(200, Reply.JSON, Json.object(members), PRODUCT));
  }
}
