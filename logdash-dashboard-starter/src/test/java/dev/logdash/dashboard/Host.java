package dev.logdash.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.auth.Authenticator;
import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.store.Filter;
import dev.logdash.core.alert.AlertingService;
import dev.logdash.core.alert.SecretBox;
import dev.logdash.core.auth.AccessControl;
import dev.logdash.core.auth.AccessSettings;
import dev.logdash.core.auth.ScopedReader;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.query.QueryParser;
import dev.logdash.core.rollup.RollupSettings;
import dev.logdash.dashboard.security.Argon2PasswordHasher;
import dev.logdash.embedded.EmbeddedLogdash;
import dev.logdash.notify.NotifyPolicy;
import dev.logdash.notify.WebhookType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A host with a dashboard below {@code /app/logdash} over a real data folder. Who asks is told by
 * the header {@code X-Test-User}: its name, a space, and a scope.
 */
final class Host implements AutoCloseable {

  static final String ADMIN = "ada";
  static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EmbeddedLogdash installation;
  private final AccessControl access;
  private final AlertingService alerting;
  private final Server server;
  private final DashboardServlet servlet;
  private final URI mount;
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile Runnable seen = () -> {};

  Host(Path folder) throws Exception {
    this(folder, Map.of(), builder -> builder);
  }

  Host(Path folder, Map<String, String> settings, UnaryOperator<DashboardBuilder> more)
      throws Exception {
    Clock clock = Clock.systemUTC();
    LogdashConfig config =
        LogdashConfig.of(
            List.of(
                new ConfigSource("test", Map.of("logdash.data.dir", folder.toString())),
                new ConfigSource("test", settings)));
    installation = EmbeddedLogdash.start(config, clock, new Random(1));
    access =
        new AccessControl(
            installation.logdash().documents(),
            new Argon2PasswordHasher(new SecureRandom()),
            AccessSettings.DEFAULTS,
            clock,
            new Random(2));
    alerting =
        AlertingService.builder()
            .store(installation.logdash().documents())
            .reader(
                new ScopedReader(
                    installation.logdash().search(),
                    installation.logdash().rollups(),
                    RollupSettings.DEFAULTS.definitions()))
            .audit(access.audit())
            .users(name -> Mono.just(everybody(name)))
            .secrets(new SecretBox(new byte[SecretBox.KEY_BYTES], new Random(3)))
            .clock(clock)
            .random(new Random(4))
            .watermark(() -> clock.millis() * 1_000_000L)
            .type(new WebhookType(NotifyPolicy.allowing(List.of("127.0.0.1")), clock))
            .build();
    alerting.start();
    servlet =
        more.apply(
                DashboardServlet.builder()
                    .logdash(installation.logdash())
                    .access(access)
                    .alerting(alerting)
                    .settings(config)
                    .authenticator(byHeader(clock))
                    .deadLetters(installation.deadLetters().source("test"))
                    .positions(installation.spool()::position)
                    .metrics(() -> "up 1\n")
                    .clock(clock))
            .build();
    server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/app");
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/logdash/*");
    server.setHandler(context);
    server.start();
    mount = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/app/logdash/");
  }

  /** Told of each request whose sender is known, before it is answered. */
  void onRequest(Runnable listener) {
    seen = listener;
  }

  EmbeddedLogdash installation() {
    return installation;
  }

  AccessControl access() {
    return access;
  }

  RouteTable routes() {
    return servlet.routes();
  }

  URI mount() {
    return mount;
  }

  HttpClient client() {
    return client;
  }

  /** Takes lines in and waits until they can be found. */
  void ingest(String... lines) throws Exception {
    HttpResponse<String> answer = post("api/v1/ingest?source=app.log", String.join("\n", lines));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.body());
    }
    settle();
  }

  void settle() {
    installation.logdash().drain().block(PATIENCE);
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path, ADMIN).GET());
  }

  JsonNode json(String path) throws Exception {
    return json(path, ADMIN);
  }

  JsonNode json(String path, String user) throws Exception {
    HttpResponse<String> answer = send(request(path, user).GET());
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return post(path, body.getBytes(UTF_8));
  }

  HttpResponse<String> post(String path, byte[] body) throws Exception {
    return send(request(path, ADMIN).POST(BodyPublishers.ofByteArray(body)));
  }

  HttpRequest.Builder request(String path, String user) {
    HttpRequest.Builder request = HttpRequest.newBuilder(mount.resolve(path)).timeout(PATIENCE);
    return user.isEmpty() ? request : request.header("X-Test-User", user);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** A request as a page of ours sends it. */
  HttpRequest.Builder own(String method, String path, String user, String body) {
    return request(path, user)
        .header("X-Logdash", "1")
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body));
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
    alerting.close();
    access.close();
    installation.close();
  }

  private static Principal everybody(String name) {
    Map<Permission, Filter> scopes = new EnumMap<>(Permission.class);
    for (Permission permission : Permission.values()) {
      scopes.put(permission, Filter.ALL);
    }
    return new Principal(name, Set.of(), scopes, Set.of());
  }

  private Authenticator byHeader(Clock clock) {
    return credentials ->
        Mono.defer(
            () -> {
              List<String> headers = credentials.headers("X-Test-User");
              if (headers.isEmpty()) {
                return Mono.empty();
              }
              seen.run();
              String[] parts = headers.get(0).split(" ", 2);
              Filter scope =
                  parts.length == 1 ? Filter.ALL : new QueryParser(clock).parse(parts[1]);
              Map<Permission, Filter> scopes = new EnumMap<>(Permission.class);
              for (Permission permission : Permission.values()) {
                scopes.put(permission, scope);
              }
              return Mono.just(new Principal(parts[0], Set.of("admin"), scopes, Set.of("default")));
            });
  }
}
