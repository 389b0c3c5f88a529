package dev.logdash.dashboard;

import dev.logdash.api.auth.Authenticator;
import dev.logdash.api.cache.DashboardCache;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.core.Logdash;
import dev.logdash.core.alert.AlertingService;
import dev.logdash.core.auth.AccessControl;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.config.ServerRole;
import dev.logdash.core.memory.InMemoryDashboardCache;
import dev.logdash.core.rollup.Tier;
import dev.logdash.dashboard.security.ServletCredentials;
import dev.logdash.dashboard.security.TrustedProxies;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a dashboard shows and who may see it. What it is given stays the caller's to close.
 */
public final class DashboardBuilder {

  private static final int DEFAULT_LINE_BYTES = 1 << 20;

  private @Nullable Logdash logdash;
  private @Nullable DashboardCache cache;
  private @Nullable Clock clock;
  private final List<Authenticator> authenticators = new ArrayList<>();

  private @Nullable AccessControl access;
  private @Nullable AlertingService alerting;
  private @Nullable LogdashConfig settings;
  private boolean plainCookies;
  private TrustedProxies proxies = TrustedProxies.NONE;
  private Supplier<PipelineState> pipeline = () -> PipelineState.UNKNOWN;
  private @Nullable Supplier<String> metrics;
  private @Nullable LogSource deadLetters;
  private ToLongFunction<String> positions = key -> -1;
  private int maxLineBytes = DEFAULT_LINE_BYTES;
  private List<Tier> tiers = Tier.DEFAULTS;
  private String version = "";
  private ServerRole role = ServerRole.ALL;

  DashboardBuilder() {}

  /** What is shown; must be given. */
  public DashboardBuilder logdash(Logdash value) {
    logdash = value;
    return this;
  }

  /** Tells the time; must be given. */
  public DashboardBuilder clock(Clock value) {
    clock = value;
    return this;
  }

  /** Where panels are kept for a moment. Default: in the memory of this process. */
  public DashboardBuilder cache(DashboardCache value) {
    cache = value;
    return this;
  }

  /** The local users, their sessions, and the API keys. */
  public DashboardBuilder access(AccessControl value) {
    access = value;
    return this;
  }

  /** Rules, what fires, and where it is told. Default: there are none. */
  public DashboardBuilder alerting(AlertingService value) {
    alerting = value;
    return this;
  }

  /**
   * Whether people may sign in from other machines without TLS, so that whoever is on the network
   * can read their passwords. Default: no.
   */
  public DashboardBuilder plainCookies(boolean value) {
    plainCookies = value;
    return this;
  }

  /**
   * Who stands in front and may say where a request came from, and whether over TLS. Default:
   * nobody.
   */
  public DashboardBuilder trustedProxies(TrustedProxies value) {
    proxies = Objects.requireNonNull(value, "proxies");
    return this;
  }

  /**
   * Adds one who can say who sends a request, to be asked behind those before. Without any, nobody
   * gets in.
   */
  public DashboardBuilder authenticator(Authenticator value) {
    authenticators.add(Objects.requireNonNull(value, "authenticator"));
    return this;
  }

  /** What the host sees of its spool and its indices. */
  public DashboardBuilder pipeline(Supplier<PipelineState> value) {
    pipeline = Objects.requireNonNull(value, "pipeline");
    return this;
  }

  /** The metrics of the host in the text format of Prometheus, where it has no better place. */
  public DashboardBuilder metrics(Supplier<String> value) {
    metrics = value;
    return this;
  }

  /** Where dead letters can be read; nobody else may read them at the same time. */
  public DashboardBuilder deadLetters(LogSource value) {
    deadLetters = value;
    return this;
  }

  /**
   * How far a key has come in the sink, or -1: by it a record that a shipper sends again is known.
   * Default: -1 for all; then the statistics may count such a record twice.
   */
  public DashboardBuilder positions(ToLongFunction<String> value) {
    positions = Objects.requireNonNull(value, "positions");
    return this;
  }

  /** The longest line that is kept whole, in bytes. Default: 1 MiB. */
  public DashboardBuilder maxLineBytes(int value) {
    maxLineBytes = value;
    return this;
  }

  /** Which statistics are kept for how long. Default: {@link Tier#DEFAULTS}. */
  public DashboardBuilder tiers(List<Tier> value) {
    tiers = List.copyOf(value);
    return this;
  }

  /** How the installation is set, to be shown to administrators. Default: not shown. */
  public DashboardBuilder settings(LogdashConfig value) {
    settings = value;
    return this;
  }

  /** Which part of the routes there is. Default: all. */
  public DashboardBuilder role(ServerRole value) {
    role = Objects.requireNonNull(value, "role");
    return this;
  }

  /** The version to tell. */
  public DashboardBuilder version(String value) {
    version = value;
    return this;
  }

  public DashboardServlet build() {
    return new DashboardServlet(new Parts(this));
  }

  Logdash logdash() {
    return Objects.requireNonNull(logdash, "logdash");
  }

  Clock clock() {
    return Objects.requireNonNull(clock, "clock");
  }

  DashboardCache cache() {
    return cache != null ? cache : new InMemoryDashboardCache();
  }

  @Nullable LogdashConfig settings() {
    return settings;
  }

  @Nullable AlertingService alerting() {
    return alerting;
  }

  @Nullable AccessControl access() {
    return access;
  }

  TrustedProxies proxies() {
    return proxies;
  }

  boolean plainCookies() {
    return plainCookies;
  }

  /** Those of the local users, then those that were given. */
  List<Authenticator> authenticators() {
    List<Authenticator> all = new ArrayList<>();
    AccessControl local = access;
    if (local != null) {
      all.add(local.apiKeys().authenticator());
      all.add(local.authentication().sessions(ServletCredentials.SESSION));
    }
    all.addAll(authenticators);
    return all;
  }

  Supplier<PipelineState> pipeline() {
    return pipeline;
  }

  @Nullable Supplier<String> metrics() {
    return metrics;
  }

  @Nullable LogSource deadLetters() {
    return deadLetters;
  }

  ToLongFunction<String> positions() {
    return positions;
  }

  int maxLineBytes() {
    return maxLineBytes;
  }

  List<Tier> tiers() {
    return tiers;
  }

  ServerRole role() {
    return role;
  }

  String version() {
    return version;
  }
}
