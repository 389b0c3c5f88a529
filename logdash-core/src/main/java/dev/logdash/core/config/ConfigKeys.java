package dev.logdash.core.config;

import dev.logdash.core.spool.FsyncPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The table of all settings; {@code docs/configuration.md} is made of it. */
public final class ConfigKeys {

  /** Every name starts with this. */
  static final String PREFIX = "logdash.";

  public static final ConfigKey<Path> DATA_DIR =
      new ConfigKey<>(
          "data.dir",
          ConfigType.path(),
          "~/.logdash",
          "The folder that holds everything: spool, indices, statistics. One process at a time"
              + " writes to it.");

  public static final ConfigKey<Integer> SPOOL_LANES =
      new ConfigKey<>(
          "spool.lanes",
          ConfigType.integer(1, 64),
          "2",
          "How many partitions the spool has, each with a writer and a processor of its own.");

  public static final ConfigKey<Long> SPOOL_MAX_BYTES =
      new ConfigKey<>(
          "spool.max-bytes",
          ConfigType.bytes("16MB", "16TB"),
          "1GB",
          "The most that the spool keeps on the disk; beyond it new records are refused until the"
              + " processor has caught up.");

  public static final ConfigKey<FsyncPolicy> SPOOL_FSYNC =
      new ConfigKey<>(
          "spool.fsync",
          ConfigType.oneOf(FsyncPolicy.class),
          "interval",
          "When the spool forces the disk: none (when a segment is full), interval (also each 50"
              + " ms), group (before each append is answered). The death of the process loses"
              + " nothing in any case; this is about the loss of power.");

  public static final ConfigKey<Long> SPOOL_MAX_RECORD_BYTES =
      new ConfigKey<>(
          "spool.max-record-bytes",
          ConfigType.bytes("1KB", "16MB"),
          "1MB",
          "The longest line that is kept whole; of a longer one only the beginning is kept, and the"
              + " event says how long it was.");

  public static final ConfigKey<Long> STORE_RAM_BUFFER =
      new ConfigKey<>(
          "store.ram-buffer",
          ConfigType.bytes("1MB", "2GB"),
          "32MB",
          "How much the search index collects in memory before it writes a segment.");

  public static final ConfigKey<Integer> STORE_INDEXING_THREADS =
      new ConfigKey<>(
          "store.indexing-threads",
          ConfigType.integer(1, 64),
          "1",
          "How many threads index one batch of events.");

  public static final ConfigKey<Duration> RETENTION_MAX_AGE =
      new ConfigKey<>(
          "retention.max-age",
          ConfigType.duration("1d", "36500d"),
          "7d",
          "Days of logs that ended longer ago are dropped. Statistics stay.");

  public static final ConfigKey<Long> RETENTION_MAX_BYTES =
      new ConfigKey<>(
          "retention.max-bytes",
          ConfigType.bytes("16MB", "1024TB"),
          "10GB",
          "The most that the search indices take on the disk; beyond it the oldest day is"
              + " dropped.");

  public static final ConfigKey<Double> RETENTION_MIN_FREE_DISK =
      new ConfigKey<>(
          "retention.min-free-disk",
          ConfigType.fraction(),
          "10%",
          "How much of the disk stays free; below it the oldest day is dropped.");

  public static final ConfigKey<Duration> ROLLUP_RETENTION_10S = rollup("10s", "2d");
  public static final ConfigKey<Duration> ROLLUP_RETENTION_1M = rollup("1m", "14d");
  public static final ConfigKey<Duration> ROLLUP_RETENTION_1H = rollup("1h", "365d");
  public static final ConfigKey<Duration> ROLLUP_RETENTION_1D = rollup("1d", "forever");

  public static final ConfigKey<Duration> PIPELINE_CHECKPOINT_INTERVAL =
      new ConfigKey<>(
          "pipeline.checkpoint-interval",
          ConfigType.duration("10ms", "1h"),
          "1s",
          "How often stores are flushed and the spool is told what it may forget. A crash repeats"
              + " at most the work of this time.");

  public static final ConfigKey<Long> PIPELINE_CHECKPOINT_BYTES =
      new ConfigKey<>(
          "pipeline.checkpoint-bytes",
          ConfigType.bytes("64KB", "4GB"),
          "32MB",
          "A checkpoint is also taken after this much input.");

