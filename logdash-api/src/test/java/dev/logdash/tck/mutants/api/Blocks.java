package dev.logdash.tck.mutants.api;

import reactor.core.publisher.Mono;

final class Blocks {
  Object wait(Mono<Object> mono) {
    return mono.block();
  }
}
