package dev.logdash.dashboard;

import dev.logdash.api.auth.Authenticator;
import dev.logdash.api.auth.Credentials;
import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.error.AccessDeniedException;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.core.Logdash;
import dev.logdash.core.alert.AlertingService;
import dev.logdash.core.auth.AccessControl;
import dev.logdash.core.auth.Actor;
import dev.logdash.core.auth.ScopedReader;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.config.ParseKeys;
import dev.logdash.core.config.ServerRole;
import dev.logdash.core.decode.SourceRules;
import dev.logdash.core.redact.Redactor;
import dev.logdash.core.rollup.RollupSettings;
import dev.logdash.core.view.VisualizationManager;
import dev.logdash.dashboard.security.ServletCredentials;
import dev.logdash.dashboard.security.SessionCookie;
import dev.logdash.dashboard.security.TrustedProxies;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What a dashboard is made of, wired. */
final class Parts {

  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration SAMPLE_EACH = Duration.ofSeconds(1);
  private static final Duration SWEEP_EACH = Duration.ofHours(1);
  private static final int THREADS = 32;
  private static final int QUEUE = 1_000;

  private final List<Authenticator> authenticators;
  private final TrustedProxies proxies;
  private final SessionCookie cookie;
  private final Scheduler scheduler;
  private final Scheduler beats;
  private final RouteTable routes;
  private final boolean showsPages;
  private final Disposable sampling;
  private final Disposable sweeping;
  private final @Nullable AccessControl access;

  Parts(DashboardBuilder given) {
    authenticators = given.authenticators();
    proxies = given.proxies();
    cookie = new SessionCookie(given.plainCookies());
    scheduler = Schedulers.newBoundedElastic(THREADS, QUEUE, "logdash-http", 60, true);
    beats = Schedulers.newParallel("logdash-tail", 2, true);
    Logdash logdash = given.logdash();
    ServerRole role = given.role();
    Rates rates = new Rates();
    LogdashConfig settings = given.settings();
    Redactor redactor = settings == null ? Redactor.standard() : Redactor.of(settings);
    List<Route> all = new ArrayList<>(new PipelineRoutes(given, rates).routes());
    if (role.takesIn()) {
      IngestPlaces places = new IngestPlaces();
      all.addAll(
          new IngestRoutes(
                  logdash.sink(),
                  given.positions(),
                  given.maxLineBytes(),
                  given.clock(),
                  places,
                  redactor)
              .routes());
      if (OtlpRoutes.isPossible()) {
        all.addAll(new OtlpRoutes(logdash.sink(), given.maxLineBytes(), places).routes());
      }
      all.addAll(new ShipperRoutes().routes());
    }
    access = given.access();
    showsPages = role.shows();
    if (showsPages) {
      show(given, redactor, all);
    }
    routes = new RouteTable(all);
    sampling =
        Flux.interval(Duration.ZERO, SAMPLE_EACH, beats)
            .onBackpressureDrop()
            .subscribe(tick -> rates.sample(given.pipeline().get().spooled(), logdash.totals()));
    AccessControl local = access;
    sweeping =
        local == null || !showsPages
            ? Disposables.disposed()
            : Flux.interval(SWEEP_EACH, beats)
                .onBackpressureDrop()
                .concatMap(
                    tick ->
                        local
                            .authentication()
                            .sweepSessions()
                            .onErrorResume(
                                error -> {
                                  LOG.warn("Sessions that have ended were not removed", error);
                                  return Mono.empty();
                                }))
                .subscribe();
  }

  /** Adds what people look at. */
  private void show(DashboardBuilder given, Redactor redactor, List<Route> all) {
    Logdash logdash = given.logdash();
    ScopedReader reader =
        new ScopedReader(
            logdash.search(), logdash.rollups(), RollupSettings.DEFAULTS.definitions());
    SearchSlots slots = new SearchSlots(scheduler, DEADLINE);
    Queries queries = new Queries(given.clock());
    VisualizationManager panels = new VisualizationManager(given.cache());
    all.addAll(new SearchRoutes(reader, panels, slots, queries).routes());
    all.addAll(new TableRoutes(reader, slots, queries).routes());
    all.addAll(new PatternRoutes(reader, slots, queries).routes());
    all.addAll(
        new TailRoutes(
                reader,
                logdash.live(),
                queries,
                beats,
                exchange -> authenticate(exchange.credentials()))
            .routes());
    all.addAll(
        new RollupRoutes(reader, panels, slots, queries, given.clock(), given.tiers()).routes());
    all.addAll(new OpenApiRoutes().routes());
    LogSource letters = given.deadLetters();
    if (letters != null) {
      all.addAll(new DeadLetterRoutes(letters).routes());
    }
    AlertingService alerting = given.alerting();
    if (alerting != null) {
      all.addAll(new AlertRoutes(alerting, slots, given.clock()).routes());
      all.addAll(new ChannelRoutes(alerting.channels()).routes());
    }
    LogdashConfig settings = given.settings();
    String pattern = settings == null ? "" : settings.get(ParseKeys.PATTERN);
    SourceRules sources = settings == null ? SourceRules.NONE : SourceRules.of(settings);
    all.addAll(
        new ParseRoutes(slots, given.clock(), pattern, sources, redactor, logdash.enrichment())
            .routes());
    if (settings != null) {
      all.addAll(new SettingsRoutes(settings).routes());
    }
    SavedSearchRoutes savedSearches = new SavedSearchRoutes(logdash.documents(), given.clock());
    all.addAll(savedSearches.routes());
    AccessControl local = access;
    if (local != null) {
      all.addAll(new SessionRoutes(local).routes());
      all.addAll(
          new AccountRoutes(
                  local,
                  user ->
                      savedSearches
                          .forget(user)
                          .then(alerting == null ? Mono.empty() : alerting.forget(user)))
              .routes());
    }
  }

  /** Whether people look at logs here. */
  boolean showsPages() {
    return showsPages;
  }

  RouteTable routes() {
    return routes;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  /** Whoever sends a request; empty for nobody. */
  Mono<Principal> authenticate(Credentials credentials) {
    return Flux.fromIterable(authenticators)
        .concatMap(authenticator -> authenticator.authenticate(credentials))
        .next();
  }

  /** Completes if whoever asks holds a permission; else fails, and the record says so. */
  Mono<Void> require(Exchange exchange, Permission permission) {
    Principal principal = exchange.principal();
    if (access != null) {
      Actor actor = new Actor(principal, exchange.credentials().clientAddress());
      return access.authorization().require(actor, permission);
    }
    return principal.may(permission)
        ? Mono.empty()
        : Mono.error(() -> new AccessDeniedException("this needs the permission " + permission));
  }

  ServletCredentials credentials(HttpServletRequest request) {
    return new ServletCredentials(request, proxies, cookie);
  }

  void close() {
    sampling.dispose();
    sweeping.dispose();
    scheduler.dispose();
    beats.dispose();
  }
}