  public static final ConfigKey<Duration> MULTILINE_GAP =
      new ConfigKey<>(
          "multiline.gap",
          ConfigType.duration("10ms", "10m"),
          "500ms",
          "A stack trace ends when its source stays silent for this long.");

  public static final ConfigKey<Boolean> REDACT_ENABLED =
      new ConfigKey<>(
          "redact.enabled",
          ConfigType.bool(),
          "true",
          "Whether passwords, tokens, keys, card and account numbers are blotted out before anything"
              + " is written to a disk.");

  public static final ConfigKey<Boolean> REDACT_EMAIL =
      new ConfigKey<>(
          "redact.email",
          ConfigType.bool(),
          "false",
          "Whether e-mail addresses are blotted out as well.");

  public static final ConfigKey<String> SERVER_HOST =
      new ConfigKey<>(
          "server.host",
          ConfigType.text("the name or the address of a network interface"),
          "127.0.0.1",
          "Where 'logdash serve' listens.");

  public static final ConfigKey<Integer> SERVER_PORT =
      new ConfigKey<>(
          "server.port",
          ConfigType.integer(0, 65_535),
          "7070",
          "The port on which it listens; 0 for any that is free.");

  public static final ConfigKey<Boolean> SERVER_PLAIN_HTTP =
      new ConfigKey<>(
          "server.plain-http",
          ConfigType.bool(),
          "false",
          "Whether it may listen beyond this machine without TLS, which shows passwords and logs to"
              + " the network; for a proxy that adds TLS.");

  public static final ConfigKey<Boolean> INGEST_OPEN_LOOPBACK =
      new ConfigKey<>(
          "ingest.open-loopback",
          ConfigType.bool(),
          "false",
          "Whether programs on this machine may send logs over HTTP without an API key.");

  public static final ConfigKey<IngestTarget> INGEST =
      new ConfigKey<>(
          "ingest",
          ConfigType.ingestTarget(),
          "local",
          "Where logs are brought: into the stores of this process, or through the spool in the data"
              + " folder to Kafka or to the logdash server at this address. 'logdash serve' stores"
              + " itself what it would bring to a server.");

  public static final ConfigKey<String> INGEST_API_KEY =
      new ConfigKey<>(
          "ingest.api-key",
          ConfigType.secret("an API key as the server showed it once, or nothing"),
          "",
          "The key with which that server lets the logs in; it also decides their dataset. Best"
              + " given by a file or a variable: everybody on the machine can read a command line.");

  public static final ConfigKey<Boolean> INGEST_PLAIN_HTTP =
      new ConfigKey<>(
          "ingest.plain-http",
          ConfigType.bool(),
          "false",
          "Whether logs and the key may go to a server beyond this machine without TLS, for whoever"
              + " is on the network to read.");

  public static final ConfigKey<Integer> SYSLOG_UDP_PORT =
      new ConfigKey<>(
          "syslog.udp-port",
          ConfigType.integer(0, 65_535),
          "0",
          "The port on which syslog messages are taken over UDP; 0 for none.");

  public static final ConfigKey<Integer> SYSLOG_TCP_PORT =
      new ConfigKey<>(
          "syslog.tcp-port",
          ConfigType.integer(0, 65_535),
          "0",
          "The port on which syslog messages are taken over TCP; 0 for none.");

  public static final ConfigKey<String> SYSLOG_HOST =
      new ConfigKey<>(
          "syslog.host",
          ConfigType.text("the name or the address of a network interface"),
          "127.0.0.1",
          "Where syslog messages are taken. Syslog knows no sign-in: whoever reaches it can write.");

  public static final ConfigKey<List<String>> SERVER_TRUSTED_PROXIES =
      new ConfigKey<>(
          "server.trusted-proxies",
          ConfigType.list("addresses or networks with commas between them, or nothing"),
          "",
          "The proxies in front that may say, by X-Forwarded-For and X-Forwarded-Proto, where a"
              + " request came from and whether over TLS; for example 10.0.0.0/8.");

