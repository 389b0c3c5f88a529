package dev.logdash.dashboard;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.SpoolSettings;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.pipeline.DeadLetters;
import dev.logdash.core.redact.RedactingSink;
import dev.logdash.core.redact.Redactor;
import dev.logdash.core.ship.ShipStatistics;
import dev.logdash.core.ship.SpoolSender;
import dev.logdash.core.spool.DiskFiles;
import dev.logdash.core.spool.Spool;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The way in of a process that brings its logs to a topic: what the sink accepts is spooled in the
 * data folder and sent from there, however long the brokers are away.
 */
public final class KafkaShipping implements AutoCloseable {

  private static final String CONSUMER = "sender";
  private static final int SCHEDULER_THREADS = 8;
  private static final int SCHEDULER_QUEUE = 100_000;

  private final Spool spool;
  private final LogSink sink;
  private final SpoolSender sender;
  private final Scheduler scheduler;
  private final List<BackendMeter> meters;
  private final Deque<AutoCloseable> opened;

  private KafkaShipping(
      Spool spool,
      LogSink sink,
      SpoolSender sender,
      Scheduler scheduler,
      List<BackendMeter> meters,
      Deque<AutoCloseable> opened) {
    this.spool = spool;
    this.sink = sink;
    this.sender = sender;
    this.scheduler = scheduler;
    this.meters = meters;
    this.opened = opened;
  }

  /**
   * Opens the spool in the data folder and starts to send what it holds.
   *
   * @throws BackendException if the folder is in use or cannot be used, or if it holds records that
   *     are still to be stored in it
   */
  public static KafkaShipping start(LogdashConfig config, Clock clock, RandomGenerator random) {
    Path folder = config.get(ConfigKeys.DATA_DIR);
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      Scheduler scheduler =
          Schedulers.newBoundedElastic(
              SCHEDULER_THREADS, SCHEDULER_QUEUE, "logdash-ship", 60, true);
      opened.push(scheduler::dispose);
      Spool spool =
          Spool.open(
              new DiskFiles(folder.resolve(SpoolSettings.SPOOL)),
              SpoolSettings.spool(config),
              clock,
              scheduler,
              random);
      opened.push(spool);
      Spool dead =
          Spool.open(
              new DiskFiles(folder.resolve(SpoolSettings.DEAD_LETTERS)),
              SpoolSettings.deadLetters(config),
              clock,
              scheduler,
              random);
      opened.push(dead);
      List<BackendMeter> meters = new ArrayList<>();
      LogSink topic =
          Stores.with("logdash-kafka", () -> KafkaWiring.sink(config, clock, random, meters));
      opened.push(topic);
      SpoolSender sender =
          SpoolSender.start(
              source(spool, folder),
              topic,
              AckLevel.BROKERED,
              new DeadLetters(dead.sink(), dead::position, AckLevel.FSYNCED),
              scheduler,
              random);
      opened.push(sender);
      meters.addAll(KafkaMeters.of(sender::statistics));
      LogSink sink = new Checked(spool.sink(), sender);
      return new KafkaShipping(
          spool,
          config.get(ConfigKeys.REDACT_ENABLED)
              ? new RedactingSink(sink, Redactor.standard())
              : sink,
          sender,
          scheduler,
          List.copyOf(meters),
          opened);
    } catch (RuntimeException | LinkageError e) {
      Stores.closeAll(opened);
      throw e;
    }
  }

  /** Where records come in. */
  public LogSink sink() {
    return sink;
  }

  /** What holds the records until the brokers have them. */
  public Spool spool() {
    return spool;
  }

  /** Runs what waits for the disk. */
  public Scheduler scheduler() {
    return scheduler;
  }

  public ShipStatistics statistics() {
    return sender.statistics();
  }

  /** What is counted on the way. */
  List<BackendMeter> meters() {
    return meters;
  }

  /** Completes if logs move; fails with the reason, which names the remedy, if not. */
  public Mono<Void> check() {
    return sink.check();
  }

  /** Completes when the brokers have all that the sink accepted before. */
  public Mono<Void> drain() {
    return sender.drain();
  }

  /** Stops at once; the next start goes on with what the brokers do not have. Idempotent. */
  @Override
  public void close() {
    Stores.closeAll(opened);
  }

  private static LogSource source(Spool spool, Path folder) {
    try {
      return spool.source(CONSUMER);
    } catch (BackendException.Misconfigured e) {
      throw new BackendException.Misconfigured(
          folder
              + " holds logs that are still to be stored in it: start once with "
              + ConfigKeys.INGEST.name()
              + "=local until they are, or choose another folder with "
              + ConfigKeys.DATA_DIR.name(),
          e);
    }
  }

  /** A spool is as well as the way on from it: brokers that take nothing are why it fills up. */
  private record Checked(LogSink spool, SpoolSender sender) implements LogSink {

    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
      return spool.append(batch, atLeast);
    }

    @Override
    public Mono<Void> check() {
      return sender.check().then(spool.check());
    }

    @Override
    public void close() {
      spool.close();
    }
  }
}
