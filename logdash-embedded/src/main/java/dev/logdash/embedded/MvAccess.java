package dev.logdash.embedded;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A way to the maps of an MVStore file. Closed when the last of its users is. */
interface MvAccess {

  /** Something done to the maps. */
  interface Work<T> {
    @Nullable T apply(MvMaps maps);
  }

  <T> Mono<T> reading(Work<T> work);

  /** Runs work whose changes are durable when the result is there. */
  <T> Mono<T> writing(Work<T> work);

  /** Counts a store that uses this file; what it gets is run to end that, once or more. */
  Runnable use();

  void close();

  default Mono<Void> check() {
    return this.<Boolean>reading(opened -> true).then();
  }
}
