package dev.logdash.mongo;

import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/** Makes the indexes of a collection before its first use; a failure is tried again. */
final class Once {

  private final AtomicBoolean done = new AtomicBoolean();
  private final Mono<Void> work;

  Once(Mono<Void> work) {
    this.work = work;
  }

  /** Making an index that is there does nothing, so two at once do no harm. */
  Mono<Void> ensured() {
    return Mono.defer(() -> done.get() ? Mono.empty() : work.doOnSuccess(unused -> done.set(true)));
  }
}
