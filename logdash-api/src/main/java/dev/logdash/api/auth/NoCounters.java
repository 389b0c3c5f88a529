package dev.logdash.api.auth;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

enum NoCounters implements AttemptCounters {
  INSTANCE;

  @Override
  public Mono<Duration> enter(List<Counter> counters, Duration forgottenAfter) {
    return Mono.just(Duration.ZERO);
  }

  @Override
  public Mono<Void> takeBack(Counter counter) {
    return Mono.empty();
  }

  @Override
  public Mono<Void> clear(Counter counter) {
    return Mono.empty();
  }
}
