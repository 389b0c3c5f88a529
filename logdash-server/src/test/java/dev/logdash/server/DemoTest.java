package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.ingest.Submission;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Table;
import dev.logdash.core.alert.AlertPreview;
import dev.logdash.core.auth.Actor;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.query.QueryParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;

class DemoTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void theSameSeedMakesTheSameShop() {
    assertThat(lines(7)).isEqualTo(lines(7)).isNotEqualTo(lines(8)).hasSizeGreaterThan(3_000);
  }

  @Test
  void aDeploymentStandsBeforeEachIncidentAndARollbackEndsIt() {
    List<String> payments = lines(1).stream().filter(line -> line.contains("\"payment\"")).toList();
    List<String> story = new ArrayList<>();
    for (String line : payments) {
      String event =
          line.contains("maximum size is now 2\"")
              ? "cause"
              : line.contains("is exhausted")
                  ? "failure"
                  : line.contains("maximum size is now 20\"") ? "rollback" : "";
      if (!event.isEmpty() && (story.isEmpty() || !story.get(story.size() - 1).equals(event))) {
        story.add(event);
      }
    }

    assertThat(story)
        .containsExactly("cause", "failure", "rollback", "cause", "failure", "rollback");
  }

  @Test
  @Timeout(90)
  void showsAllServicesAndWhatWentWrongAtOnce(@TempDir Path folder) {
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
    Map<String, String> settings =
        Map.of("logdash.data.dir", folder.toString(), "logdash.server.port", "0");
    LogdashConfig config = LogdashConfig.of(List.of(new ConfigSource("test", settings)));
    try (RunningServer server = RunningServer.start(config, console)) {
      Disposable going = new DemoCommand(console).run(server);
      server.installation().logdash().drain().block(PATIENCE);
      LogSearch search = server.installation().logdash().search();

      Table services =
          search
              .aggregate(
                  new Aggregation(
                      LogQuery.builder().build(),
                      List.of(new Aggregation.ByField("service")),
                      List.of(new Aggregation.Count()),
                      100))
              .block(PATIENCE);
      assertThat(services.rows().stream().map(row -> row.key().get(0)))
          .containsExactly("billing", "catalog", "checkout", "gateway", "payment");
      assertThat(count(search, "status:503 service:gateway")).isPositive();
      assertThat(count(search, "exception:com.example.shop.PaymentException")).isPositive();
      assertThat(count(search, "\"maximum size is now 2\" service:payment")).isPositive();
      assertThat(count(search, "NOT event.severity:*")).isZero();
      // Three incidents to a quarter of an hour; its edges may cut one in two, or be too close to
      // one for it to fire.
      assertThat(firings(server)).as("of the last quarter of an hour").hasSizeBetween(2, 4);
      going.dispose();
    }
  }

  /** When the rule of the demo would have fired in what it filled in. */
  private static List<AlertPreview.Firing> firings(RunningServer server) {
    Principal everybody =
        new Principal("ada", Set.of(), Map.of(Permission.SEARCH, Filter.ALL), Set.of());
    long now = Instant.now().getEpochSecond();
    return server
        .alerting()
        .preview()
        .run(new Actor(everybody, ""), DemoCommand.CHECKOUT_FAILS, now - 900, now)
        .block(PATIENCE)
        .firings();
  }

  private static long count(LogSearch search, String query) {
    return search
        .count(LogQuery.builder().filter(new QueryParser(Clock.systemUTC()).parse(query)).build())
        .block(PATIENCE);
  }

  private static List<String> lines(long seed) {
    DemoTraffic traffic = new DemoTraffic(seed);
    List<String> lines = new ArrayList<>();
    for (long second = 0; second < 2 * DemoTraffic.INCIDENT_EACH; second++) {
      for (Submission line : traffic.second(second)) {
        lines.add(new String(line.body(), UTF_8));
      }
    }
    return lines;
  }
}
