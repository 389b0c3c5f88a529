package dev.logdash.server;

import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;

/** Gaps between and within the steps of a checkpoint. */
final class DeadlySteps {

  private static final long LONGEST_WAIT_NANOS = 2_000_000;

  private final KillSwitch killSwitch;
  private final RandomGenerator random;

  DeadlySteps(KillSwitch killSwitch, RandomGenerator random) {
    this.killSwitch = killSwitch;
    this.random = random;
  }

  void pass(Gap gap) {
    killSwitch.pass(gap);
  }

  boolean reached(Gap gap) {
    return killSwitch.reached(gap);
  }

  void die() {
    killSwitch.die();
  }

  /** The step, in which the process dies if it is time to. */
  <T> Mono<T> during(Gap gap, Mono<T> step) {
    return Mono.defer(
        () -> {
          if (!killSwitch.reached(gap)) {
            return step;
          }
          long wait = random.nextLong(LONGEST_WAIT_NANOS);
          Thread shooter =
              new Thread(
                  () -> {
                    LockSupport.parkNanos(wait);
                    killSwitch.shoot();
                  });
          shooter.start();
          return step.doOnTerminate(
              () -> {
                join(shooter);
                killSwitch.tooLate();
              });
        });
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
