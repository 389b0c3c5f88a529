package dev.logdash.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.Logdash;
import dev.logdash.core.auth.Actor;
import dev.logdash.core.config.ConfigException;
import dev.logdash.core.config.ConfigKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** logdash inside of an application, on good folders and bad. */
class HostedLogdashTest {

  private static final Logger LOG = LoggerFactory.getLogger("shop.Orders");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PASSWORD = "correct horse battery";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Server server = new Server();
  private URI mount;

  @AfterEach
  void stop() {
    LifeCycle.stop(server);
  }

  @Test
  void keepsWhatTheApplicationLogs() {
    HostedLogdash earlier = builder(folder).start();
    LOG.info("order {} shipped", 4711);
    earlier.close();

    try (HostedLogdash logdash = builder(folder).start()) {
      assertThat(found(logdash, "order 4711 shipped")).hasSize(1);
      assertThat(found(logdash, "order 4711 shipped").get(0).service()).isEqualTo("shop");
    }
  }

  @Test
  void hasAFolderForEachApplication() {
    HostedLogdashBuilder builder = HostedLogdash.builder("Order Desk/2");

    assertThat(builder.config().get(ConfigKeys.DATA_DIR))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".logdash-order-desk-2"));
    assertThat(builder.config().get(ConfigKeys.HOST_SERVICE)).isEqualTo("Order Desk/2");
  }

  @Test
  void saysWhichSettingIsWrong() {
    assertThatThrownBy(() -> builder(folder).setting("logdash.data.dri", "x").start())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("logdash.data.dir");
    assertThatThrownBy(
            () -> builder(folder).setting("logdash.server.trusted-proxies", "nginx").start())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("nginx");
  }

  @Test
  void isMeasuredOnceTheFolderIsFree() throws Exception {
    MeterRegistry registry = new SimpleMeterRegistry();
    HostedLogdash first = builder(folder).start();
    try (HostedLogdash second = builder(folder).retry(Duration.ofMillis(20)).start();
        MeterRegistration meters = new MeterRegistration(registry)) {
      second.whenOpen(meters::add);
      assertThat(registry.getMeters()).isEmpty();

      first.close();

      await(() -> registry.find("logdash.spool.limit.bytes").gauge() != null);
      assertThat(registry.get("logdash.spool.limit.bytes").gauge().value()).isPositive();
    } finally {
      first.close();
    }
  }

  @Test
  void explainsWhoHasTheFolderAndGoesOnWhenItIsFree() throws Exception {
    HostedLogdash first = builder(folder).start();
    try (HostedLogdash second = builder(folder).retry(Duration.ofMillis(20)).start()) {
      serve(second);
      assertThat(second.logdash()).isEmpty();
      LOG.warn("logged by the second");

      HttpResponse<String> page = get("", "text/html");
      assertThat(page.statusCode()).isEqualTo(503);
      assertThat(page.body())
          .contains("process " + ProcessHandle.current().pid())
          .contains("logdash.data.dir");
      assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
      HttpResponse<String> problem = get("api/v1/search", "application/json");
      assertThat(problem.statusCode()).isEqualTo(503);
      assertThat(problem.body()).contains("\"code\":\"unavailable\"");

      first.close();
      await(() -> second.logdash().isPresent());

      assertThat(get("", "text/html").statusCode()).isEqualTo(200);
      await(() -> !found(second, "logged by the second").isEmpty());
    } finally {
      first.close();
    }
  }

  @Test
  void tellsStrangersNothingOfTheMachine() throws Exception {
    try (HostedLogdash first = builder(folder).start();
        HostedLogdash second = builder(folder).start()) {
      serve(second);

      HttpResponse<String> page =
          send(HttpRequest.newBuilder(mount).header("X-Forwarded-For", "203.0.113.7"));

      assertThat(first.logdash()).isPresent();
      assertThat(page.statusCode()).isEqualTo(503);
      assertThat(page.body()).doesNotContain(folder.toString()).doesNotContain("process");
    }
  }

  @Test
  void sendsWhatTheApplicationLogsToTheServerOfTheSettings() throws Exception {
    try (Host elsewhere = new Host(folder.resolve("server"))) {
      String key =
          elsewhere
              .access()
              .apiKeys()
              .create(
                  new Actor(
                      new Principal(
                          "ada", Set.of(), Map.of(Permission.API_KEYS, Filter.ALL), Set.of()),
                      "127.0.0.1"),
                  "shop",
                  "default")
              .block(PATIENCE)
              .token();
      try (HostedLogdash logdash =
          builder(folder.resolve("service"))
              .setting("logdash.ingest", elsewhere.mount().toString())
              .setting("logdash.ingest.api-key", key)
              .start()) {
        serve(logdash);
        LOG.info("order {} sent", 4712);

        await(() -> !found(elsewhere.installation().logdash(), "order 4712 sent").isEmpty());

        assertThat(found(elsewhere.installation().logdash(), "order 4712 sent"))
            .singleElement()
            .satisfies(event -> assertThat(event.service()).isEqualTo("shop"));
        assertThat(logdash.logdash()).isEmpty();
        HttpResponse<String> page = get("", "text/html");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("sends its logs to " + elsewhere.mount());
        HttpResponse<String> stranger =
            send(HttpRequest.newBuilder(mount).header("X-Forwarded-For", "203.0.113.7"));
        assertThat(stranger.statusCode()).isEqualTo(404);
        assertThat(stranger.body())
            .contains("another server")
            .doesNotContain(elsewhere.mount().toString());
      }
    }
  }

  @Test
  void startsWhereTheFolderCannotBe() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    try (HostedLogdash logdash = builder(file).start()) {
      serve(logdash);

      assertThat(get("", "text/html").body()).contains(file + " is no folder");
    }
  }

  @Test
  void printsTheLinkForTheFirstAdministratorOnATerminal() {
    StringWriter terminal = new StringWriter();
    try (HostedLogdash logdash =
        builder(folder).terminal(() -> new PrintWriter(terminal)).start()) {
      logdash.announce("http://localhost:1/logdash/");

      await(() -> terminal.toString().contains("http://localhost:1/logdash/setup#code="));
      assertThat(folder.resolve(SetUpLink.FILE)).doesNotExist();
    }
  }

  @Test
  void keepsTheLinkForItsOwnerWhereThereIsNoTerminal() throws Exception {
    Path file = folder.resolve(SetUpLink.FILE);
    try (HostedLogdash logdash = builder(folder).start()) {
      serve(logdash);
      logdash.announce(mount.toString());
      await(() -> Files.exists(file) && content(file).endsWith("\n"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      String link = content(file).strip();
      assertThat(link).startsWith(mount + "setup#code=");

      String code = link.substring(link.indexOf('=') + 1);
      assertThat(found(logdash, code)).isEmpty();
      HttpResponse<String> made =
          send(
              HttpRequest.newBuilder(mount.resolve("api/v1/setup"))
                  .header("X-Logdash", "1")
                  .header("Content-Type", "application/json")
                  .POST(
                      BodyPublishers.ofString(
                          "{\"code\":\"%s\",\"name\":\"ada\",\"password\":\"%s\"}"
                              .formatted(code, PASSWORD))));
      assertThat(made.statusCode()).as(made.body()).isEqualTo(200);

      logdash.announce(mount.toString());
      await(() -> !Files.exists(file));
    }
  }

  @Test
  void saysWhatToDoWithoutLogback() {
    assertThat(HostLogging.advice("org.apache.logging.slf4j.Log4jLoggerFactory"))
        .contains("Log4j 2", "spring-boot-starter-logging", "log4j-to-slf4j");
    assertThat(HostLogging.advice("org.slf4j.helpers.NOPLoggerFactory"))
        .contains("org.slf4j.helpers.NOPLoggerFactory", "logback-classic");
  }

  private static HostedLogdashBuilder builder(Path folder) {
    return HostedLogdash.builder("shop")
        .terminal(() -> null)
        .setting(ConfigKeys.DATA_DIR.name(), folder.toString());
  }

  private void serve(HostedLogdash logdash) throws Exception {
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/app");
    ServletHolder holder = new ServletHolder(logdash.servlet());
    holder.setAsyncSupported(true);
    context.addServlet(holder, logdash.path() + "/*");
    server.setHandler(context);
    server.start();
    mount = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/app/logdash/");
  }

  private HttpResponse<String> get(String path, String accept) throws Exception {
    return send(HttpRequest.newBuilder(mount.resolve(path)).header("Accept", accept));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
  }

  private static List<LogEvent> found(HostedLogdash logdash, String message) {
    return found(logdash.logdash().orElseThrow(), message);
  }

  private static List<LogEvent> found(Logdash logdash, String message) {
    return logdash
        .search()
        .search(LogQuery.builder().limit(1_000).build())
        .block(PATIENCE)
        .events()
        .stream()
        .filter(event -> event.message().contains(message))
        .toList();
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return "";
    }
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    Flux.interval(Duration.ofMillis(10), Schedulers.boundedElastic())
        .onBackpressureDrop()
        .concatMap(tick -> Mono.fromCallable(condition::getAsBoolean))
        .filter(done -> done)
        .blockFirst(PATIENCE);
  }
}
