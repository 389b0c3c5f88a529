package dev.logdash.dashboard;

import dev.logdash.api.auth.AttemptCounters;
import dev.logdash.api.cache.DashboardCache;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.api.live.LiveFeed;
import dev.logdash.core.Logdash;
import dev.logdash.core.LogdashBuilder;
import dev.logdash.core.SpoolSettings;
import dev.logdash.core.config.BackendKeys;
import dev.logdash.core.config.CacheKind;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.config.ServerRole;
import dev.logdash.core.config.Topology;
import dev.logdash.core.memory.PolledLiveFeed;
import dev.logdash.core.pipeline.DeadLetters;
import dev.logdash.core.redact.RedactingSink;
import dev.logdash.core.redact.Redactor;
import dev.logdash.core.ship.Shipping;
import dev.logdash.core.spool.DiskFiles;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolConfig;
import dev.logdash.embedded.EmbeddedLogdash;
import dev.logdash.embedded.Enrichment;
import dev.logdash.kafka.KafkaProgress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Wires an installation that has more than its data folder.
 *
 * <pre>
 * takes in:   spool ─ sender ─ topic        or   spool
 * processes:  topic ─ road ─ stores         or   spool ─ road ─ stores
 * shows:      stores ─ dashboard
 * </pre>
 */
final class Wiring {

  private static final String PROCESSOR = "processor";
  private static final int SCHEDULER_THREADS = 8;
  private static final int SCHEDULER_QUEUE = 100_000;

  private final Topology topology;
  private final LogdashConfig config;
  private final Clock clock;
  private final RandomGenerator random;
  private final Path folder;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final LogdashBuilder logdash = Logdash.builder();
  private final List<BackendMeter> meters = new ArrayList<>();

  private @Nullable Spool spool;
  private @Nullable LogSource letters;
  private @Nullable DashboardCache cache;
  private AttemptCounters attempts = AttemptCounters.none();
  private @Nullable Scheduler scheduler;
  private Mono<Void> sent = Mono.empty();
  private LongSupplier watermark;
  private LongSupplier lag = () -> 0;

  Wiring(Topology topology, LogdashConfig config, Clock clock, RandomGenerator random) {
    this.topology = topology;
    this.config = config;
    this.clock = clock;
    this.random = random;
    this.folder = config.get(ConfigKeys.DATA_DIR);
    this.watermark = () -> Installation.now(clock);
  }

  Installation start() {
    try {
      Stores stores = open(Stores.open(config, clock));
      meters.addAll(stores.meters());
      logdash
          .events(stores.events(), stores.search())
          .rollups(stores.rollups())
          .documents(stores.documents())
          .pipeline(EmbeddedLogdash.pipeline(config))
          .retention(EmbeddedLogdash.retention(config))
          .clock(clock);
      EmbeddedLogdash.parsing(config, logdash);
      if (topology.role().processes()) {
        Enrichment.of(config).forEach(logdash::enrich);
      }
      if (topology.kafka()) {
        overTopic();
      } else {
        overSpool();
      }
      live(stores);
      Logdash built = logdash.build();
      // What was opened last is closed first.
      opened.push(built);
      built.start();
      return new Installation(
          topology,
          built,
          spool,
          letters,
          cache,
          attempts,
          watermark,
          lag,
          meters,
          runner(),
          sent,
          () -> Stores.closeAll(opened));
    } catch (RuntimeException | LinkageError e) {
      Stores.closeAll(opened);
      throw e;
    }
  }

  private void overTopic() {
    ServerRole role = topology.role();
    if (role.takesIn()) {
      Shipping shipping = open(ShippingWiring.start(config, clock, random, meters));
      spool = shipping.spool();
      scheduler = shipping.scheduler();
      sent = shipping.drain();
      logdash.sink(shipping.sink());
    }
    if (role.processes()) {
      Stores.with(
          "logdash-kafka",
          () -> {
            LogSink dead = open(KafkaWiring.deadLetters(config, clock, random, meters));
            logdash
                .source(KafkaWiring.source(config, group(), meters))
                .deadLetters(new DeadLetters(dead, key -> -1, AckLevel.BROKERED));
            return true;
          });
    }
    if (role.shows()) {
      letters = open(Stores.with("logdash-kafka", () -> KafkaWiring.letters(config, ownName())));
    }
    if (role.shows() || role.processes()) {
      Stores.with(
          "logdash-kafka",
          () -> {
            KafkaProgress progress = open(KafkaWiring.progress(config, group(), clock));
            Spool own = spool;
            watermark =
                own == null
                    ? progress::untilNanos
                    : () -> Math.min(Installation.spooledUntil(own, clock), progress.untilNanos());
            lag = progress::lag;
            return true;
          });
    }
  }

  private void overSpool() {
    Scheduler runs = runner();
    Spool lanes = spool(SpoolSettings.SPOOL, SpoolSettings.spool(config), runs);
    Spool dead = spool(SpoolSettings.DEAD_LETTERS, SpoolSettings.deadLetters(config), runs);
    spool = lanes;
    letters = dead.source(Installation.READER);
    watermark = () -> Installation.spooledUntil(lanes, clock);
    LogSink sink = lanes.sink();
    if (config.get(ConfigKeys.REDACT_ENABLED)) {
      Redactor redactor = Redactor.of(config);
      meters.addAll(RedactionMeters.of(redactor));
      sink = new RedactingSink(sink, redactor);
    }
    logdash
        .sink(sink)
        .source(lanes.source(PROCESSOR))
        .deadLetters(new DeadLetters(dead.sink(), dead::position, AckLevel.FSYNCED));
  }

  private void live(Stores stores) {
    if (topology.cache() == CacheKind.REDIS) {
      SharedMemory shared = open(Stores.with("logdash-redis", () -> new SharedMemory(config)));
      cache = shared.cache();
      attempts = shared.attempts();
      logdash.live(shared.live());
      meters.addAll(shared.meters());
    } else if (topology.role().shows() && !topology.keepsInFolder()) {
      // What other processes store passes no feed of this one.
      LiveFeed polled = open(new PolledLiveFeed(stores.search(), runner(), clock));
      logdash.live(polled);
    }
  }

  /** Those who share the work, or this installation alone, which then has all of the topic. */
  private String group() {
    String group = config.get(BackendKeys.KAFKA_GROUP);
    return topology.readsAlone() ? group + "-" + ownName() : group;
  }

  /** A name that the data folder keeps, so that it is the same after a restart. */
  private String ownName() {
    return InstallationName.of(folder, random);
  }

  private Spool spool(String name, SpoolConfig settings, Scheduler runs) {
    return open(Spool.open(new DiskFiles(folder.resolve(name)), settings, clock, runs, random));
  }

  private Scheduler runner() {
    Scheduler runs = scheduler;
    if (runs == null) {
      Scheduler made =
          Schedulers.newBoundedElastic(
              SCHEDULER_THREADS, SCHEDULER_QUEUE, "logdash-spool", 60, true);
      opened.addLast(made::dispose);
      scheduler = made;
      runs = made;
    }
    return runs;
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.push(resource);
    return resource;
  }
}
