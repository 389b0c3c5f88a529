package dev.logdash.dashboard;

import reactor.core.publisher.Mono;

/** Answers requests of one route, whose permission was checked before. */
@FunctionalInterface
interface Handler {

  /** The answer; an error becomes one by {@link Problem#of}. */
  Mono<Reply> handle(Exchange exchange);
}
