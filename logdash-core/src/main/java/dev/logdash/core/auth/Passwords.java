package dev.logdash.core.auth;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Hashes passwords on threads of its own, a few at a time, because each hash needs some 20 MB: how
 * many people sign in at once must not decide how much memory the host has left.
 */
final class Passwords implements AutoCloseable {

  /** The least and the most UTF-16 units of a password. */
  static final int MIN_LENGTH = 12;

  static final int MAX_LENGTH = 1_024;

  /** How many hashes are computed at once. */
  static final int CONCURRENT = 2;

  /** How many wait, for each that is computed. */
  static final int WAITING = 32;

  static final Duration BUSY_FOR = Duration.ofSeconds(2);

  private final PasswordHasher hasher;
  private final Scheduler scheduler =
      Schedulers.newBoundedElastic(CONCURRENT, WAITING, "logdash-password", 60, true);

  Passwords(PasswordHasher hasher) {
    this.hasher = hasher;
  }

  /** Too many are waiting already. */
  static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Busy() {
      super("too many sign-ins at once", null, false, false);
    }
  }

  static void requireAcceptable(String user, String password) {
    if (password.length() < MIN_LENGTH || password.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a password has " + MIN_LENGTH + " to " + MAX_LENGTH + " characters");
    }
    if (password.equalsIgnoreCase(user) || password.chars().distinct().count() < 4) {
      throw new IllegalArgumentException("this password is too easy to guess");
    }
  }

  Mono<String> hash(String password) {
    return compute(() -> hasher.hash(password));
  }

  Mono<Boolean> verify(String password, String hash) {
    // No stored hash can be one of a longer password.
    return password.length() > MAX_LENGTH
        ? Mono.just(false)
        : compute(() -> hasher.verify(password, hash));
  }

  boolean isOutdated(String hash) {
    return hasher.isOutdated(hash);
  }

  String decoy() {
    return hasher.decoy();
  }

  @Override
  public void close() {
    scheduler.dispose();
  }

  private <T> Mono<T> compute(Callable<T> work) {
    return Mono.fromCallable(work)
        .subscribeOn(scheduler)
        .onErrorMap(RejectedExecutionException.class, full -> new Busy());
  }
}
