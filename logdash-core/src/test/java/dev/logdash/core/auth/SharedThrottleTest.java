package dev.logdash.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.auth.AttemptCounters;
import dev.logdash.api.error.BackendException;
import dev.logdash.tck.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class SharedThrottleTest {

  private static final String CLIENT = "192.0.2.1";

  private final MutableClock clock = MutableClock.atNoon();
  private final List<String> calls = new ArrayList<>();
  private Mono<Duration> answer = Mono.just(Duration.ZERO);
  private final AttemptCounters counters =
      new AttemptCounters() {
        @Override
        public Mono<Duration> enter(List<Counter> all, Duration forgottenAfter) {
          all.forEach(counter -> calls.add("enter " + counter.key() + ' ' + counter.free()));
          return answer;
        }

        @Override
        public Mono<Void> takeBack(Counter counter) {
          calls.add("back " + counter.key());
          return answer.then();
        }

        @Override
        public Mono<Void> clear(Counter counter) {
          calls.add("clear " + counter.key());
          return answer.then();
        }
      };
  private final Throttle own = new Throttle(clock);
  private final SharedThrottle throttle = new SharedThrottle(own, counters);

  @Test
  void countsForTheUserAndTheNetworkAndClearsOnlyTheUser() {
    assertThat(throttle.enter("ada", CLIENT).block()).isZero();
    throttle.succeeded("ada", CLIENT).block();

    assertThat(calls)
        .containsExactly(
            "enter user ada 5", "enter net 192.0.2.1 20", "clear user ada", "back net 192.0.2.1");
  }

  @Test
  void waitsForWhatOthersCountedAndDoesNotCountThatTryItself() {
    answer = Mono.just(Duration.ofSeconds(8));
    for (int i = 0; i < 100; i++) {
      assertThat(throttle.enter("ada", CLIENT).block()).isEqualTo(Duration.ofSeconds(8));
    }

    assertThat(own.enter("ada", CLIENT)).isZero();
  }

  @Test
  void asksNobodyWhereItsOwnCountSaysToWait() {
    for (int i = 0; i < 6; i++) {
      throttle.enter("ada", CLIENT).block();
    }
    calls.clear();

    assertThat(throttle.enter("ada", CLIENT).block()).isPositive();
    assertThat(calls).isEmpty();
  }

  @Test
  void goesOnAloneWhereTheOthersCannotBeAsked() {
    answer = Mono.error(new BackendException.Unavailable("down", null));
    int entered = 0;
    for (int i = 0; i < 20; i++) {
      entered += throttle.enter("ada", CLIENT).block().isZero() ? 1 : 0;
    }
    throttle.withdraw("ada", CLIENT).block();
    throttle.succeeded("ada", CLIENT).block();

    assertThat(entered).isEqualTo(6);
    assertThat(throttle.enter("ada", CLIENT).block()).isZero();
  }
}
