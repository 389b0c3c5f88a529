package dev.logdash.dashboard;

import dev.logdash.core.alert.AlertingService;
import dev.logdash.core.auth.AccessControl;
import dev.logdash.core.auth.AccessSettings;
import dev.logdash.core.config.ConfigException;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.dashboard.security.Argon2PasswordHasher;
import dev.logdash.dashboard.security.MetricsToken;
import dev.logdash.dashboard.security.TrustedProxies;
import dev.logdash.embedded.EmbeddedLogdash;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An installation, its accounts, its alerts, and the servlet that shows it. */
public final class HostedDashboard implements AutoCloseable {

  private final Installation installation;
  private final AccessControl access;
  private final @Nullable HostedAlerts alerts;
  private final DashboardServlet servlet;

  private HostedDashboard(
      Installation installation,
      AccessControl access,
      @Nullable HostedAlerts alerts,
      DashboardServlet servlet) {
    this.installation = installation;
    this.access = access;
    this.alerts = alerts;
    this.servlet = servlet;
  }

  /**
   * Opens what the settings name and starts to process.
   *
   * @param more adds to the dashboard what only its host knows
   * @throws dev.logdash.api.error.BackendException if the folder is in use or cannot be used
   * @throws ConfigException if a proxy of the settings is no address
   */
  public static HostedDashboard start(
      LogdashConfig config,
      Clock clock,
      SecureRandom random,
      BiConsumer<Installation, DashboardBuilder> more) {
    TrustedProxies proxies = proxies(config);
    Optional<MetricsToken> metrics = MetricsToken.of(config);
    Installation installation = Installation.start(config, clock, random);
    AccessControl access = null;
    HostedAlerts alerts = null;
    try {
      access =
          new AccessControl(
              installation.logdash().documents(),
              new Argon2PasswordHasher(random),
              AccessSettings.DEFAULTS,
              clock,
              random,
              installation.attempts());
      // Rules are watched where people look at logs, and nowhere else.
      if (installation.topology().role().shows()) {
        alerts = HostedAlerts.open(config, installation, access, clock, random);
      }
      DashboardBuilder dashboard =
          DashboardServlet.builder()
              .logdash(installation.logdash())
              .clock(clock)
              .access(access)
              .settings(config)
              .role(installation.topology().role())
              .plainCookies(config.get(ConfigKeys.SERVER_PLAIN_HTTP))
              .trustedProxies(proxies)
              .pipeline(installation::state)
              .positions(installation::position)
              .maxLineBytes(Math.toIntExact(config.get(ConfigKeys.SPOOL_MAX_RECORD_BYTES)))
              .tiers(EmbeddedLogdash.pipeline(config).rollups().tiers());
      if (alerts != null) {
        dashboard.alerting(alerts.service());
      }
      metrics.ifPresent(dashboard::authenticator);
      installation.deadLetters().ifPresent(dashboard::deadLetters);
      installation.cache().ifPresent(dashboard::cache);
      more.accept(installation, dashboard);
      HostedDashboard opened = new HostedDashboard(installation, access, alerts, dashboard.build());
      if (alerts != null) {
        alerts.service().start();
      }
      return opened;
    } catch (RuntimeException | LinkageError e) {
      if (alerts != null) {
        alerts.close();
      }
      if (access != null) {
        access.close();
      }
      installation.close();
      throw e;
    }
  }

  public Installation installation() {
    return installation;
  }

  public AccessControl access() {
    return access;
  }

  /** Empty where no rules are watched. */
  public Optional<AlertingService> alerting() {
    return Optional.ofNullable(alerts).map(HostedAlerts::service);
  }

  /** Says where people reach it, for links in messages, unless the settings say so. */
  public void reachedAt(URI address) {
    if (alerts != null) {
      alerts.reachedAt(address);
    }
  }

  public DashboardServlet servlet() {
    return servlet;
  }

  /** Ends the servlet too, if its container has not. Within five seconds; idempotent. */
  @Override
  public void close() {
    servlet.destroy();
    if (alerts != null) {
      alerts.close();
    }
    access.close();
    installation.close();
  }

  /**
   * The proxies that the settings trust.
   *
   * @throws ConfigException if one of them is no address
   */
  static TrustedProxies proxies(LogdashConfig config) {
    try {
      return TrustedProxies.of(config.get(ConfigKeys.SERVER_TRUSTED_PROXIES));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          List.of(ConfigKeys.SERVER_TRUSTED_PROXIES.name() + ": " + e.getMessage()));
    }
  }
}
