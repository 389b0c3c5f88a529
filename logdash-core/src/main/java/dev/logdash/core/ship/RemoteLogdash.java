package dev.logdash.core.ship;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.core.SpoolSettings;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.pipeline.DeadLetters;
import dev.logdash.core.redact.RedactingSink;
import dev.logdash.core.redact.Redactor;
import dev.logdash.core.spool.DiskFiles;
import dev.logdash.core.spool.Spool;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A logdash elsewhere, as a service has it that only sends: what the sink accepts is spooled in the
 * data folder, and a sender brings it to the server of {@code logdash.ingest}, however long that is
 * away. Nothing is stored here.
 *
 * <p>What was accepted as {@link AckLevel#SPOOLED} reaches the server once and in the order of its
 * source: it is acknowledged in the spool only when the server has it in its own. What the server
 * will never take becomes a dead letter in the data folder. While the server is away the spool
 * fills up to {@code logdash.spool.max-bytes}; then the sink refuses.
 */
public final class RemoteLogdash implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteLogdash.class);
  private static final String CONSUMER = "sender";
  private static final int SCHEDULER_THREADS = 8;
  private static final int SCHEDULER_QUEUE = 100_000;

  private final LogSink sink;
  private final Spool spool;
  private final Deque<AutoCloseable> opened;
  private final Scheduler scheduler;
  private final SpoolSender sender;

  private RemoteLogdash(
      LogSink sink,
      Spool spool,
      SpoolSender sender,
      Scheduler scheduler,
      Deque<AutoCloseable> opened) {
    this.sink = sink;
    this.spool = spool;
    this.sender = sender;
    this.scheduler = scheduler;
    this.opened = opened;
  }

  /**
   * Opens the spool in the data folder of the settings and starts to send what it holds. The server
   * need not be there.
   *
   * @param random gives the spool its identity and spreads attempts; safe for use by many threads
   * @throws BackendException if the folder is in use or cannot be used, if it holds records that
   *     are still to be stored in it, or if the address is not to be used without TLS
   */
  public static RemoteLogdash start(LogdashConfig config, Clock clock, RandomGenerator random) {
    Destination destination = Destination.of(config);
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
      LogSink sink =
          config.get(ConfigKeys.REDACT_ENABLED)
              ? new RedactingSink(spool.sink(), Redactor.standard())
              : spool.sink();
      return new RemoteLogdash(
          sink,
          spool,
          SpoolSender.start(
              source(spool, folder),
              new HttpDelivery(destination),
              new DeadLetters(dead.sink(), dead::position, AckLevel.FSYNCED),
              scheduler,
              random),
          scheduler,
          opened);
    } catch (RuntimeException e) {
      closeAll(opened);
      throw e;
    }
  }

  /** Where records come in. */
  public LogSink sink() {
    return sink;
  }

  /** What holds the records until the server has them. */
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

  /** Completes if logs move; fails with the reason, which names the remedy, if not. */
  public Mono<Void> check() {
    // A server that takes nothing is why a spool fills up, so its reason goes first.
    return sender.check().then(sink.check());
  }

  /**
   * Completes when the server has all that the sink accepted before. Waits as long as that takes;
   * bound it with a time-out.
   */
  public Mono<Void> drain() {
    return sender.drain();
  }

  /** Stops at once; the next start goes on with what the server does not have. Idempotent. */
  @Override
  public void close() {
    sender.close();
    closeAll(opened);
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

  private static void closeAll(Deque<AutoCloseable> resources) {
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        LOG.warn("{} did not close", resource, e);
      }
    }
  }
}
