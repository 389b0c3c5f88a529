package dev.logdash.server;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
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

  static <T> Optional<T> maybe(Mono<T> answer) {
    try {
      return answer.blockOptional(PATIENCE);
    } catch (RuntimeException e) {
      if (Exceptions.unwrap(e) instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw e;
    }
  }
}
