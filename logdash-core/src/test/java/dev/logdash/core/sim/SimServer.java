package dev.logdash.core.sim;

import dev.logdash.api.error.BackendException;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** A server that fails now and then, before or after it did something, and is away at times. */
final class SimServer {

  /** One in so many calls fails before it does anything, and one in so many after. */
  private static final int FAULT_RATE = 40;

  private final SimWorld world;
  private long awayUntil;

  SimServer(SimWorld world) {
    this.world = world;
  }

  /** Dies, and is there again after a time; it forgets nothing. */
  void restart(long awayNanos) {
    awayUntil = Math.max(awayUntil, world.now() + awayNanos);
  }

  boolean isAway() {
    return !world.isCalm() && world.now() < awayUntil;
  }

  <T> Mono<T> call(SimProcess process, Supplier<T> action) {
    return process.call(
        () -> {
          if (isAway()) {
            throw new BackendException.Unavailable("simulated: away", null);
          }
          if (world.once(FAULT_RATE)) {
            throw new BackendException.Unavailable("simulated: refused", null);
          }
          T result = action.get();
          if (world.once(FAULT_RATE)) {
            throw new BackendException.Unavailable("simulated: the answer was lost", null);
          }
          return result;
        });
  }
}
