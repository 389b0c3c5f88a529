package dev.logdash.dashboard;

import dev.logdash.core.config.BackendKeys;
import dev.logdash.core.config.ConfigException;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link HostedLogdash} needs to know; nothing has to be given but a name. */
public final class HostedLogdashBuilder {

  private static final Duration RETRY = Duration.ofSeconds(10);

  private final String name;
  private final List<ConfigSource> sources = new ArrayList<>();
  private Clock clock = Clock.systemUTC();
  private Duration retry = RETRY;
  private Supplier<@Nullable PrintWriter> terminal = SetUpLink::terminal;

  HostedLogdashBuilder(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  /** Adds settings, which go before those that were added earlier. */
  public HostedLogdashBuilder settings(ConfigSource value) {
    sources.add(Objects.requireNonNull(value, "settings"));
    return this;
  }

  /** Adds one setting, for example {@code logdash.data.dir}. */
  public HostedLogdashBuilder setting(String key, String value) {
    return settings(new ConfigSource("application", Map.of(key, value)));
  }

  /** Tells the time; that of the machine unless set. */
  public HostedLogdashBuilder clock(Clock value) {
    clock = Objects.requireNonNull(value, "clock");
    return this;
  }

  HostedLogdashBuilder retry(Duration value) {
    retry = value;
    return this;
  }

  HostedLogdashBuilder terminal(Supplier<@Nullable PrintWriter> value) {
    terminal = value;
    return this;
  }

  /**
   * Starts. A data folder that cannot be used does not keep it from that; it is then tried again
   * every few seconds.
   *
   * @throws dev.logdash.core.config.ConfigException if a setting is wrong, naming each
   */
  public HostedLogdash start() {
    HostedLogdash logdash = new HostedLogdash(config(), clock, new SecureRandom(), terminal, retry);
    logdash.start();
    return logdash;
  }

  LogdashConfig config() {
    List<ConfigSource> all = new ArrayList<>();
    all.add(defaults());
    all.addAll(sources);
    LogdashConfig config = LogdashConfig.of(all);
    if (!config.get(BackendKeys.SERVER_ROLE).takesIn()) {
      throw new ConfigException(
          List.of(
              BackendKeys.SERVER_ROLE.name()
                  + ": an application takes its own logs in; its role is all or ingest"));
    }
    return config;
  }

  // A folder for each application, since a folder has one process at a time.
  private ConfigSource defaults() {
    String folder = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
    return new ConfigSource(
        "defaults of an application",
        Map.of(
            ConfigKeys.DATA_DIR.name(),
            "~/.logdash-" + (folder.isEmpty() ? "application" : folder),
            ConfigKeys.HOST_SERVICE.name(),
            name.isBlank() ? "application" : name));
  }
}
