package dev.logdash.core;

import dev.logdash.api.rollup.RollupStore;
import dev.logdash.api.store.LogStore;
import dev.logdash.api.store.Retention;
import dev.logdash.core.rollup.Tier;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Drops what is kept no longer, each minute. */
final class Housekeeping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final LogStore logStore;
  private final RollupStore rollups;
  private final Retention retention;
  private final List<Tier> tiers;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Disposable.Swap running = Disposables.swap();

  Housekeeping(
      LogStore logStore,
      RollupStore rollups,
      Retention retention,
      List<Tier> tiers,
      Clock clock,
      Scheduler scheduler) {
    this.logStore = logStore;
    this.rollups = rollups;
    this.retention = retention;
    this.tiers = tiers;
    this.clock = clock;
    this.scheduler = scheduler;
  }

  void start() {
    running.update(
        Flux.interval(FIRST, PERIOD, scheduler)
            .onBackpressureDrop()
            .concatMap(tick -> round(), 1)
            .subscribe());
  }

  /** One round; never fails, so that the next one comes. */
  Mono<Void> round() {
    return dropDays()
        .then(Mono.defer(this::expireCells))
        .onErrorResume(
            error -> {
              LOG.warn("Old logs could not be dropped; trying again in {}", PERIOD, error);
              return Mono.empty();
            });
  }

  private Mono<Void> dropDays() {
    return logStore
        .retain(retention)
        .doOnNext(
            dropped -> {
              if (!dropped.isEmpty()) {
                LOG.info("Dropped {} to keep within {}", dropped, retention);
              }
            })
        .then();
  }

  private Mono<Void> expireCells() {
    long nowSecond = clock.instant().getEpochSecond();
    return Flux.fromIterable(tiers)
        .filter(tier -> !tier.kept().equals(Tier.FOR_EVER))
        .concatMap(tier -> rollups.expire(tier.seconds(), nowSecond - tier.kept().toSeconds()))
        .then();
  }

  @Override
  public void close() {
    running.dispose();
  }
}
