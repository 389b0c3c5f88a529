package dev.logdash.redis;

import dev.logdash.api.cache.DashboardCache;
import dev.logdash.api.cache.PanelKey;
import dev.logdash.api.error.BackendException;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A {@link DashboardCache} that instances share. Of several instances that miss a panel, one
 * computes it; the others wait for it a little, and then compute it themselves. Where Redis does
 * not answer, a read is a miss.
 */
final class RedisDashboardCache implements DashboardCache {

  /*
   * A scope has a generation, a random number, and its panels carry the one in which they were put.
   * To invalidate is to set another one, which outlives every panel of the one before; so it costs
   * the same however many panels there are, and no key has to be searched for.
   *
   * Who misses a panel says so under a key that ends by itself. It is a hint and not a lock: whatever
   * becomes of it, the worst is a panel that is computed twice.
   */

  private static final int MAX_PANEL_BYTES = 1 << 20;
  private static final Duration LONGEST_LIFE = Duration.ofHours(1);
  private static final Duration GENERATION_LIFE = Duration.ofHours(2);
  private static final Duration COMPUTED_WITHIN = Duration.ofSeconds(2);
  private static final Duration LOOKS_EVERY = Duration.ofMillis(20);
  private static final int LOOKS = 50;

  private static final byte[] PUT =
      """
      local generation = redis.call('GET', KEYS[1])
      if not generation or #generation ~= 16 then generation = ARGV[4] end
      redis.call('SET', KEYS[2], generation .. ARGV[1], 'PX', ARGV[2])
      if redis.call('GET', KEYS[3]) == ARGV[3] then redis.call('DEL', KEYS[3]) end
      return 1
      """
          .getBytes(StandardCharsets.UTF_8);

  private final RedisAccess access;
  private final String prefix;
  private final byte[] instance;
  private final SecureRandom random = new SecureRandom();
  private final Counters counters;

  RedisDashboardCache(RedisAccess access, String prefix) {
    this.access = access;
    this.prefix = prefix;
    this.counters = access.counters();
    this.instance = random(PanelValue.GENERATION_BYTES);
  }

  @Override
  public Mono<String> get(PanelKey key) {
    PanelKeys keys = PanelKeys.of(prefix, key);
    return Mono.defer(() -> access.isLeftAlone() ? leftAlone() : find(keys))
        .onErrorResume(BackendException.class, unused -> Mono.empty())
        .doOnSuccess(panel -> (panel == null ? counters.misses : counters.hits).increment());
  }

  @Override
  public Mono<Void> put(PanelKey key, String panel, Duration timeToLive) {
    if (timeToLive.isNegative() || timeToLive.isZero()) {
      throw new IllegalArgumentException("timeToLive is not positive: " + timeToLive);
    }
    PanelKeys keys = PanelKeys.of(prefix, key);
    Duration life = timeToLive.compareTo(LONGEST_LIFE) > 0 ? LONGEST_LIFE : timeToLive;
    return Mono.defer(() -> access.isLeftAlone() ? leftAlone() : keep(keys, panel, life)).then();
  }

  @Override
  public Mono<Void> invalidate(String scope) {
    byte[] generation = PanelKeys.generation(prefix, scope);
    return Mono.defer(
            () -> {
              byte[] next = random(PanelValue.GENERATION_BYTES);
              return access.run(
                  redis -> redis.set(generation, next, SetArgs.Builder.px(GENERATION_LIFE)));
            })
        .then();
  }

  /** The client is closed with what opened it. */
  @Override
  public void close() {}

  private <T> Mono<T> leftAlone() {
    counters.skipped.increment();
    return Mono.empty();
  }

  private Mono<String> find(PanelKeys keys) {
    return access
        .run(redis -> look(redis, keys))
        .flatMap(
            values -> {
              Seen seen = seen(keys, values);
              if (seen.panel != null) {
                return Mono.just(seen.panel);
              }
              return claim(keys).flatMap(mine -> mine ? Mono.empty() : await(keys, LOOKS));
            });
  }

  private Mono<Boolean> claim(PanelKeys keys) {
    SetArgs absent = SetArgs.Builder.nx().px(COMPUTED_WITHIN);
    return access
        .run(redis -> redis.set(keys.computing(), instance, absent))
        .map("OK"::equals)
        .defaultIfEmpty(false);
  }

  /** Waits for whoever said to compute the panel, as long as that holds. */
  private Mono<String> await(PanelKeys keys, int looks) {
    return access
        .runPatiently(redis -> look(redis, keys))
        .flatMap(
            values -> {
              Seen seen = seen(keys, values);
              if (seen.panel != null) {
                return Mono.just(seen.panel);
              }
              return seen.elsewhere && looks > 0
                  ? Mono.delay(LOOKS_EVERY).then(Mono.defer(() -> await(keys, looks - 1)))
                  : Mono.empty();
            });
  }

  private static RedisFuture<List<KeyValue<byte[], byte[]>>> look(
      RedisAsyncCommands<byte[], byte[]> redis, PanelKeys keys) {
    return redis.mget(keys.generation(), keys.panel(), keys.computing());
  }

  /**
   * @param elsewhere whether another instance is computing it
   */
  private record Seen(@Nullable String panel, boolean elsewhere) {}

  private Seen seen(PanelKeys keys, List<KeyValue<byte[], byte[]>> values) {
    byte[] generation = PanelValue.generation(value(values.get(0)));
    byte[] panel = value(values.get(1));
    byte[] computing = value(values.get(2));
    return new Seen(
        panel == null ? null : PanelValue.decode(keys.panel(), panel, generation),
        computing != null && !Arrays.equals(computing, instance));
  }

  private static byte @Nullable [] value(KeyValue<byte[], byte[]> found) {
    return found.hasValue() ? found.getValue() : null;
  }

  private Mono<Long> keep(PanelKeys keys, String panel, Duration life) {
    byte[] value = PanelValue.encode(keys.panel(), panel);
    if (value.length > MAX_PANEL_BYTES) {
      return Mono.error(
          new BackendException.Rejected("a panel of more than 1 MiB is not kept", null));
    }
    byte[][] names = {keys.generation(), keys.panel(), keys.computing()};
    byte[] millis = Long.toString(Math.max(1, life.toMillis())).getBytes(StandardCharsets.UTF_8);
    byte[] first = new byte[PanelValue.GENERATION_BYTES];
    return access.runUnhurried(
        redis ->
            redis.<Long>eval(PUT, ScriptOutputType.INTEGER, names, value, millis, instance, first));
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
