package shop;

import java.time.Duration;
import java.util.concurrent.Callable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Waits for conditions, and never for time alone. */
final class Waiting {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Waiting() {}

  static void until(Callable<Boolean> condition) {
    Flux.interval(PAUSE, Schedulers.boundedElastic())
        .onBackpressureDrop()
        .concatMap(tick -> Mono.fromCallable(condition), 1)
        .filter(met -> met)
        .blockFirst(PATIENCE);
  }
}
