package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Asking a running server from the command line. */
@Timeout(120)
class RemoteCommandsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PASSWORD = "correct horse battery";

  @TempDir Path folder;
  private Path password;
  private RunningServer server;

  @BeforeEach
  void start() throws Exception {
    password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    server = start(0);
    String code =
        Objects.requireNonNull(server.access().firstAdministrator().offer().block(PATIENCE));
    server
        .access()
        .firstAdministrator()
        .complete(code, "ada", PASSWORD, "127.0.0.1")
        .block(PATIENCE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void printsWhatALocalSearchPrints() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "{\"message\":\"\\u001b[31mred\\u0007 \\u202egnp.exe\",\"service.name\":\"sh\\u001bop\"}");
    lines.add(
        "{\"message\":\"\u00e4 \u65e5\",\"log.level\":\"ERROR\",\"n\":1.0,\"b\":true,\"k\":[\"x\"]}");
    lines.add(
        "203.0.113.7 - - [20/Nov/2026:10:00:00 +0000] \"GET /a?b=c HTTP/1.1\" 503 7 \"-\" \"c\"");
    lines.add(
        "{\"message\":\"failed\",\"error.stack_trace\":\"E: x\\n\\tat a.B\",\"trace.id\":\"4bf92f\"}");
    IntStream.range(0, 2_500).forEach(i -> lines.add("2026-11-20T10:00:00Z plain " + i));
    ingest(lines.toArray(String[]::new));

    for (String[] question :
        List.of(
            new String[] {"--limit", "2200"},
            new String[] {"--json", "--limit", "9999"},
            new String[] {"--json", "log.level:error"},
            new String[] {"plain", "--count"},
            new String[] {"plain", "--count", "--to", "2026-11-20T10:00:00Z"},
            new String[] {"--count", "--from", "2026-11-20T10:00:01Z"},
            new String[] {"| stats count(), avg(n), p50(n), distinct(message) by b, bin(1h)"},
            new String[] {"--json", "| stats count(), max(n), p99(n) by log.level, bin(1h)"},
            new String[] {"| top 3 message", "-n", "2"},
            new String[] {"--json", "NOT plain | sort message | fields message, n, b, k, status"},
            new String[] {"plain | fields @timestamp, message"},
            new String[] {"nothing-has-this | fields message"},
            new String[] {"nothing-has-this"})) {
      CommandRun.Answer local = new CommandRun().data(folder.resolve("data")).run(with(question));
      CommandRun.Answer remote = ask(question);

      assertThat(remote.err()).as(String.join(" ", question)).isEqualTo(local.err());
      assertThat(remote.out()).as(String.join(" ", question)).isEqualTo(local.out());
      assertThat(remote.code()).isEqualTo(local.code()).isZero();
    }
    assertThat(ask("31mred").out()).contains("\\u001b[31mred\\u0007").doesNotContain("\u001b");
  }

  @Test
  void saysWhatIsWrongWithTheQuestionOrWithWhoAsks() throws Exception {
    Path wrong = Files.writeString(folder.resolve("wrong"), "not this one at all");

    assertFails(2, "--user NAME", "--url", url());
    assertFails(2, "--password-file", "--url", url(), "--user", "ada");
    assertFails(
        1,
        "no ada with this",
        "--url",
        url(),
        "--user",
        "ada",
        "--password-file",
        wrong.toString());
    assertFails(1, "no such file", "--url", url(), "--user", "ada", "--password-file", "/no/file");
    assertFails(2, "--plain-http", "--url", "http://192.0.2.1:7070");
    assertFails(2, "http:// or https://", "--url", "ftp://127.0.0.1");
    assertFails(2, "column", "--url", url(), "(open");
    assertFails(2, "column", "--url", url(), "| stats mode(x)");
    assertFails(1, "cannot be reached", signedIn("http://127.0.0.1:1"));
  }

  @Test
  void sendsThePasswordToNobodyElse() throws Exception {
    HttpServer other = HttpServer.create(loopback(), 0);
    List<String> asked = new ArrayList<>();
    other.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          exchange.getResponseHeaders().add("Location", url() + "/api/v1/session");
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    other.start();
    try {
      assertFails(1, "is no logdash", signedIn("http://127.0.0.1:" + other.getAddress().getPort()));
    } finally {
      other.stop(0);
    }
    assertThat(asked).isNotEmpty().allMatch(path -> path.equals("/api/v1/session"));
  }

  @Test
  void followsEventsOverARestartOfTheServer() throws Exception {
    int port = server.port();
    CommandRun tail = new CommandRun();
    CompletableFuture<CommandRun.Answer> answer =
        CompletableFuture.supplyAsync(() -> tail.run(tail("log.level:error", "--limit", "4")));
    feedUntil(() -> tail.out().lines().count() >= 2);
    server.close();
    waitUntil(() -> tail.err().contains("trying again"));
    server = start(port);
    feedUntil(answer::isDone);

    CommandRun.Answer said = answer.get(1, TimeUnit.SECONDS);
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.err()).contains("connected again");
    assertThat(said.lines())
        .hasSize(4)
        .doesNotHaveDuplicates()
        .allMatch(line -> line.contains("ERROR wanted"));
  }

  @Test
  void saysHowManyEventsATailLeavesOut() throws Exception {
    CommandRun tail = new CommandRun();
    CompletableFuture<CommandRun.Answer> answer =
        CompletableFuture.supplyAsync(() -> tail.run(tail("--json", "--limit", "150")));
    feedUntil(() -> !tail.out().isEmpty());
    while (!answer.isDone()) {
      ingest(IntStream.range(0, 3_000).mapToObj(i -> "burst " + i).toArray(String[]::new));
    }

    assertThat(answer.get().err()).containsPattern("skipped [0-9,]+ events");
    assertThat(answer.get().lines())
        .hasSize(150)
        .allMatch(line -> line.startsWith("{\"@timestamp\""));
  }

  @Test
  void endsASessionWhenItIsToldToEnd() throws Exception {
    Path printed = folder.resolve("printed");
    long before = sessions();
    Process tail =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "tail",
                "--url",
                url(),
                "--user",
                "ada",
                "--password-file",
                "-")
            .redirectInput(password.toFile())
            .redirectOutput(printed.toFile())
            .redirectError(new File("/dev/null"))
            .start();
    try {
      feedUntil(() -> Files.exists(printed) && Files.size(printed) > 0);
      assertThat(sessions()).isEqualTo(before + 1);
      tail.destroy();

      assertThat(tail.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(sessions()).isEqualTo(before);
    } finally {
      tail.destroyForcibly();
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private void feedUntil(Condition condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (int i = 0; !condition.holds(); i++) {
      assertThat(System.nanoTime()).isLessThan(end);
      ingest(
          "{\"log.level\":\"error\",\"message\":\"wanted " + i + " " + System.nanoTime() + "\"}",
          "{\"log.level\":\"info\",\"message\":\"other " + i + "\"}");
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static void waitUntil(Condition condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private long sessions() {
    return Objects.requireNonNull(
        server
            .installation()
            .logdash()
            .documents()
            .list("auth/session/", "", 10)
            .count()
            .block(PATIENCE));
  }

  private void assertFails(int code, String told, String... arguments) {
    CommandRun.Answer answer = new CommandRun().run(with(arguments));

    assertThat(answer.code()).as(answer.err()).isEqualTo(code);
    assertThat(answer.err()).contains(told).doesNotContain("Exception").doesNotContain(PASSWORD);
  }

  private CommandRun.Answer ask(String... question) {
    List<String> all = new ArrayList<>(List.of(with(question)));
    all.addAll(List.of(signedIn(url())));
    return new CommandRun().run(all.toArray(String[]::new));
  }

  private String[] tail(String... arguments) {
    List<String> all = new ArrayList<>(List.of("tail"));
    all.addAll(List.of(arguments));
    all.addAll(List.of(signedIn(url())));
    return all.toArray(String[]::new);
  }

  private static String[] with(String... question) {
    List<String> all = new ArrayList<>(List.of("search"));
    all.addAll(List.of(question));
    return all.toArray(String[]::new);
  }

  private String[] signedIn(String url) {
    return new String[] {"--url", url, "--user", "ada", "--password-file", password.toString()};
  }

  private String url() {
    return "http://127.0.0.1:" + server.port();
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private void ingest(String... lines) {
    List<Submission> batch =
        Arrays.stream(lines).map(line -> Submission.of(line.getBytes(UTF_8), "test")).toList();
    server.installation().logdash().sink().append(batch, AckLevel.SPOOLED).block(PATIENCE);
    server.installation().logdash().drain().block(PATIENCE);
  }

  private RunningServer start(int port) {
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
        Map.of(
            "logdash.data.dir",
            folder.resolve("data").toString(),
            "logdash.server.port",
            Integer.toString(port));
    return RunningServer.start(
        LogdashConfig.of(List.of(new ConfigSource("test", settings))), console);
  }
}
