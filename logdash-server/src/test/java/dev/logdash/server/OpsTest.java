package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.config.Topology;
import dev.logdash.testing.ServerProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is in ops/ fits what logdash says of itself. */
@Timeout(120)
class OpsTest {

  private static final Path OPS = Path.of("..", "ops");
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
  private static final Pattern METRIC = Pattern.compile("\\b(logdash|jvm)_[a-z0-9_]+");
  private static final Pattern DOCUMENTED = Pattern.compile("`(logdash_[a-z_]+|_[a-z]+_)[^`]*`");
  private static final String TOKEN = "a-token-for-metrics";

  @TempDir private Path folder;

  @Test
  void everyMetricThatIsNamedExists() throws Exception {
    Set<String> named = new TreeSet<>();
    for (JsonNode panel :
        new JsonMapper().readTree(OPS.resolve("grafana/logdash.json").toFile()).get("panels")) {
      panel.get("targets").forEach(target -> named.addAll(metrics(target.get("expr").asString())));
    }
    for (String line : Files.readAllLines(OPS.resolve("prometheus/logdash.rules.yml"))) {
      if (line.strip().startsWith("expr:")) {
        named.addAll(metrics(line));
      }
    }
    assertThat(named).hasSizeGreaterThan(30);

    String said = scrape(fullStack());

    for (String name : named) {
      assertThat(said).containsPattern("(?m)^" + name + "[ {]");
    }
  }

  @Test
  void theDocumentationNamesEveryMetricOfTheFullStackAndNoOther() throws Exception {
    Set<String> said = new TreeSet<>();
    for (String line : scrape(fullStack()).split("\n")) {
      if (line.startsWith("logdash_")) {
        said.add(line.replaceFirst("[ {].*", ""));
      }
    }

    assertThat(documented()).containsExactlyElementsOf(said);
  }

  @Test
  void aDataFolderCountsNothingOfServersThatItDoesNotHave() throws Exception {
    assertThat(scrape(Map.of()))
        .containsPattern("(?m)^logdash_store_events_total 0")
        .containsPattern("(?m)^logdash_enrich_failures_total\\{enricher=\"fingerprint\"\\} 0")
        .doesNotContainPattern("(?m)^logdash_(kafka|ship|elasticsearch|mongo|redis)_");
  }

  @Test
  void thePrometheusOfTheSystemReadsTheRules() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(PROMTOOL), "no " + PROMTOOL);
    for (String file : List.of("prometheus.yml", "logdash.rules.yml")) {
      Path written = folder.resolve(file);
      Files.copy(OPS.resolve("prometheus").resolve(file), written);
    }
    Files.writeString(folder.resolve("logdash.token"), TOKEN);
    Process check =
        new ProcessBuilder(
                PROMTOOL.toString(), "check", "config", folder.resolve("prometheus.yml").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes());

    assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(check.exitValue()).as(said).isZero();
    assertThat(said).contains("13 rules found");
  }

  @Test
  void theSettingsOfTheFullStackGoTogether() {
    LogdashConfig config =
        LogdashConfig.of(
            List.of(
                YamlSource.read(OPS.resolve("full-stack.yaml")),
                ConfigSource.environment(Map.of("LOGDASH_SECRET_KEY", "c2VjcmV0"))));

    assertThat(Topology.of(config).isEmbedded()).isFalse();
    assertThat(Topology.of(config).keepsInFolder()).isFalse();
  }

  private static Set<String> metrics(String expression) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = METRIC.matcher(expression);
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }

  /** The names in the table of the documentation, short forms of neighbours written out. */
  private static Set<String> documented() throws Exception {
    Set<String> names = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "operations.md"))) {
      if (line.startsWith("| `logdash_")) {
        Matcher name = DOCUMENTED.matcher(line.split("\\|")[1]);
        String first = "";
        while (name.find()) {
          String found = name.group(1);
          first = first.isEmpty() ? found : first;
          names.add(
              found.startsWith("_")
                  ? first.replaceFirst("_[a-z]+_total$", found + "total")
                  : found);
        }
      }
    }
    return names;
  }

  /** The full stack of ops/ with all servers away, for which logdash starts all the same. */
  private static Map<String, String> fullStack() {
    Map<String, String> settings =
        new HashMap<>(YamlSource.read(OPS.resolve("full-stack.yaml")).values());
    String nowhere = "127.0.0.1:" + ServerProcess.freePort();
    settings.put("logdash.kafka.bootstrap.servers", nowhere);
    settings.put("logdash.elasticsearch.urls", "http://" + nowhere);
    settings.put("logdash.mongo.url", "mongodb://" + nowhere);
    settings.put("logdash.redis.url", "redis://" + nowhere);
    settings.put("logdash.secret-key", "A".repeat(43) + "=");
    return settings;
  }

  private String scrape(Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("logdash.data.dir", folder.resolve("data").toString());
    settings.put("logdash.server.port", "0");
    settings.put("logdash.metrics.token", TOKEN);
    LogdashConfig config = LogdashConfig.of(List.of(new ConfigSource("test", settings)));
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
    try (RunningServer server = RunningServer.start(config, console)) {
      System.gc();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics"))
              .header("Authorization", "Bearer " + TOKEN)
              .build();
      var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    }
  }
}
