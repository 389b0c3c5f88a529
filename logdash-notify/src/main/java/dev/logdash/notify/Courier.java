package dev.logdash.notify;

import dev.logdash.api.error.BackendException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Runs the deliveries of one notifier on a few threads of its own, each within the time that the
 * port allows, waiting included.
 */
final class Courier implements AutoCloseable {

  // A second less than the port's ten, for the threads to get their turn.
  private static final Duration LIMIT = Duration.ofSeconds(9);
  private static final int THREADS = 4;

  /** How many wait, for each thread. */
  private static final int WAITING = 64;

  private final String receiver;
  private final Scheduler scheduler =
      Schedulers.newBoundedElastic(THREADS, WAITING, "logdash-notify", 60, true);
  private final Set<Attempt> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param receiver who is told, for messages; nothing secret
   */
  Courier(String receiver) {
    this.receiver = receiver;
  }

  /** Delivers something, blocking its thread; fails with a {@link BackendException}. */
  interface Delivery {
    void run(Attempt attempt);
  }

  Mono<Void> deliver(Delivery delivery) {
    return Mono.using(this::begin, attempt -> work(delivery, attempt), this::end)
        .timeout(LIMIT)
        .onErrorMap(this::translate);
  }

  // A failure travels as a value, since one that comes too late would be logged as a dropped error.
  private Mono<Void> work(Delivery delivery, Attempt attempt) {
    return Mono.fromCallable(() -> failure(delivery, attempt))
        .subscribeOn(scheduler)
        .flatMap(failure -> Mono.justOrEmpty(failure).flatMap(Mono::error));
  }

  private Optional<RuntimeException> failure(Delivery delivery, Attempt attempt) {
    try {
      delivery.run(attempt);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  private Attempt begin() {
    Attempt attempt = new Attempt();
    running.add(attempt);
    if (closed) {
      attempt.end();
    }
    return attempt;
  }

  private void end(Attempt attempt) {
    running.remove(attempt);
    attempt.end();
  }

  private Throwable translate(Throwable error) {
    if (error instanceof TimeoutException) {
      return new BackendException.Unavailable(receiver + " did not take it in time", null);
    }
    if (error instanceof RejectedExecutionException) {
      return closed
          ? new BackendException.Unavailable("the way to " + receiver + " is closed", null)
          : new BackendException.Overloaded("too much waits for " + receiver, null);
    }
    return error instanceof BackendException ? error : unforeseen(error);
  }

  /** Without its words, which may hold what it stumbled over. */
  private Throwable unforeseen(Throwable error) {
    String message = receiver + " could not be told: " + error.getClass().getSimpleName();
    BackendException rejected = new BackendException.Rejected(message, null);
    rejected.setStackTrace(error.getStackTrace());
    return rejected;
  }

  /** Ends what runs, which then fails. */
  @Override
  public void close() {
    closed = true;
    running.forEach(Attempt::end);
    scheduler.dispose();
  }
}
