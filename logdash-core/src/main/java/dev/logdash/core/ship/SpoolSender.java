package dev.logdash.core.ship;

import dev.logdash.api.event.PartitionId;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.core.pipeline.DeadLetters;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Brings what a spool holds to where it is kept, lane by lane and in order. A record is
 * acknowledged in the spool only when it is safe there, so one that was under way when the process
 * died is sent again by the next start, with the same identity.
 */
public final class SpoolSender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolSender.class);

  private final LaneSender.Counts counts = new LaneSender.Counts();
  private final Map<PartitionId, LaneSender> lanes = new ConcurrentSkipListMap<>();
  private final Disposable running;

  private SpoolSender(
      LogSource source,
      Supplier<RecordDelivery> delivery,
      DeadLetters deadLetters,
      Scheduler scheduler,
      RandomGenerator random) {
    this.running =
        source
            .assignments()
            .flatMap(
                lane -> {
                  LaneSender sender =
                      new LaneSender(lane, delivery.get(), deadLetters, scheduler, random, counts);
                  lanes.put(lane.id(), sender);
                  return sender.run();
                },
                Integer.MAX_VALUE,
                1)
            .subscribe(nothing -> {}, error -> LOG.error("The spool cannot be read", error));
  }

  /**
   * Starts to send into a sink, which need not be reachable; it stays the caller's to close, after
   * the sender.
   *
   * @param level how safe a record is in the sink before the spool may forget it
   * @param deadLetters what the sink will never take
   * @param random spreads attempts; safe for use by many threads
   */
  public static SpoolSender start(
      LogSource spool,
      LogSink target,
      AckLevel level,
      DeadLetters deadLetters,
      Scheduler scheduler,
      RandomGenerator random) {
    return new SpoolSender(
        spool, () -> new SinkDelivery(target, level), deadLetters, scheduler, random);
  }

  static SpoolSender start(
      LogSource spool,
      RecordDelivery shared,
      DeadLetters deadLetters,
      Scheduler scheduler,
      RandomGenerator random) {
    return new SpoolSender(spool, () -> shared, deadLetters, scheduler, random);
  }

  public ShipStatistics statistics() {
    return new ShipStatistics(counts.shipped.sum(), counts.refused.sum(), counts.failures.sum());
  }

  /** Completes if logs move; fails with the reason, which names the remedy, if not. */
  public Mono<Void> check() {
    return Flux.defer(() -> Flux.fromIterable(lanes.values()))
        .concatMap(lane -> Mono.justOrEmpty(lane.failure()))
        .next()
        .flatMap(failure -> Mono.<Void>error(failure));
  }

  /**
   * Completes when all that the spool holds now is safe where it is sent. Waits as long as that
   * takes; bound it with a time-out.
   */
  public Mono<Void> drain() {
    return Flux.defer(() -> Flux.fromIterable(lanes.values())).flatMap(LaneSender::drain).then();
  }

  /** Stops at once; the next start goes on with what is not acknowledged. Idempotent. */
  @Override
  public void close() {
    running.dispose();
  }
}
