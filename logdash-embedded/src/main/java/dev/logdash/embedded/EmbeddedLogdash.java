package dev.logdash.embedded;

import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.store.Retention;
import dev.logdash.core.Logdash;
import dev.logdash.core.LogdashBuilder;
import dev.logdash.core.SpoolSettings;
import dev.logdash.core.config.ConfigKey;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.ConfigType;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.config.ParseKeys;
import dev.logdash.core.decode.SourceRules;
import dev.logdash.core.enrich.NamedEnricher;
import dev.logdash.core.parse.pattern.PatternParser;
import dev.logdash.core.pipeline.DeadLetters;
import dev.logdash.core.pipeline.JoinLimits;
import dev.logdash.core.pipeline.PipelineSettings;
import dev.logdash.core.redact.RedactingSink;
import dev.logdash.core.redact.Redactor;
import dev.logdash.core.rollup.RollupSettings;
import dev.logdash.core.rollup.Tier;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolConfig;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A data folder and all that works on it: the settings, turned into parts and wired. */
public final class EmbeddedLogdash implements AutoCloseable {

  /** As {@link SpoolSettings#SPOOL}. */
  public static final String SPOOL = SpoolSettings.SPOOL;

  /** As {@link SpoolSettings#DEAD_LETTERS}. */
  public static final String DEAD_LETTERS = SpoolSettings.DEAD_LETTERS;

  private static final String CONSUMER = "processor";
  private static final int SCHEDULER_THREADS = 8;
  private static final int SCHEDULER_QUEUE = 100_000;

  private final Logdash logdash;
  private final Spool spool;
  private final Spool deadLetters;
  private final Scheduler scheduler;

  private EmbeddedLogdash(Logdash logdash, Spool spool, Spool deadLetters, Scheduler scheduler) {
    this.logdash = logdash;
    this.spool = spool;
    this.deadLetters = deadLetters;
    this.scheduler = scheduler;
  }

  /**
   * Opens the data folder of the settings, which is made if it is not there, and starts to process
   * what its spool holds.
   *
   * @throws dev.logdash.api.error.BackendException if it is in use or cannot be used
   * @throws dev.logdash.core.config.ConfigException if a table or a database of the settings cannot
   *     be used
   */
  public static EmbeddedLogdash start(LogdashConfig config, Clock clock, RandomGenerator random) {
    return start(config, clock, random, Assembly.DIRECT);
  }

