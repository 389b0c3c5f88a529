package dev.logdash.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.store.Filter;
import dev.logdash.core.auth.Actor;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the exporter of OpenTelemetry sends. */
class OtlpTest {

  private static final int RECORDS = 1_000;

  @TempDir private Path folder;
  private Host host;
  private String key;

  @BeforeEach
  void start() throws Exception {
    host = new Host(folder);
    Principal administrator =
        new Principal("ada", Set.of(), Map.of(Permission.API_KEYS, Filter.ALL), Set.of());
    key =
        host.access()
            .apiKeys()
            .create(new Actor(administrator, "127.0.0.1"), "cart", "default")
            .block(Duration.ofSeconds(20))
            .token();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void findsWhatTheExporterOfOpenTelemetrySends() throws Exception {
    OtlpHttpLogRecordExporter exporter =
        OtlpHttpLogRecordExporter.builder()
            .setEndpoint(host.mount().resolve("v1/logs").toString())
            .addHeader("Authorization", "Bearer " + key)
            .setCompression("gzip")
            .build();
    Resource resource =
        Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "cart"));
    try (SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .setResource(resource)
            .addLogRecordProcessor(BatchLogRecordProcessor.builder(exporter).build())
            .build()) {
      for (int i = 0; i < RECORDS; i++) {
        provider
            .get("shop.Cart")
            .logRecordBuilder()
            .setTimestamp(Instant.now())
            .setSeverity(i == 7 ? Severity.ERROR : Severity.INFO)
            .setSeverityText(i == 7 ? "SEVERE" : "INFO")
            .setBody("put item " + i)
            .setAttribute(AttributeKey.longKey("item"), (long) i)
            .setAttribute(AttributeKey.stringKey("exception.type"), i == 7 ? "a.Full" : "")
            .emit();
      }
      assertThat(provider.forceFlush().join(30, TimeUnit.SECONDS).isSuccess()).isTrue();
    }
    host.settle();

    assertThat(host.json("api/v1/search?q=service:cart&limit=1000").get("events").size())
        .isEqualTo(RECORDS);
    JsonNode event = host.json("api/v1/search?q=item:7").get("events").get(0);
    assertThat(event.get("message").asString()).isEqualTo("put item 7");
    assertThat(event.get("service").asString()).isEqualTo("cart");
    assertThat(event.get("severity").asInt()).isEqualTo(17);
    assertThat(event.at("/attributes/log.logger").asString()).isEqualTo("shop.Cart");
    assertThat(event.at("/attributes/error.type").asString()).isEqualTo("a.Full");
  }

  @Test
  void answersJsonWithJsonAndNonsenseWithTheReason() throws Exception {
    HttpResponse<String> taken =
        post(
            "application/json",
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"one\"}}]}]}]}");
    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(taken.body()).isEqualTo("{}");

    HttpResponse<String> refused = post("application/json", "{\"resourceLogs\":1}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).isEqualTo("{\"message\":\"resourceLogs is no array\"}");

    assertThat(post("text/plain", "x").statusCode()).isEqualTo(415);
    assertThat(host.post("api/v1/ingest", "x").statusCode()).isEqualTo(200);
  }

  @Test
  void toldWhatWasTooLargeAndTakesTheRest() throws Exception {
    String record = "{\"body\":{\"stringValue\":\"%s\"}}";
    String body =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[%s,%s]}]}]}"
            .formatted(record.formatted("small"), record.formatted("x".repeat(2 << 20)));

    HttpResponse<String> answer = post("application/json", body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"rejectedLogRecords\":\"1\"", "more than 1048576 bytes");
    host.settle();
    assertThat(host.json("api/v1/search?q=small").get("events")).hasSize(1);
  }

  @Test
  void refusesARequestThatWouldBecomeTooMuchAndTakesNothingOfIt() throws Exception {
    HttpResponse<String> bytes = post("application/json", request("x".repeat(500_000), 170));
    HttpResponse<String> records = post("application/json", request("x", 100_001));

    for (HttpResponse<String> answer : List.of(bytes, records)) {
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).startsWith("{\"message\":\"the request has more than 100000");
    }
    host.settle();
    assertThat(host.json("api/v1/count").get("count").asLong()).isZero();
  }

  @Test
  void keepsALineThatWouldBecomeTooMuchAsOneEvent() throws Exception {
    HttpResponse<String> answer =
        host.post("api/v1/ingest", request("x".repeat(500_000), 170_000) + "\nnext\n");
    host.settle();

    assertThat(answer.body()).isEqualTo("{\"accepted\":2,\"rejected\":[]}");
    assertThat(host.json("api/v1/count").get("count").asLong()).isEqualTo(2);
  }

  @Test
  void refusesLinesThatHoldTooManyRecordsTogether() throws Exception {
    String line = request("x", 9_999) + "\n";
    HttpResponse<String> many = host.post("api/v1/ingest", line.repeat(11));

    assertThat(many.statusCode()).isEqualTo(413);
    assertThat(many.body()).contains("more than 100000 records");
  }

  @Test
  void boundsTheRecordsThatAreShownWithoutBeingTaken() throws Exception {
    assertThat(shown(request("x", 300)).get("events")).hasSize(200);
    assertThat(shown((request("x".repeat(100_000), 80) + "\n").repeat(5)).get("events"))
        .hasSizeBetween(40, 45);

    assertThat(preview(request("x", 1_000)).statusCode()).isEqualTo(200);
    HttpResponse<String> many = preview(request("x", 1_001));
    assertThat(many.statusCode()).isEqualTo(413);
    assertThat(many.body()).contains("more than 1000 records");
    assertThat(preview((request("x".repeat(100_000), 80) + "\n").repeat(3)).statusCode())
        .isEqualTo(413);
  }

  private JsonNode shown(String body) throws Exception {
    HttpResponse<String> answer =
        host.send(
            host.request("api/v1/ingest?debug=1", Host.ADMIN)
                .header("X-Logdash", "1")
                .POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Host.JSON.readTree(answer.body());
  }

  private HttpResponse<String> preview(String text) throws Exception {
    return host.send(
        host.request("api/v1/parse?text=1", Host.ADMIN)
            .header("X-Logdash", "1")
            .POST(BodyPublishers.ofString(text)));
  }

  /** A request of empty records, each of which gets an attribute of its resource. */
  private static String request(String attribute, int records) {
    return "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"a\",\"value\":{\"stringValue\":\""
        + attribute
        + "\"}}]},\"scopeLogs\":[{\"logRecords\":[{}"
        + ",{}".repeat(records - 1)
        + "]}]}]}";
  }

  private HttpResponse<String> post(String type, String body) throws Exception {
    return host.send(
        HttpRequest.newBuilder(host.mount().resolve("v1/logs"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body.getBytes(UTF_8))));
  }
}
