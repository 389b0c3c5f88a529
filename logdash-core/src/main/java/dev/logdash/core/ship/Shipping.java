package dev.logdash.core.ship;

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
import dev.logdash.core.spool.DiskFiles;
import dev.logdash.core.spool.Spool;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The way in of a process that stores nothing itself: what the sink accepts is spooled in the data
 * folder, and a sender brings it to a server or into another sink, however long that is away.
 *
 * <p>What was accepted as {@link AckLevel#SPOOLED} gets there in the order of its source: it is
 * acknowledged in the spool only when it is safe on the other side. What the other side will never
 * take becomes a dead letter in the data folder. While it is away the spool fills up to {@code
 * logdash.spool.max-bytes}; then the sink refuses.
 */
public final class Shipping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Shipping.class);
  private static final String CONSUMER = "sender";
  private static final int SCHEDULER_THREADS = 8;
  private static final int SCHEDULER_QUEUE = 100_000;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Scheduler scheduler;
  private final Spool spool;
  private final SpoolSender sender;
  private final LogSink sink;

  private Shipping(LogdashConfig config, Clock clock, RandomGenerator random, Way way) {
    Path folder = config.get(ConfigKeys.DATA_DIR);
    try {
      scheduler =
          Schedulers.newBoundedElastic(
              SCHEDULER_THREADS, SCHEDULER_QUEUE, "logdash-ship", 60, true);
      opened.push(scheduler::dispose);
      spool =
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
      sender =
          way.start(
              source(spool, folder),
              new DeadLetters(dead.sink(), dead::position, AckLevel.FSYNCED),
              scheduler,
              opened);
      opened.push(sender);
      LogSink checked = new Checked(spool.sink(), sender);
      sink =
          config.get(ConfigKeys.REDACT_ENABLED)
              ? new RedactingSink(checked, Redactor.of(config))
              : checked;
    } catch (RuntimeException | LinkageError e) {
      closeAll(opened);
      throw e;
    }
  }

  /** Starts to send to where the records of a spool go, and opens what that takes. */
  private interface Way {
    SpoolSender start(
        LogSource spool, DeadLetters deadLetters, Scheduler scheduler, Deque<AutoCloseable> opened);
  }

  /**
   * Opens the spool in the data folder of the settings and starts to send what it holds to the
   * server of {@code logdash.ingest}, which has each record once. It need not be there.
   *
   * @param random gives the spool its identity and spreads attempts; safe for use by many threads
   * @throws BackendException if the folder is in use or cannot be used, if it holds records that
   *     are still to be stored in it, or if the address is not to be used without TLS
   */
  public static Shipping toServer(LogdashConfig config, Clock clock, RandomGenerator random) {
    Destination destination = Destination.of(config);
    return new Shipping(
        config,
        clock,
        random,
        (spool, deadLetters, scheduler, opened) ->
            SpoolSender.start(
                spool, new HttpDelivery(destination), deadLetters, scheduler, random));
  }

  /**
   * Opens the spool in the data folder of the settings and starts to send what it holds into a
   * sink; see {@link SpoolSender#start}.
   *
   * @param target opens the sink, which is closed with this
   * @param level how safe a record is in the sink before the spool may forget it
   * @param random gives the spool its identity and spreads attempts; safe for use by many threads
   * @throws BackendException if the folder is in use or cannot be used, or if it holds records that
   *     are still to be stored in it
   */
  public static Shipping into(
      Supplier<LogSink> target,
      AckLevel level,
      LogdashConfig config,
      Clock clock,
      RandomGenerator random) {
    return new Shipping(
        config,
        clock,
        random,
        (spool, deadLetters, scheduler, opened) -> {
          LogSink sink = target.get();
          opened.push(sink);
          return SpoolSender.start(spool, sink, level, deadLetters, scheduler, random);
        });
  }

  /** Where records come in. */
  public LogSink sink() {
    return sink;
  }

  /** What holds the records until the other side has them. */
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
    return sink.check();
  }

  /**
   * Completes when the other side has all that the sink accepted before. Waits as long as that
   * takes; bound it with a time-out.
   */
  public Mono<Void> drain() {
    return sender.drain();
  }

  /** Stops at once; the next start goes on with what the other side does not have. Idempotent. */
  @Override
  public void close() {
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

  /** A spool is as well as the way on from it: a side that takes nothing is why it fills up. */
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
