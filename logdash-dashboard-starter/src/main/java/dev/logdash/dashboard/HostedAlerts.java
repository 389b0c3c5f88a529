package dev.logdash.dashboard;

import dev.logdash.api.alert.NotifierType;
import dev.logdash.core.alert.AlertingService;
import dev.logdash.core.alert.AlertingServiceBuilder;
import dev.logdash.core.alert.SecretBox;
import dev.logdash.core.auth.AccessControl;
import dev.logdash.core.auth.ScopedReader;
import dev.logdash.core.config.ConfigException;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.rollup.RollupSettings;
import dev.logdash.embedded.SecretKeyFile;
import dev.logdash.notify.EmailType;
import dev.logdash.notify.NotifyPolicy;
import dev.logdash.notify.SlackType;
import dev.logdash.notify.WebhookType;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Alerts over an installation, with the ways to tell people that are on the class path. */
final class HostedAlerts implements AutoCloseable {

  private final AlertingService service;
  private final AtomicReference<@Nullable URI> address;

  private HostedAlerts(AlertingService service, AtomicReference<@Nullable URI> address) {
    this.service = service;
    this.address = address;
  }

  /**
   * Does no I/O but for the key of the secrets.
   *
   * @throws ConfigException if what the settings open for messages is no host and no network
   */
  static HostedAlerts open(
      LogdashConfig config,
      Installation installation,
      AccessControl access,
      Clock clock,
      SecureRandom random) {
    AtomicReference<@Nullable URI> address = new AtomicReference<>();
    String configured = config.get(ConfigKeys.DASHBOARD_URL);
    if (!configured.isEmpty()) {
      address.set(URI.create(configured));
    }
    AlertingServiceBuilder builder =
        AlertingService.builder()
            .store(installation.logdash().documents())
            .reader(
                new ScopedReader(
                    installation.logdash().search(),
                    installation.logdash().rollups(),
                    RollupSettings.DEFAULTS.definitions()))
            .audit(access.audit())
            .users(access::principal)
            .secrets(new SecretBox(key(config, random), random))
            .clock(clock)
            .random(random)
            .watermark(installation::watermark)
            .link(address::get);
    for (NotifierType found : ServiceLoader.load(NotifierType.class)) {
      builder.type(found);
    }
    // In the place of the same ones that were found, which know nothing of the settings.
    NotifyPolicy policy = policy(config);
    builder
        .type(new EmailType(policy))
        .type(new SlackType(policy))
        .type(new WebhookType(policy, clock));
    return new HostedAlerts(builder.build(), address);
  }

  AlertingService service() {
    return service;
  }

  void reachedAt(URI value) {
    address.compareAndSet(null, value);
  }

  @Override
  public void close() {
    service.close();
  }

  private static byte[] key(LogdashConfig config, SecureRandom random) {
    String text = config.get(ConfigKeys.SECRET_KEY);
    if (text.isEmpty()) {
      return SecretKeyFile.read(config.get(ConfigKeys.DATA_DIR), SecretBox.KEY_BYTES, random);
    }
    try {
      byte[] key = Base64.getDecoder().decode(text);
      if (key.length == SecretBox.KEY_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // Told like a key that is too short.
    }
    throw new ConfigException(
        List.of(ConfigKeys.SECRET_KEY.name() + ": expected 32 bytes in Base64"));
  }

  private static NotifyPolicy policy(LogdashConfig config) {
    try {
      return NotifyPolicy.allowing(config.get(ConfigKeys.NOTIFY_ALLOW_INTERNAL));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          List.of(ConfigKeys.NOTIFY_ALLOW_INTERNAL.name() + ": " + e.getMessage()));
    }
  }
}
