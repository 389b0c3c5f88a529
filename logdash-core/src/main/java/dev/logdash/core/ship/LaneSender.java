package dev.logdash.core.ship;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.RecordBatch;
import dev.logdash.core.pipeline.DeadLetterReason;
import dev.logdash.core.pipeline.DeadLetters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Sends one lane, batch after batch, each until it is safe where it goes. A failure goes back to
 * the first record that is not acknowledged, after a pause; so the order holds, and at most two
 * batches are in memory.
 */
final class LaneSender {

  private static final Logger LOG = LoggerFactory.getLogger(LaneSender.class);
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long MAX_PAUSE_MILLIS = 30_000;

  private final Assignment lane;
  private final RecordDelivery delivery;
  private final DeadLetters deadLetters;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final Counts counts;
  private final Sinks.Many<Long> acknowledged = Sinks.many().replay().latest();
  private int failures;
  private volatile @Nullable BackendException failure;

  /** What the lanes have counted together. */
  static final class Counts {
    final LongAdder shipped = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder failures = new LongAdder();
  }

  LaneSender(
      Assignment lane,
      RecordDelivery delivery,
      DeadLetters deadLetters,
      Scheduler scheduler,
      RandomGenerator random,
      Counts counts) {
    this.lane = lane;
    this.delivery = delivery;
    this.deadLetters = deadLetters;
    this.scheduler = scheduler;
    this.random = random;
    this.counts = counts;
  }

  /** Sends until the lane ends. */
  Mono<Void> run() {
    return Flux.defer(() -> lane.read(0))
        .limitRate(1)
        .concatMap(this::ship, 1)
        .then()
        .retryWhen(Retry.from(signals -> signals.concatMap(signal -> pause(signal.failure()))));
  }

  /** Why nothing moves; null while it does. */
  @Nullable BackendException failure() {
    return failure;
  }

  /** Completes when the other side has what the lane holds now. */
  Mono<Void> drain() {
    return lane.end()
        .flatMap(end -> acknowledged.asFlux().filter(next -> next >= end).next())
        .then();
  }

  private Mono<Void> ship(RecordBatch batch) {
    // One without records says that all before were handed out.
    Mono<Void> shipped =
        batch.records().isEmpty()
            ? Mono.empty()
            : deliver(batch.records()).then(lane.acknowledge(batch.nextOffset()));
    return shipped.doOnSuccess(nothing -> reached(batch));
  }

  private void reached(RecordBatch batch) {
    if (failure != null) {
      LOG.info("Shipping goes on");
      failure = null;
    }
    failures = 0;
    acknowledged.tryEmitNext(batch.nextOffset());
  }

  private Mono<Void> deliver(List<RawRecord> records) {
    return delivery
        .deliver(lane.id().incarnation(), records)
        .publishOn(scheduler)
        .flatMap(answer -> settle(records, answer))
        .onErrorResume(HttpDelivery.TooLargeException.class, error -> inParts(records));
  }

  private Mono<Void> settle(List<RawRecord> records, Answer answer) {
    List<DeadLetters.Letter> letters = new ArrayList<>();
    for (Answer.Refused refused : answer.refused()) {
      letters.add(
          new DeadLetters.Letter(
              records.get(refused.index()), DeadLetterReason.REFUSED_BY_SERVER, refused.reason()));
    }
    return deadLetters
        .write(lane.id(), letters)
        .doOnSuccess(
            nothing -> {
              counts.shipped.add(answer.accepted());
              counts.refused.add(letters.size());
            });
  }

  private Mono<Void> inParts(List<RawRecord> records) {
    int size = records.size();
    if (size == 1) {
      return settle(
          records, new Answer(0, List.of(new Answer.Refused(0, "larger than the server takes"))));
    }
    return deliver(records.subList(0, size / 2))
        .then(Mono.defer(() -> deliver(records.subList(size / 2, size))));
  }

  private Mono<Long> pause(Throwable error) {
    BackendException reason = reason(error);
    long wanted = error instanceof HttpDelivery.LaterException later ? later.least().toMillis() : 0;
    long backOff = Math.min(MAX_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 20));
    // Many senders that failed together must not come back together.
    long millis =
        Math.max(
            random.nextLong(backOff / 2, backOff + 1), wanted + random.nextLong(wanted / 10 + 1));
    failures++;
    counts.failures.increment();
    BackendException before = failure;
    failure = reason;
    if (before == null || !String.valueOf(before.getMessage()).equals(reason.getMessage())) {
      LOG.warn(
          "Shipping waits; tries again in {} ms, then less often: {}", millis, reason.getMessage());
    }
    return Mono.delay(Duration.ofMillis(millis), scheduler);
  }

  private static BackendException reason(Throwable error) {
    Throwable known = error instanceof HttpDelivery.LaterException ? error.getCause() : error;
    return known instanceof BackendException backend
        ? backend
        : new BackendException.Unavailable("shipping failed: " + error, error);
  }
}
