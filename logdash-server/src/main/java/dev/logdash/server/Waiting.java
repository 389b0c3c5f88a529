package dev.logdash.server;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/** Waits for an answer: a command has nothing else to do meanwhile. */
final class Waiting {

  // No single answer of an embedded store takes this long; a person would have given up.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private Waiting() {}

  static <T> T on(Mono<T> answer) {
    return maybe(answer).orElseThrow(() -> new NoSuchElementException("no answer"));
  }

  /** Waits for work that has no bound but its end, such as a whole import; null for no value. */
  static <T> @Nullable T untilDone(Mono<T> work) {
    return unwrapped(work::block);
  }

  private static <T> Optional<T> maybe(Mono<T> answer) {
    return unwrapped(() -> answer.blockOptional(PATIENCE));
  }

  private static <T> T unwrapped(Supplier<T> wait) {
    try {
      return wait.get();
    } catch (RuntimeException e) {
      if (Exceptions.unwrap(e) instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw e;
    }
  }
}
