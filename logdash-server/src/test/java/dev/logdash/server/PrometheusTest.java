package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.testing.ServerProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Prometheus scrapes a running server with the files of ops/, of which only the target and the
 * rhythm are changed. Left out where there is none.
 */
@Timeout(120)
class PrometheusTest {

  private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
  private static final Path OPS = Path.of("..", "ops", "prometheus");
  private static final String TOKEN = "a-token-for-metrics";
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int EVENTS = 1_234;

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private RunningServer server;
  private ServerProcess prometheus;
  private URI address;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(PROMETHEUS), "no " + PROMETHEUS);
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new ByteArrayOutputStream(),
            new ByteArrayOutputStream(),
            false,
            false,
            Map.of(),
            Map.of(),
            Clock.systemUTC());
    server =
        RunningServer.start(
            LogdashConfig.of(
                List.of(
                    new ConfigSource(
                        "test",
                        Map.of(
                            "logdash.data.dir",
                            folder.resolve("data").toString(),
                            "logdash.server.port",
                            "0",
                            "logdash.ingest.open-loopback",
                            "true",
                            "logdash.metrics.token",
                            TOKEN)))),
            console);
    Files.copy(OPS.resolve("logdash.rules.yml"), folder.resolve("logdash.rules.yml"));
    Files.writeString(folder.resolve("logdash.token"), TOKEN);
    Files.writeString(
        folder.resolve("prometheus.yml"),
        Files.readString(OPS.resolve("prometheus.yml"))
            .replace("127.0.0.1:7070", "127.0.0.1:" + server.port())
            .replace("scrape_interval: 15s", "scrape_interval: 1s\n  evaluation_interval: 1s"));
    int port = ServerProcess.freePort();
    address = URI.create("http://127.0.0.1:" + port + "/");
    prometheus =
        ServerProcess.start(
            "prometheus",
            List.of(
                PROMETHEUS.toString(),
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port),
            folder,
            () -> get("-/ready").statusCode() == 200,
            SOON);
  }

  @AfterEach
  void stop() {
    if (prometheus != null) {
      prometheus.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void seesWhatWasStoredAndReadsEveryRule() throws Exception {
    String lines =
        IntStream.range(0, EVENTS).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/api/v1/ingest?source=app.log"))
            .POST(BodyPublishers.ofString(lines))
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

    await("api/v1/targets", answer -> health(answer.at("/data/activeTargets")).equals("up"));
    await(query("logdash_store_events_total"), answer -> value(answer).equals("" + EVENTS));
    await(query("logdash_ingest_records_total"), answer -> value(answer).equals("" + EVENTS));
    await(query("logdash_dead_letters_total"), answer -> value(answer).equals("0"));
    await(query("logdash_up"), answer -> value(answer).equals("1"));
    JsonNode rules =
        await(
            "api/v1/rules",
            answer ->
                answer.at("/data/groups").findValuesAsString("health").stream()
                    .noneMatch("unknown"::equals));

    assertThat(rules.at("/data/groups/0/rules")).hasSize(13);
    assertThat(rules.at("/data/groups").findValuesAsString("health")).containsOnly("ok");
    assertThat(rules.at("/data/groups").findValuesAsString("state")).containsOnly("inactive");
  }

  @Test
  void saysThatTheServerIsGone() throws Exception {
    await("api/v1/targets", answer -> health(answer.at("/data/activeTargets")).equals("up"));

    server.close();

    await("api/v1/targets", answer -> health(answer.at("/data/activeTargets")).equals("down"));
  }

  private static String query(String expression) {
    return "api/v1/query?query=" + URLEncoder.encode(expression, UTF_8);
  }

  private static String health(JsonNode targets) {
    return targets.size() == 1 ? targets.get(0).path("health").asString("") : "";
  }

  private static String value(JsonNode answer) {
    JsonNode result = answer.at("/data/result");
    return result.size() == 1 ? result.get(0).at("/value/1").asString("") : "";
  }

  private JsonNode await(String path, Predicate<JsonNode> condition) throws Exception {
    long end = System.nanoTime() + SOON.toNanos();
    JsonNode answer = new JsonMapper().readTree(get(path).body());
    while (!condition.test(answer)) {
      assertThat(System.nanoTime()).as(path + ": " + answer + prometheus.output()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(100);
      answer = new JsonMapper().readTree(get(path).body());
    }
    return answer;
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(address.resolve(path)).timeout(SOON).build(),
        BodyHandlers.ofString());
  }
}
