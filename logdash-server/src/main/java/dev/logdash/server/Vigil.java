package dev.logdash.server;

import dev.logdash.api.error.BackendException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Waits for work on the road without waiting in vain: what passes by itself is told and waited for,
 * what only a person can change ends the wait with its reason. Nothing is lost by that, since the
 * next start goes on where this one ended.
 */
final class Vigil {

  private static final Duration LOOK = Duration.ofMillis(100);
  // A full disk may wait for a person all night; anything else that does not pass is a fault.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Mono<Void> check;
  private final Consumer<Throwable> waiting;
  private final Runnable goingOn;

  /**
   * @param check completes while the road moves, and fails with the reason while it does not
   * @param waiting is told again and again what is waited for
   * @param goingOn is told when that has passed
   */
  Vigil(Mono<Void> check, Consumer<Throwable> waiting, Runnable goingOn) {
    this.check = check;
    this.waiting = waiting;
    this.goingOn = goingOn;
  }

  /** Waits for work of any length; null for no value. */
  <T> @Nullable T untilDone(Mono<T> work) {
    Mono<T> stuck =
        Flux.interval(LOOK).onBackpressureDrop().concatMap(new Look()::now).then(Mono.never());
    return Waiting.untilDone(Mono.firstWithSignal(work, stuck));
  }

  /** Looks at the road again and again. */
  private final class Look {

    // The road pauses up to 10 s between two attempts, so a good look alone says little.
    private static final int SURE = 150;

    private final AtomicLong failingSince = new AtomicLong(-1);
    private long good;

    Mono<Void> now(long look) {
      return check.doOnSuccess(nothing -> fine()).onErrorResume(failure -> judge(look, failure));
    }

    private void fine() {
      if (++good >= SURE && failingSince.getAndSet(-1) >= 0) {
        goingOn.run();
      }
    }

    private Mono<Void> judge(long look, Throwable failure) {
      good = 0;
      if (failure instanceof BackendException.Overloaded) {
        failingSince.set(look);
        waiting.accept(failure);
        return Mono.empty();
      }
      if (failure instanceof BackendException.Unavailable) {
        failingSince.compareAndSet(-1, look);
        waiting.accept(failure);
        boolean passes = LOOK.multipliedBy(look - failingSince.get()).compareTo(PATIENCE) < 0;
        return passes ? Mono.empty() : Mono.error(failure);
      }
      return Mono.error(failure);
    }
  }
}