  public static final ConfigKey<String> DASHBOARD_URL =
      new ConfigKey<>(
          "dashboard.url",
          ConfigType.address(),
          "",
          "Where people reach the dashboard, for the links in alerts; for example"
              + " https://logs.example.com/logdash/. Without it the address it listens on is used.");

  public static final ConfigKey<List<String>> NOTIFY_ALLOW_INTERNAL =
      new ConfigKey<>(
          "notify.allow-internal",
          ConfigType.list("hosts, addresses or networks with commas between them, or nothing"),
          "",
          "Receivers of alerts inside of the network that may be told, such as a mail relay; for"
              + " example relay.internal, 10.1.0.0/16. All others must have global addresses.");

  public static final ConfigKey<String> SECRET_KEY =
      new ConfigKey<>(
          "secret-key",
          ConfigType.secret("32 bytes in Base64, or nothing"),
          "",
          "The key that the secrets of alert channels are kept under. Without it the file"
              + " secret.key in the data folder has one, which is made once.");

  public static final ConfigKey<Boolean> HOST_ENABLED =
      new ConfigKey<>(
          "enabled",
          ConfigType.bool(),
          "true",
          "In an application: whether logdash starts with it.");

  public static final ConfigKey<String> HOST_PATH =
      new ConfigKey<>(
          "path",
          ConfigType.urlPath(),
          "/logdash",
          "In an application: where the dashboard is, below the context path.");

  public static final ConfigKey<String> HOST_SERVICE =
      new ConfigKey<>(
          "service",
          ConfigType.text("the name of a service"),
          "application",
          "In an application: the service that its events name. With Spring Boot it is"
              + " spring.application.name unless set.");

  public static final ConfigKey<Boolean> HOST_REQUESTS =
      new ConfigKey<>(
          "requests.enabled",
          ConfigType.bool(),
          "true",
          "In an application: whether each HTTP request becomes an event.");

  private static final List<ConfigKey<?>> OWN =
      List.of(
          DATA_DIR,
          SPOOL_LANES,
          SPOOL_MAX_BYTES,
          SPOOL_FSYNC,
          SPOOL_MAX_RECORD_BYTES,
          STORE_RAM_BUFFER,
          STORE_INDEXING_THREADS,
          RETENTION_MAX_AGE,
          RETENTION_MAX_BYTES,
          RETENTION_MIN_FREE_DISK,
          ROLLUP_RETENTION_10S,
          ROLLUP_RETENTION_1M,
          ROLLUP_RETENTION_1H,
          ROLLUP_RETENTION_1D,
          PIPELINE_CHECKPOINT_INTERVAL,
          PIPELINE_CHECKPOINT_BYTES,
          MULTILINE_GAP,
          REDACT_ENABLED,
          REDACT_EMAIL,
          SERVER_HOST,
          SERVER_PORT,
          SERVER_PLAIN_HTTP,
          INGEST_OPEN_LOOPBACK,
          INGEST,
          INGEST_API_KEY,
          INGEST_PLAIN_HTTP,
          SYSLOG_HOST,
          SYSLOG_UDP_PORT,
          SYSLOG_TCP_PORT,
          SERVER_TRUSTED_PROXIES,
          DASHBOARD_URL,
          NOTIFY_ALLOW_INTERNAL,
          SECRET_KEY,
          HOST_ENABLED,
          HOST_PATH,
          HOST_SERVICE,
          HOST_REQUESTS);

  /** All settings, in the order of the documentation. */
  public static final List<ConfigKey<?>> ALL =
      Stream.of(OWN, ParseKeys.ALL, EnrichKeys.ALL, BackendKeys.ALL)
          .<ConfigKey<?>>flatMap(List::stream)
          .toList();

  private ConfigKeys() {}

  /** The setting of a full name. */
  public static Optional<ConfigKey<?>> find(String name) {
    for (ConfigKey<?> key : ALL) {
      if (key.name().equals(name)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  /** The environment variable of a setting, for example {@code LOGDASH_DATA_DIR}. */
  public static String environmentName(ConfigKey<?> key) {
    return key.name().replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static ConfigKey<Duration> rollup(String tier, String defaultText) {
    return new ConfigKey<>(
        "rollup.retention." + tier,
        ConfigType.durationOrForever("1h"),
        defaultText,
        "How long the statistics of " + tier + " windows are kept.");
  }
}
