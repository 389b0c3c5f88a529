package dev.logdash.api.auth;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Counts tries at secrets for all instances together, and says how long the next one has to wait.
 * Never the only one who counts: each instance counts for itself as well, so a failure, which is a
 * {@link dev.logdash.api.error.BackendException}, means that only its own count holds. Nothing
 * happens until subscription.
 */
public interface AttemptCounters {

  /**
   * What is counted, and how long it is made to wait: nothing for the first tries, then a second,
   * and twice as long each time.
   *
   * @param key any text; the same at every instance
   * @param free how many tries need not wait
   * @param longest how long a try waits at most
   */
  record Counter(String key, int free, Duration longest) {}

  /**
   * Begins a try.
   *
   * @param forgottenAfter how long after the last try a counter starts anew
   * @return how long to wait, of all these counters; zero if the try may be made now, which each of
   *     them then has counted
   */
  Mono<Duration> enter(List<Counter> counters, Duration forgottenAfter);

  /** Takes back a try that was not made, or was right. */
  Mono<Void> takeBack(Counter counter);

  /** Starts a counter anew. */
  Mono<Void> clear(Counter counter);

  /** Counts nothing: each instance is left to its own count. */
  static AttemptCounters none() {
    return NoCounters.INSTANCE;
  }
}
