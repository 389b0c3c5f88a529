package dev.logdash.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.auth.AttemptCounters;
import dev.logdash.api.error.BackendException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

class RedisAttemptCountersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final AttemptCounters.Counter USER =
      new AttemptCounters.Counter("user ada", 5, Duration.ofSeconds(30));
  private static final AttemptCounters.Counter NETWORK =
      new AttemptCounters.Counter("net 192.0.2.1", 20, Duration.ofMinutes(15));

  @TempDir private Path folder;
  private TestRedis redis;
  private RedisBackend here;
  private RedisBackend there;

  @BeforeEach
  void start() {
    redis = TestRedis.startOwn(folder);
    here = redis.backend();
    there = redis.backend();
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    redis.close();
  }

  @Test
  void countsTriesOfAllInstancesTogether() {
    long entered =
        Flux.range(0, 100)
            .flatMap(i -> (i % 2 == 0 ? here : there).attempts().enter(List.of(USER), HOUR), 16)
            .filter(Duration::isZero)
            .count()
            .block(PATIENCE);

    assertThat(entered).isEqualTo(6);
    assertThat(enter(there, USER)).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
  }

  @Test
  void doublesTheWaitUpToTheLongestAndIsNotMadeLongerByKnocking() {
    for (int i = 0; i < 5; i++) {
      assertThat(enter(here, USER)).isZero();
    }
    for (int seconds : List.of(1, 2, 4, 8, 16, 30, 30)) {
      assertThat(enter(here, USER)).isZero();
      for (int i = 0; i < 10; i++) {
        enter(there, USER);
      }
      assertThat(enter(there, USER))
          .isBetween(Duration.ofMillis(1_000L * seconds - 900), Duration.ofSeconds(seconds));
      redis.command(commands -> commands.del(name("wait:").get(0)));
    }
  }

  @Test
  void countsNowhereWhatOneCounterLetsWait() {
    for (int i = 0; i < 6; i++) {
      here.attempts().enter(List.of(USER, NETWORK), HOUR).block(PATIENCE);
    }
    for (int i = 0; i < 50; i++) {
      here.attempts().enter(List.of(USER, NETWORK), HOUR).block(PATIENCE);
    }

    assertThat(enter(there, NETWORK)).isZero();
  }

  @Test
  void takesBackOneTryAndClearsAll() {
    for (int i = 0; i < 6; i++) {
      enter(here, USER);
    }
    assertThat(enter(there, USER)).isPositive();

    there.attempts().takeBack(USER).block(PATIENCE);
    assertThat(enter(here, USER)).isZero();
    assertThat(enter(here, USER)).isPositive();

    there.attempts().clear(USER).block(PATIENCE);
    for (int i = 0; i < 6; i++) {
      assertThat(enter(here, USER)).isZero();
    }
  }

  @Test
  void startsAnewWhereItFindsWhatNobodyWrote() {
    for (int i = 0; i < 6; i++) {
      enter(here, USER);
    }
    String count = name("count:").get(0);
    String wait = name("wait:").get(0);
    redis.command(commands -> commands.set(count, "not a number"));
    redis.command(commands -> commands.pexpire(wait, 1_000_000_000L));

    assertThat(enter(here, USER)).isZero();
    assertThat(redis.<String>command(commands -> commands.get(count))).isEqualTo("1");
  }

  @Test
  void showsNobodyInANameAndForgets() {
    for (int i = 0; i < 6; i++) {
      here.attempts().enter(List.of(USER, NETWORK), HOUR).block(PATIENCE);
    }

    List<String> names = name("");
    assertThat(names).hasSize(3).noneMatch(name -> name.contains("ada") || name.contains("192"));
    for (String name : names) {
      assertThat(redis.<Long>command(commands -> commands.pttl(name))).isPositive();
    }
  }

  @Test
  void failsWithinBoundsSoThatEachInstanceCountsAlone() {
    enter(here, USER);
    redis.process().kill();

    assertThatThrownBy(() -> enter(here, USER)).isInstanceOf(BackendException.Unavailable.class);
    assertThatThrownBy(() -> enter(here, USER)).isInstanceOf(BackendException.Unavailable.class);
  }

  private static Duration enter(RedisBackend backend, AttemptCounters.Counter counter) {
    return backend.attempts().enter(List.of(counter), HOUR).block(PATIENCE);
  }

  private List<String> name(String part) {
    return redis.command(commands -> commands.keys(redis.prefix() + "*" + part + "*"));
  }
}
