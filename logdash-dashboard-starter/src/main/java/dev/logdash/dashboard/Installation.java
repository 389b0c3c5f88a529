package dev.logdash.dashboard;

import dev.logdash.api.auth.AttemptCounters;
import dev.logdash.api.cache.DashboardCache;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.core.Logdash;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.config.Topology;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolStatistics;
import dev.logdash.embedded.Assembly;
import dev.logdash.embedded.EmbeddedLogdash;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * All that the settings describe, opened and wired: where logs come in, the road, the stores, in
 * whatever backends they name. What a process does not do for its role is not there.
 */
public final class Installation implements AutoCloseable {

  static final String READER = "dashboard";

  private final Topology topology;
  private final Logdash logdash;
  private final @Nullable Spool spool;
  private final @Nullable LogSource deadLetters;
  private final @Nullable DashboardCache cache;
  private final AttemptCounters attempts;
  private final LongSupplier watermark;
  private final LongSupplier lag;
  private final List<BackendMeter> meters;
  private final Scheduler scheduler;
  private final Mono<Void> sent;
  private final Runnable closing;

  /**
   * @param sent completes when what came in has left the spool for where it is stored from; at once
   *     where it is stored from the spool
   */
  Installation(
      Topology topology,
      Logdash logdash,
      @Nullable Spool spool,
      @Nullable LogSource deadLetters,
      @Nullable DashboardCache cache,
      AttemptCounters attempts,
      LongSupplier watermark,
      LongSupplier lag,
      List<BackendMeter> meters,
      Scheduler scheduler,
      Mono<Void> sent,
      Runnable closing) {
    this.topology = topology;
    this.logdash = logdash;
    this.spool = spool;
    this.deadLetters = deadLetters;
    this.cache = cache;
    this.attempts = attempts;
    this.watermark = watermark;
    this.lag = lag;
    this.meters = List.copyOf(meters);
    this.scheduler = scheduler;
    this.sent = sent;
    this.closing = closing;
  }

  /**
   * Opens what the settings name and starts to process. Servers need not be there.
   *
   * @throws dev.logdash.core.config.ConfigException if the parts that they name do not go together
   * @throws dev.logdash.api.error.BackendException if the data folder is in use or cannot be used
   */
  public static Installation start(LogdashConfig config, Clock clock, RandomGenerator random) {
    return start(config, clock, random, Assembly.DIRECT);
  }

  /** The same, with an assembly of one's own for what is in the data folder. */
  public static Installation start(
      LogdashConfig config, Clock clock, RandomGenerator random, Assembly assembly) {
    Topology topology = Topology.of(config);
    return topology.isEmbedded()
        ? embedded(topology, config, clock, random, assembly)
        : new Wiring(topology, config, clock, random).start();
  }

  private static Installation embedded(
      Topology topology,
      LogdashConfig config,
      Clock clock,
      RandomGenerator random,
      Assembly assembly) {
    EmbeddedLogdash embedded = EmbeddedLogdash.start(config, clock, random, assembly);
    return new Installation(
        topology,
        embedded.logdash(),
        embedded.spool(),
        embedded.deadLetters().source(READER),
        null,
        AttemptCounters.none(),
        () -> spooledUntil(embedded.spool(), clock),
        () -> 0,
        List.of(),
        embedded.scheduler(),
        Mono.empty(),
        embedded::close);
  }

  public Topology topology() {
    return topology;
  }

  public Logdash logdash() {
    return logdash;
  }

  /**
   * Completes when all that came in here, and all that this process is to store, is stored, counted
   * and durable, as far as it is this process that stores it. Bound it with a time-out.
   */
  public Mono<Void> drain() {
    return sent.then(Mono.defer(logdash::drain));
  }

  /** Runs what may wait for a disk. */
  public Scheduler scheduler() {
    return scheduler;
  }

  /** Empty where nothing comes in. */
  public Optional<Spool> spool() {
    return Optional.ofNullable(spool);
  }

  /** Where dead letters can be read, by one at a time; empty where they cannot. */
  Optional<LogSource> deadLetters() {
    return Optional.ofNullable(deadLetters);
  }

  /** What processes share; empty where each has its own. */
  Optional<DashboardCache> cache() {
    return Optional.ofNullable(cache);
  }

  /** Counts tries at passwords together with other processes. */
  AttemptCounters attempts() {
    return attempts;
  }

  /** Up to which time all that came in can be found, in nanoseconds since 1970. */
  long watermark() {
    return watermark.getAsLong();
  }

  /** How many records of the topic are still to be stored, as last known; 0 where there is none. */
  public long lag() {
    return lag.getAsLong();
  }

  /** What the servers that the settings name make this process count; empty without any. */
  public List<BackendMeter> meters() {
    return meters;
  }

  /** How far a key has come in the spool, or -1. */
  long position(String key) {
    return spool == null ? -1 : spool.position(key);
  }

  PipelineState state() {
    if (spool == null) {
      return PipelineState.UNKNOWN;
    }
    SpoolStatistics now = spool.statistics();
    return new PipelineState(
        now.bytes(),
        now.maxBytes(),
        now.oldestUnacknowledgedNanos(),
        now.appended(),
        Map.of(
            "too_large", now.rejected(), "spool_full", now.overloaded(), "damaged", now.corrupt()));
  }

  @Override
  public void close() {
    closing.run();
  }

  // What is acknowledged can be found; the clock is read first, so that nothing comes between.
  static long spooledUntil(Spool spool, Clock clock) {
    long now = now(clock);
    long oldest = spool.statistics().oldestUnacknowledgedNanos();
    return oldest < 0 ? now : Math.min(now, oldest);
  }

  static long now(Clock clock) {
    return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
  }
}
