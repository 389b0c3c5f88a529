package dev.logdash.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.tck.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class ThrottleTest {

  private final MutableClock clock = MutableClock.atNoon();
  private final Throttle throttle = new Throttle(clock);

  @Test
  void makesEachFurtherFailureOfAUserWaitTwiceAsLongUpToHalfAMinute() {
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      // From a new network each time, so that it is the user who is slowed down.
      Duration wait = throttle.enter("ada", "10.0.0." + i);
      waits.add(wait.toSeconds());
      clock.advance(wait);
      assertThat(wait.isZero() ? wait : throttle.enter("ada", "10.0.1." + i)).isZero();
    }

    assertThat(waits).containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
  }

  @Test
  void slowsDownANetworkWhateverUsersItTries() {
    long tries = triesWithin(Duration.ofHours(24), i -> "user" + i, i -> "192.0.2.1");

    // 20 are free; 24 hours have 96 quarters.
    assertThat(tries).isBetween(20L + 90, 20L + 12 + 97);
  }

  @Test
  void neverLocksAUserOut() {
    long tries = triesWithin(Duration.ofHours(24), i -> "ada", i -> "10." + i % 200 + ".0.1");

    assertThat(tries).isBetween(2_800L, 2_900L);
  }

  @Test
  void isNotMadeToWaitLongerByKnocking() {
    for (int i = 0; i < 10; i++) {
      clock.advance(throttle.enter("ada", "10.0.0." + i));
      throttle.enter("ada", "10.0.0." + i);
    }
    Duration first = throttle.enter("ada", "10.1.0.1");
    for (int i = 0; i < 1_000; i++) {
      throttle.enter("ada", "10.1.0.1");
    }

    assertThat(throttle.enter("ada", "10.1.0.1")).isEqualTo(first).isPositive();
  }

  @Test
  void keepsTheOwnNetworkOfAUserOpenWhileOthersGuess() {
    assertThat(throttle.enter("ada", "192.0.2.1")).isZero();
    throttle.succeeded("ada", "192.0.2.1");
    for (int i = 0; i < 200; i++) {
      throttle.enter("ada", "10.0." + i + ".1");
    }
    assertThat(throttle.enter("ada", "10.9.9.9")).isPositive();

    assertThat(throttle.enter("ada", "192.0.2.1")).isZero();
  }

  @Test
  void countsTriesThatAreStillRunning() {
    long entered = 0;
    for (int i = 0; i < 100; i++) {
      entered += throttle.enter("ada", "192.0.2.1").isZero() ? 1 : 0;
    }

    assertThat(entered).isEqualTo(6);
  }

  @Test
  void takesASuccessOffTheUserButNotTheGuessesOffTheNetwork() {
    for (int i = 0; i < 5; i++) {
      throttle.enter("ada", "192.0.2.1");
    }
    throttle.succeeded("ada", "192.0.2.1");
    assertThat(throttle.enter("ada", "192.0.2.1")).isZero();
    throttle.succeeded("ada", "192.0.2.1");

    // Four guesses remain of the five; a network with a right password of its own keeps them.
    int more = 0;
    while (throttle.enter("user" + more, "192.0.2.1").isZero()) {
      more++;
    }
    assertThat(more).isEqualTo(17);
  }

  @Test
  void forgetsAfterAnHour() {
    for (int i = 0; i < 6; i++) {
      throttle.enter("ada", "192.0.2.1");
    }
    clock.advance(Duration.ofMinutes(61));
    for (int i = 0; i < 5; i++) {
      assertThat(throttle.enter("ada", "192.0.2.1")).isZero();
    }
  }

  @Test
  void takesTheSiteOfAnIpv6AddressForANetwork() {
    assertThat(Throttle.network("2001:db8:0:1::1"))
        .isEqualTo(Throttle.network("2001:db8:0:1:ffff:ffff:ffff:ffff%eth0"))
        .isNotEqualTo(Throttle.network("2001:db8:0:2::1"));
    assertThat(Throttle.network("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(Throttle.network("192.0.2.1")).isNotEqualTo(Throttle.network("192.0.2.2"));
    assertThat(Throttle.network("not:an:address")).isEqualTo("unknown");
  }

  @Test
  void remembersABoundedNumberOfUsers() {
    for (int i = 0; i < 50_000; i++) {
      throttle.enter("user" + i, "10.0.0.1");
      clock.advance(Duration.ofMinutes(16));
    }

    assertThat(throttle.size()).isLessThanOrEqualTo(10_000);
  }

  private long triesWithin(Duration span, LongFunction<String> user, LongFunction<String> client) {
    Instant end = clock.instant().plus(span);
    long tries = 0;
    for (long i = 0; clock.instant().isBefore(end); i++) {
      Duration wait = throttle.enter(user.apply(i), client.apply(i));
      tries += wait.isZero() ? 1 : 0;
      clock.advance(wait);
    }
    return tries;
  }
}
