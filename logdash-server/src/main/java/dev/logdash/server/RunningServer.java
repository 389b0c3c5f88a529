package dev.logdash.server;

import dev.logdash.api.error.BackendException;
import dev.logdash.core.alert.AlertingService;
import dev.logdash.core.auth.AccessControl;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.dashboard.DashboardBuilder;
import dev.logdash.dashboard.HostedDashboard;
import dev.logdash.dashboard.Installation;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import picocli.CommandLine.ExitCode;
import reactor.core.Disposable;

/** A data folder that is served: over HTTP, and over syslog where that is wanted. */
final class RunningServer implements AutoCloseable {

  private final Console console;
  private final LogdashConfig config;
  private final HostedDashboard dashboard;
  private final HttpServer http;
  private final Deque<AutoCloseable> parts;

  private RunningServer(
      Console console,
      LogdashConfig config,
      HostedDashboard dashboard,
      HttpServer http,
      Deque<AutoCloseable> parts) {
    this.console = console;
    this.config = config;
    this.dashboard = dashboard;
    this.http = http;
    this.parts = parts;
  }

  static RunningServer start(LogdashConfig config, Console console) {
    String host = config.get(ConfigKeys.SERVER_HOST);
    boolean plainHttp = config.get(ConfigKeys.SERVER_PLAIN_HTTP);
    if (!HttpServer.isLoopback(host) && !plainHttp) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "on "
              + host
              + " passwords and logs would cross the network without TLS. Listen on 127.0.0.1 with"
              + " a proxy with TLS in front, or set logdash.server.plain-http=true if the network"
              + " is to be trusted");
    }
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      AtomicReference<ServerMetrics> metrics = new AtomicReference<>();
      HostedDashboard dashboard =
          open(
              config,
              console,
              (installation, builder) -> {
                ServerMetrics made = new ServerMetrics(installation);
                metrics.set(made);
                parts.push(made);
                builder.metrics(made::text).version(Version.text());
                if (config.get(ConfigKeys.INGEST_OPEN_LOOPBACK)) {
                  builder.authenticator(new OpenLoopback());
                }
              });
      parts.push(dashboard);
      ServerMetrics measured = Objects.requireNonNull(metrics.get());
      dashboard.alerting().ifPresent(alerts -> measured.alerts(alerts.counts()));
      HttpServer http =
          HttpServer.start(host, config.get(ConfigKeys.SERVER_PORT), dashboard.servlet());
      parts.push(http);
      SyslogServer.start(config, dashboard.installation().logdash().sink()).ifPresent(parts::push);
      return new RunningServer(console, config, dashboard, http, parts);
    } catch (RuntimeException e) {
      closeAll(parts);
      throw e;
    }
  }

  /**
   * Serves until the process is told to end, which it does only when what was taken in is safe.
   *
   * @param work what goes on beside it, from its start on
   * @param last what is done when it has closed, before the process may end
   */
  static void untilToldToEnd(
      LogdashConfig config,
      Console console,
      Function<RunningServer, Disposable> work,
      Runnable last)
      throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> tellAndWait(told, ended), "logdash-shutdown");
    try (RunningServer server = start(config, console)) {
      Runtime.getRuntime().addShutdownHook(hook);
      server.announce();
      Disposable working = work.apply(server);
      told.await();
      working.dispose();
    } finally {
      last.run();
      ended.countDown();
    }
  }

  private static void tellAndWait(CountDownLatch told, CountDownLatch ended) {
    told.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Installation installation() {
    return dashboard.installation();
  }

  AlertingService alerting() {
    return dashboard.alerting().orElseThrow();
  }

  AccessControl access() {
    return dashboard.access();
  }

  int port() {
    return http.port();
  }

  /** Says where it is, and how to make the first administrator if there is none. */
  void announce() {
    String host = config.get(ConfigKeys.SERVER_HOST);
    String address =
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/";
    dashboard.reachedAt(URI.create(address));
    console.out().println("logdash listens on " + address);
    if (!installation().topology().role().shows()) {
      console.out().flush();
      return;
    }
    // On the terminal alone: a logger may be shipped to where others can read it.
    access()
        .firstAdministrator()
        .offer()
        .blockOptional()
        .ifPresent(
            code ->
                console
                    .out()
                    .println(
                        "Make the first administrator within 30 minutes: "
                            + address
                            + "setup#code="
                            + code));
    console.out().flush();
  }

  @Override
  public void close() {
    closeAll(parts);
  }

  private static HostedDashboard open(
      LogdashConfig config, Console console, BiConsumer<Installation, DashboardBuilder> more) {
    try {
      return HostedDashboard.start(config, console.clock(), new SecureRandom(), more);
    } catch (BackendException.Misconfigured e) {
      throw new CommandFailed(
          ExitCode.SOFTWARE, e.getMessage() + " (--data DIR names another one)", e);
    }
  }

  private static void closeAll(Deque<AutoCloseable> parts) {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        org.slf4j.LoggerFactory.getLogger(RunningServer.class).warn("{} did not close", part, e);
      }
    }
  }
}
