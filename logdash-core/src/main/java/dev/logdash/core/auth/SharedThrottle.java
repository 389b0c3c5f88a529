package dev.logdash.core.auth;

import dev.logdash.api.auth.AttemptCounters;
import dev.logdash.api.error.BackendException;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * The throttle of this process, and behind it one that all instances share: a try has to pass both.
 * Where the shared one fails, the own one goes on alone.
 */
final class SharedThrottle {

  private final Throttle own;
  private final AttemptCounters shared;

  SharedThrottle(Throttle own, AttemptCounters shared) {
    this.own = own;
    this.shared = shared;
  }

  /** As {@link Throttle#enter}. */
  Mono<Duration> enter(String user, String client) {
    return Mono.defer(
        () -> {
          List<AttemptCounters.Counter> counters =
              List.of(own.userCounter(user, client), Throttle.networkCounter(client));
          Duration wait = own.enter(user, client);
          return wait.isZero()
              ? shared
                  .enter(counters, Throttle.FORGOTTEN_AFTER)
                  .onErrorReturn(BackendException.class, Duration.ZERO)
                  .doOnNext(longer -> withdrawUnlessZero(longer, user, client))
              : Mono.just(wait);
        });
  }

  /** As {@link Throttle#withdraw}. */
  Mono<Void> withdraw(String user, String client) {
    return Mono.defer(
        () -> {
          AttemptCounters.Counter counter = own.userCounter(user, client);
          own.withdraw(user, client);
          return ignoring(shared.takeBack(counter))
              .then(ignoring(shared.takeBack(Throttle.networkCounter(client))));
        });
  }

  /** As {@link Throttle#succeeded}. */
  Mono<Void> succeeded(String user, String client) {
    return Mono.defer(
        () -> {
          AttemptCounters.Counter counter = own.userCounter(user, client);
          own.succeeded(user, client);
          return ignoring(shared.clear(counter))
              .then(ignoring(shared.takeBack(Throttle.networkCounter(client))));
        });
  }

  private void withdrawUnlessZero(Duration wait, String user, String client) {
    if (!wait.isZero()) {
      own.withdraw(user, client);
    }
  }

  private static Mono<Void> ignoring(Mono<Void> counting) {
    return counting.onErrorResume(BackendException.class, unused -> Mono.empty());
  }
}
