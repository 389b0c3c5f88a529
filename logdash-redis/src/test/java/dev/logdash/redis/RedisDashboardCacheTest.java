package dev.logdash.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.cache.DashboardCache;
import dev.logdash.api.cache.PanelKey;
import dev.logdash.api.error.BackendException;
import dev.logdash.tck.DashboardCacheContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisDashboardCacheTest extends DashboardCacheContract {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final PanelKey KEY = new PanelKey("ada", "count");

  @TempDir private static Path folder;
  private static TestRedis redis;

  private final RedisBackend backend = redis.backend();

  @BeforeAll
  static void start() {
    redis = TestRedis.start(folder);
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @AfterEach
  void forget() {
    names().forEach(name -> redis.command(commands -> commands.del(name)));
    backend.close();
  }

  @Override
  protected DashboardCache openCache() {
    backend.check().block(PATIENCE);
    return backend.cache();
  }

  /** Redis has a clock of its own, so what is left of each life is shortened instead. */
  @Override
  protected void elapse(Duration duration) {
    for (String name : names()) {
      long left = redis.command(commands -> commands.pttl(name)) - duration.toMillis();
      if (left > 0) {
        redis.command(commands -> commands.pexpire(name, left));
      } else {
        redis.command(commands -> commands.del(name));
      }
    }
  }

  @Test
  void showsNeitherScopeNorQuestionInANameAndKeepsNothingForEver() {
    DashboardCache cache = backend.cache();
    PanelKey secret = new PanelKey("scope-of-zoe", "message:password-of-zoe");
    cache.get(secret).block(PATIENCE);
    cache.put(secret, "1", MINUTE).block(PATIENCE);
    cache.get(new PanelKey("scope-of-zoe", "other")).block(PATIENCE);
    cache.invalidate("scope-of-zoe").block(PATIENCE);

    assertThat(names()).hasSize(3).noneMatch(name -> name.contains("zoe"));
    for (String name : names()) {
      assertThat(redis.<Long>command(commands -> commands.pttl(name))).isPositive();
    }
  }

  @Test
  void takesWhateverElseItFindsForAMiss() {
    DashboardCache cache = backend.cache();
    cache.put(KEY, "1", MINUTE).block(PATIENCE);
    String panel = name("panel");
    String right = redis.command(commands -> commands.get(panel));
    List<String> wrong = List.of("", "x", right.substring(1), right + "x", "x".repeat(100));
    for (String value : wrong) {
      redis.command(commands -> commands.set(panel, value));

      assertThat(cache.get(KEY).block(PATIENCE)).as(value).isNull();
    }
    redis.command(commands -> commands.del(panel));
    redis.command(commands -> commands.lpush(panel, "a"));
    assertThat(cache.get(KEY).block(PATIENCE)).isNull();

    cache.put(KEY, "2", MINUTE).block(PATIENCE);
    assertThat(cache.get(KEY).block(PATIENCE)).isEqualTo("2");
  }

  @Test
  void showsNoPanelUnderTheNameOfAnother() {
    DashboardCache cache = backend.cache();
    PanelKey other = new PanelKey("ada", "other");
    cache.put(KEY, "1", MINUTE).block(PATIENCE);
    String first = name("panel");
    cache.put(other, "2", MINUTE).block(PATIENCE);
    String second =
        names().stream().filter(n -> n.contains("panel") && !n.equals(first)).findAny().get();

    redis.command(commands -> commands.rename(first, second));

    assertThat(cache.get(other).block(PATIENCE)).isNull();
  }

  @Test
  void countsWhatWasFoundAndWhatWasNot() {
    DashboardCache cache = backend.cache();
    cache.get(KEY).block(PATIENCE);
    cache.put(KEY, "1", MINUTE).block(PATIENCE);
    cache.get(KEY).block(PATIENCE);
    cache.get(KEY).block(PATIENCE);

    RedisStatistics counted = backend.statistics();
    assertThat(counted.hits()).isEqualTo(2);
    assertThat(counted.misses()).isEqualTo(1);
    assertThat(counted.failures()).isZero();
  }

  @Test
  void refusesAPanelThatIsTooLarge() {
    DashboardCache cache = backend.cache();

    assertThatThrownBy(() -> cache.put(KEY, "x".repeat((1 << 20) + 1), MINUTE).block(PATIENCE))
        .isInstanceOf(BackendException.Rejected.class);
  }

  private static String name(String kind) {
    return names().stream().filter(name -> name.contains(kind)).findAny().orElseThrow();
  }

  private static List<String> names() {
    return redis.command(commands -> commands.keys(redis.prefix() + "*"));
  }
}
