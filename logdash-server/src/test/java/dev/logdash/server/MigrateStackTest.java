package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.config.LogdashConfig;
import dev.logdash.dashboard.Stores;
import dev.logdash.testing.ServerProcess;
import dev.logdash.testing.stack.StackServers;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server that ran on its own folder for days moves to the full stack, and is killed again and
 * again while it does: people sign in as before and see the same.
 */
@Timeout(400)
class MigrateStackTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LINES = 30_000;
  private static final int DAYS = 3;
  private static final int KILLS = 4;
  private static final int BATCH = 1_000;
  private static final Duration SOON = Duration.ofSeconds(120);
  private static final String PERSON = "\"name\":\"ada\",\"password\":\"a long password\"";
  private static final String RULE =
      "{\"name\":\"Checkout fails\",\"query\":\"level:error\",\"threshold\":1000000,"
          + "\"window\":\"10s\",\"severity\":\"critical\",\"groupBy\":[\"service.name\"],"
          + "\"channels\":[]}";

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path folder;

  @Test
  void killedAgainAndAgainItBringsEverythingOver() throws Exception {
    Path own =
        Files.writeString(
            folder.resolve("own.yaml"),
            "logdash:\n  ingest.open-loopback: true\n  retention.min-free-disk: 0%\n");
    Path data = folder.resolve("old").resolve("data");
    String rules = lived(own);

    try (StackServers servers = StackSettings.start(folder)) {
      Path stack = StackSettings.write(servers, "full-stack");
      try (Stores stores = Stores.open(config(stack), Clock.systemUTC())) {
        for (int i = 1; i <= KILLS; i++) {
          try (ServerProcess migration = migrate(data, stack)) {
            awaitCopied(migration, stores, (long) LINES * i / (KILLS + 1));
            migration.kill();
          }
        }
      }
      CommandRun.Answer done =
          new CommandRun()
              .data(data)
              .run("migrate", "--from", "embedded", "--to", stack.toString());

      assertThat(done.code()).as(done.err()).isZero();
      assertThat(done.out()).contains(" 0 refused");
      awaitFound(stack);
      String[] stats = {"stats", "--from", "30d", "--json"};
      assertThat(ask(stack, stats)).isEqualTo(ask(data, stats)).contains("shop");
      String[] some = {"search", "order ?77", "--from", "30d", "--limit", "1000", "--json"};
      assertThat(ask(stack, some)).isEqualTo(ask(data, some)).contains("order 777");
      try (StackNode node = StackNode.start("all", folder.resolve("new"), stack)) {
        HttpResponse<String> signedIn =
            call(node, "", "POST", "api/v1/session", "{" + PERSON + "}");
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(200);
        assertThat(rules(node, cookie(signedIn))).isEqualTo(rules);
      }
    }
  }

  /** Lets a server live on its own folder for a while, and gives the rules that it has then. */
  private String lived(Path settings) throws Exception {
    try (StackNode node = StackNode.start("all", folder.resolve("old"), settings)) {
      String code = setUpCode(node);
      HttpResponse<String> made =
          call(node, "", "POST", "api/v1/setup", "{\"code\":\"" + code + "\"," + PERSON + "}");
      assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
      String cookie = cookie(made);
      HttpResponse<String> rule = call(node, cookie, "POST", "api/v1/rules", RULE);
      assertThat(rule.statusCode()).as(rule.body()).isEqualTo(200);
      Instant first = Instant.now().minus(Duration.ofDays(DAYS));
      Duration step = Duration.ofDays(DAYS).dividedBy(LINES / BATCH);
      for (int i = 0; i < LINES; i += BATCH) {
        Instant time = first.plus(step.multipliedBy(i / BATCH));
        String body =
            IntStream.range(i, i + BATCH)
                .mapToObj(
                    n ->
                        ("{\"@timestamp\":\"%s\",\"message\":\"order %d\",\"level\":\"%s\","
                                + "\"service.name\":\"shop\"}")
                            .formatted(
                                time.plusMillis(n % BATCH), n, n % 10 == 0 ? "error" : "info"))
                .collect(Collectors.joining("\n"));
        assertThat(call(node, "", "POST", "api/v1/ingest", body).statusCode()).isEqualTo(200);
      }
      long end = System.nanoTime() + SOON.toNanos();
      while (count(node, cookie) < LINES && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(count(node, cookie)).isEqualTo(LINES);
      return rules(node, cookie);
    }
  }

  /** What was written is found within a second, later where the machine is busy. */
  private static void awaitFound(Path stack) throws Exception {
    String[] count = {"search", "order", "--from", "30d", "--count"};
    long end = System.nanoTime() + SOON.toNanos();
    String found = ask(stack, count);
    while (!found.equals(LINES + "\n") && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100);
      found = ask(stack, count);
    }
    assertThat(found).isEqualTo(LINES + "\n");
  }

  /** The rules, without how often each store has written them. */
  private String rules(StackNode node, String cookie) throws Exception {
    String body = call(node, cookie, "GET", "api/v1/rules", "").body();
    assertThat(body).contains("Checkout fails");
    return body.replaceAll("\"version\":\\d+", "");
  }

  private static String setUpCode(StackNode node) throws Exception {
    Pattern link = Pattern.compile("#code=(\\S+)\\s");
    long end = System.nanoTime() + SOON.toNanos();
    while (System.nanoTime() < end) {
      Matcher found = link.matcher(node.process().output());
      if (found.find()) {
        return found.group(1);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError(node.process().output());
  }

  private long count(StackNode node, String cookie) throws Exception {
    JsonNode answer =
        JSON.readTree(call(node, cookie, "GET", "api/v1/count?q=order&from=30d", "").body());
    return answer.path("count").asLong();
  }

  private ServerProcess migrate(Path data, Path target) {
    return ServerProcess.start(
        "migrate",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "migrate",
            "--from",
            "embedded",
            "--to",
            target.toString(),
            "--data",
            data.toString()),
        folder.resolve("migrate"),
        () -> true,
        SOON);
  }

  /** Reads the new side until so much is there; what moved faster than that is done already. */
  private static void awaitCopied(ServerProcess migration, Stores stores, long events)
      throws Exception {
    long end = System.nanoTime() + SOON.toNanos();
    while (migration.isAlive() && StackRecount.found(stores) < events) {
      assertThat(System.nanoTime()).as(migration.output()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private HttpResponse<String> call(
      StackNode node, String cookie, String method, String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(node.address().resolve(path))
            .timeout(SOON)
            .header("X-Logdash", "1")
            .header("Content-Type", "application/json")
            .header("Cookie", cookie)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private static String ask(Path where, String... words) {
    CommandRun run = new CommandRun();
    CommandRun.Answer answer =
        Files.isDirectory(where)
            ? run.data(where).run(words)
            : run.run(
                Stream.concat(Stream.of("--config", where.toString()), Arrays.stream(words))
                    .toArray(String[]::new));
    assertThat(answer.code()).as(answer.err()).isZero();
    return answer.out();
  }

  private static LogdashConfig config(Path settings) {
    return LogdashConfig.of(List.of(YamlSource.read(settings)));
  }
}
