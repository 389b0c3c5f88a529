package dev.logdash.dashboard;

import dev.logdash.core.Logdash;
import dev.logdash.core.config.BackendKeys;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.IngestTarget;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.config.ServerRole;
import dev.logdash.core.ship.Shipping;
import dev.logdash.dashboard.request.RequestFilter;
import dev.logdash.dashboard.request.RequestRecorder;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * logdash inside of an application: takes what the application logs with Logback and the requests
 * it answers, keeps them in a data folder, and shows them. Made by {@link #builder}.
 *
 * <p>It never keeps the application from starting. Where the data folder cannot be used, because
 * another process has it or the disk is full, the servlet answers with the reason, what is logged
 * waits in memory within bounds and is dropped and counted beyond them, and the folder is tried
 * again every few seconds.
 *
 * <p>Where {@code logdash.ingest} names a server, the folder holds the logs only until that server
 * has them, and the servlet says where they are.
 */
public final class HostedLogdash implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HostedLogdash.class);

  // Before the link of half an hour ends.
  private static final Duration RENEW = Duration.ofMinutes(25);

  private final LogdashConfig config;
  private final Clock clock;
  private final SecureRandom random;
  private final Supplier<@Nullable PrintWriter> terminal;
  private final Duration retry;
  private final HostSink sink = new HostSink();
  private final HostedServlet servlet;
  private final RequestRecorder recorder;
  private final RequestFilter filter;
  private final Scheduler scheduler = Schedulers.newSingle("logdash-host", true);
  private final Disposable.Swap renewing = Disposables.swap();

  // The following change under the lock of this object.
  private @Nullable HostLogging logging;
  private volatile @Nullable HostedDashboard dashboard;
  private volatile @Nullable AutoCloseable sending;
  private @Nullable String address;
  private List<BackendMeter> meters = List.of();
  private final List<Consumer<List<BackendMeter>>> measuring = new ArrayList<>();
  private String trouble = "";
  private boolean closed;

  HostedLogdash(
      LogdashConfig config,
      Clock clock,
      SecureRandom random,
      Supplier<@Nullable PrintWriter> terminal,
      Duration retry) {
    this.config = config;
    this.clock = clock;
    this.random = random;
    this.terminal = terminal;
    this.retry = retry;
    servlet =
        new HostedServlet(
            HostedDashboard.proxies(config), config.get(ConfigKeys.SERVER_PLAIN_HTTP));
    recorder = new RequestRecorder(sink, config.get(ConfigKeys.HOST_SERVICE), clock);
    filter = new RequestFilter(recorder, path());
  }

  /**
   * Begins to make one.
   *
   * @param name of the application: the service that its events name, and the end of the name of
   *     its data folder, {@code ~/.logdash-<name>}, unless settings say otherwise
   */
  public static HostedLogdashBuilder builder(String name) {
    return new HostedLogdashBuilder(name);
  }

  synchronized void start() {
    logging = HostLogging.attach(sink, config.get(ConfigKeys.HOST_SERVICE));
    open();
  }

  /** To be mapped to {@link #path} and all below it. */
  public HostedServlet servlet() {
    return servlet;
  }

  /** To be mapped to all paths where requests are to be recorded. */
  public RequestFilter requestFilter() {
    return filter;
  }

  /** Where the dashboard is to be, below the context path. */
  public String path() {
    return config.get(ConfigKeys.HOST_PATH);
  }

  public LogdashConfig config() {
    return config;
  }

  /** Whether requests are to be recorded. */
  public boolean recordsRequests() {
    return config.get(ConfigKeys.HOST_REQUESTS);
  }

  /** What became of the requests. */
  public dev.logdash.dashboard.request.RequestCounts requests() {
    return recorder.counts();
  }

  /** Empty while the data folder is not open, and where another server stores the logs. */
  public Optional<Logdash> logdash() {
    return Optional.ofNullable(dashboard).map(open -> open.installation().logdash());
  }

  /**
   * Gives what can be measured of it, with the servers that it uses, once the data folder is open:
   * at once if it is.
   */
  public synchronized void whenOpen(Consumer<List<BackendMeter>> listener) {
    if (dashboard != null || sending != null) {
      listener.accept(meters);
    } else {
      measuring.add(listener);
    }
  }

  /**
   * Says where people reach the dashboard, for the link that makes the first administrator: on the
   * terminal, else in the file {@code first-administrator.txt} of the data folder. To be called
   * once the application listens.
   *
   * @param value with a slash at its end, for example {@code http://localhost:8080/logdash/}
   */
  public synchronized void announce(String value) {
    address = value;
    offer();
  }

  /**
   * Delivers what was logged and recorded before, and lets the data folder go; takes a few seconds
   * at most. To be called when the servlet has ended. Idempotent.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    renewing.dispose();
    scheduler.dispose();
    HostLogging attached = logging;
    if (attached != null) {
      attached.close();
    }
    recorder.close();
    sink.close();
    HostedDashboard open = dashboard;
    AutoCloseable sender = sending;
    if (open != null) {
      open.close();
    } else if (sender != null) {
      Stores.closeAll(new ArrayDeque<>(List.of(sender)));
    } else if (attached != null) {
      LOG.warn(
          "logdash ends without having opened {}: {} log events and {} requests were not kept",
          folder(),
          attached.lost(),
          recorder.counts().closed() + recorder.counts().full());
    }
  }

  private synchronized void open() {
    if (closed) {
      return;
    }
    String elsewhere = elsewhere();
    try {
      if (elsewhere.isEmpty()) {
        keep();
      } else {
        send(elsewhere);
      }
    } catch (RuntimeException e) {
      tell(String.valueOf(e.getMessage()), e);
      scheduler.schedule(this::open, retry.toMillis(), TimeUnit.MILLISECONDS);
      return;
    } catch (LinkageError e) {
      tell("a library does not fit: " + e, e);
      return;
    }
    LOG.info(
        "logdash keeps the logs of {} in {}{}",
        config.get(ConfigKeys.HOST_SERVICE),
        folder(),
        elsewhere.isEmpty() ? "" : " until " + elsewhere + " has them");
    offer();
  }

  private void keep() {
    HostedDashboard opened =
        HostedDashboard.start(config, clock, random, (installation, builder) -> {});
    dashboard = opened;
    measured(HostMeters.of(opened));
    sink.open(opened.installation().logdash().sink());
    servlet.show(opened.servlet());
  }

  /** Who stores the logs, if that is not this process. */
  private String elsewhere() {
    IngestTarget target = config.get(ConfigKeys.INGEST);
    boolean onlyTakesIn = config.get(BackendKeys.SERVER_ROLE) == ServerRole.INGEST;
    if (target instanceof IngestTarget.Kafka && onlyTakesIn) {
      return "the topic " + config.get(BackendKeys.KAFKA_TOPIC);
    }
    return target.server().map(URI::toString).orElse("");
  }

  private void send(String elsewhere) {
    servlet.refer(elsewhere);
    List<BackendMeter> counted = new ArrayList<>();
    Shipping opened = ShippingWiring.start(config, clock, random, counted);
    sending = opened;
    measured(counted);
    sink.open(opened.sink());
  }

  private void measured(List<BackendMeter> counted) {
    meters = List.copyOf(counted);
    measuring.forEach(listener -> listener.accept(meters));
    measuring.clear();
  }

  private void tell(String reason, Throwable error) {
    if (!reason.equals(trouble)) {
      trouble = reason;
      LOG.warn(
          "logdash cannot use its data folder: {}. The application goes on; what it logs is not kept"
              + " until the folder can be used. Another one is set by {}",
          reason,
          ConfigKeys.DATA_DIR.name(),
          error instanceof LinkageError ? error : null);
      servlet.excuse(
          reason
              + ". Or set "
              + ConfigKeys.DATA_DIR.name()
              + " to a folder of this application's own");
    }
  }

  private void offer() {
    HostedDashboard open = dashboard;
    String where = address;
    if (open == null || where == null || closed) {
      return;
    }
    open.reachedAt(URI.create(where));
    SetUpLink link = new SetUpLink(open.access().firstAdministrator(), folder(), terminal);
    renewing.update(
        link.offer(where)
            .repeatWhen(
                answers -> answers.takeWhile(rounds -> rounds > 0).delayElements(RENEW, scheduler))
            .takeUntil(again -> !again)
            .subscribe(
                again -> {},
                error -> LOG.warn("No link for the first administrator could be made", error)));
  }

  private Path folder() {
    return config.get(ConfigKeys.DATA_DIR);
  }
}
