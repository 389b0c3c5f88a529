package dev.logdash.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/** Bounds how many requests bring logs at a time: each holds a thread and a part of its body. */
final class IngestPlaces {

  private static final int MAX_AT_A_TIME = 8;

  private final Semaphore places = new Semaphore(MAX_AT_A_TIME);

  /** The work of one request. */
  interface Work {
    Mono<Reply> start() throws IOException;
  }

  /** Work that needs one of the places; refused where none is free. */
  Mono<Reply> during(Work work) {
    return Mono.defer(
        () -> {
          if (!places.tryAcquire()) {
            return Mono.error(Problem.busy("too many requests bring logs", 1));
          }
          AtomicBoolean left = new AtomicBoolean();
          return Mono.defer(
                  () -> {
                    try {
                      return work.start();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  })
              .doFinally(
                  signal -> {
                    if (left.compareAndSet(false, true)) {
                      places.release();
                    }
                  });
        });
  }
}