  /** The same, with an assembly of one's own. */
  public static EmbeddedLogdash start(
      LogdashConfig config, Clock clock, RandomGenerator random, Assembly assembly) {
    Path folder = config.get(ConfigKeys.DATA_DIR);
    List<NamedEnricher> enrichers = Enrichment.of(config);
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      Scheduler scheduler =
          Schedulers.newBoundedElastic(
              SCHEDULER_THREADS, SCHEDULER_QUEUE, "logdash-spool", 60, true);
      opened.push(scheduler::dispose);
      EmbeddedStorage storage =
          EmbeddedStorage.open(
              folder,
              clock,
              config.get(ConfigKeys.STORE_RAM_BUFFER) / (double) (1 << 20),
              config.get(ConfigKeys.STORE_INDEXING_THREADS));
      opened.push(storage);
      Spool spool =
          assembly.spool(folder.resolve(SPOOL), spoolConfig(config), clock, scheduler, random);
      opened.push(spool);
      Spool dead =
          assembly.spool(
              folder.resolve(DEAD_LETTERS), deadLetterConfig(config), clock, scheduler, random);
      opened.push(dead);
      LogSink roomy = roomy(spool.sink(), folder, config);
      LogSink sink =
          config.get(ConfigKeys.REDACT_ENABLED)
              ? new RedactingSink(roomy, Redactor.of(config))
              : roomy;
      LogdashBuilder builder = Logdash.builder();
      parsing(config, builder);
      enrichers.forEach(builder::enrich);
      Logdash logdash =
          assembly
              .connect(builder, sink, spool.source(CONSUMER), storage)
              .deadLetters(new DeadLetters(dead.sink(), dead::position, AckLevel.FSYNCED))
              .pipeline(pipeline(config))
              .retention(retention(config))
              .clock(clock)
              .closing(spool)
              .closing(dead)
              .closing(storage)
              .closing(scheduler::dispose)
              .build();
      logdash.start();
      return new EmbeddedLogdash(logdash, spool, dead, scheduler);
    } catch (RuntimeException e) {
      closeAll(opened, e);
      throw e;
    }
  }

  /** What takes records in, and where they are found. */
  public Logdash logdash() {
    return logdash;
  }

  /** What was accepted and is not stored yet. */
  public Spool spool() {
    return spool;
  }

  /** What could not be understood or stored. */
  public Spool deadLetters() {
    return deadLetters;
  }

  /** Where the spools wait for their disk; closed with this. */
  public Scheduler scheduler() {
    return scheduler;
  }

  @Override
  public void close() {
    logdash.close();
  }

  private static void closeAll(Deque<AutoCloseable> opened, RuntimeException failure) {
    for (AutoCloseable resource : opened) {
      try {
        resource.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }

  private static LogSink roomy(LogSink sink, Path folder, LogdashConfig config) {
    File place = folder.toFile();
    RoomySink.Disk disk =
        new RoomySink.Disk() {
          @Override
          public long usable() {
            return place.getUsableSpace();
          }

          @Override
          public long total() {
            return place.getTotalSpace();
          }
        };
    // A full buffer goes to the disk as it is, and once more when its segments are merged.
    return new RoomySink(
        sink, disk, folder.toString(), 2 * config.get(ConfigKeys.STORE_RAM_BUFFER));
  }

  /** As {@link SpoolSettings#spool}. */
  public static SpoolConfig spoolConfig(LogdashConfig config) {
    return SpoolSettings.spool(config);
  }

  /** As {@link SpoolSettings#deadLetters}. */
  public static SpoolConfig deadLetterConfig(LogdashConfig config) {
    return SpoolSettings.deadLetters(config);
  }

  /** Lets lines be understood as the settings say. */
  public static void parsing(LogdashConfig config, LogdashBuilder builder) {
    String pattern = config.get(ParseKeys.PATTERN);
    if (!pattern.isEmpty()) {
      builder.parser(PatternParser.of(pattern));
    }
    builder.sources(SourceRules.of(config));
  }

  /** How records are processed by the settings. */
  public static PipelineSettings pipeline(LogdashConfig config) {
    return new PipelineSettings(
        config.get(ConfigKeys.PIPELINE_CHECKPOINT_INTERVAL),
        config.get(ConfigKeys.PIPELINE_CHECKPOINT_BYTES),
        JoinLimits.DEFAULTS.withGap(config.get(ConfigKeys.MULTILINE_GAP)),
        RollupSettings.DEFAULTS.withTiers(
            List.of(
                tier(config, 10, ConfigKeys.ROLLUP_RETENTION_10S),
                tier(config, 60, ConfigKeys.ROLLUP_RETENTION_1M),
                tier(config, 3_600, ConfigKeys.ROLLUP_RETENTION_1H),
                tier(config, 86_400, ConfigKeys.ROLLUP_RETENTION_1D))));
  }

  public static Retention retention(LogdashConfig config) {
    return new Retention(
        config.get(ConfigKeys.RETENTION_MAX_AGE),
        config.get(ConfigKeys.RETENTION_MAX_BYTES),
        config.get(ConfigKeys.RETENTION_MIN_FREE_DISK));
  }

  private static Tier tier(LogdashConfig config, int seconds, ConfigKey<Duration> key) {
    Duration kept = config.get(key);
    return new Tier(seconds, kept.equals(ConfigType.FOREVER) ? Tier.FOR_EVER : kept);
  }
}
