package dev.logdash.redis;

import dev.logdash.api.auth.AttemptCounters;
import dev.logdash.api.error.BackendException;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * {@link AttemptCounters} in Redis. A counter is a number that is forgotten, and a mark that lasts
 * as long as the next try has to wait. Values that nobody here wrote start a counter anew.
 */
final class RedisAttemptCounters implements AttemptCounters {

  private static final String DELAY =
      """
      local function delay(count, free, longest)
        if count <= free then return 0 end
        return math.min(longest, 1000 * 2 ^ math.min(20, count - free - 1))
      end
      """;

  private static final byte[] ENTER =
      bytes(
          DELAY
              + """
              local wait = 0
              for i = 1, #KEYS, 2 do
                local left = redis.call('PTTL', KEYS[i + 1])
                if left > tonumber(ARGV[i + 2]) then
                  redis.call('DEL', KEYS[i + 1])
                elseif left > wait then
                  wait = left
                end
              end
              if wait > 0 then return wait end
              for i = 1, #KEYS, 2 do
                local count = redis.pcall('INCR', KEYS[i])
                if type(count) ~= 'number' then
                  redis.call('DEL', KEYS[i])
                  count = redis.call('INCR', KEYS[i])
                end
                redis.call('PEXPIRE', KEYS[i], ARGV[1])
                local next = delay(count, tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2]))
                if next > 0 then
                  redis.call('SET', KEYS[i + 1], '1', 'PX', string.format('%d', next))
                end
              end
              return 0
              """);

  private static final byte[] TAKE_BACK =
      bytes(
          DELAY
              + """
              local count = tonumber(redis.call('GET', KEYS[1]) or '0')
              if not count or count < 1 then return 0 end
              redis.call('DECR', KEYS[1])
              local left = redis.call('PTTL', KEYS[2])
              if left <= 0 then return 0 end
              local free = tonumber(ARGV[1])
              local longest = tonumber(ARGV[2])
              local now = delay(count - 1, free, longest)
              left = left - delay(count, free, longest) + now
              if now == 0 or left <= 0 then
                redis.call('DEL', KEYS[2])
              else
                redis.call('PEXPIRE', KEYS[2], string.format('%d', left))
              end
              return 0
              """);

  private final RedisAccess access;
  private final String prefix;

  RedisAttemptCounters(RedisAccess access, String prefix) {
    this.access = access;
    // One script looks at several counters, which a cluster then has to have on one node.
    this.prefix = prefix + "{attempts}:";
  }

  @Override
  public Mono<Duration> enter(List<Counter> counters, Duration forgottenAfter) {
    List<byte[]> keys = new ArrayList<>();
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(bytes(forgottenAfter.toMillis()));
    for (Counter counter : counters) {
      keys.add(count(counter));
      keys.add(wait(counter));
      arguments.add(bytes(counter.free()));
      arguments.add(bytes(counter.longest().toMillis()));
    }
    return run(ENTER, keys, arguments).map(Duration::ofMillis);
  }

  @Override
  public Mono<Void> takeBack(Counter counter) {
    return run(
            TAKE_BACK,
            List.of(count(counter), wait(counter)),
            List.of(bytes(counter.free()), bytes(counter.longest().toMillis())))
        .then();
  }

  @Override
  public Mono<Void> clear(Counter counter) {
    return access.run(redis -> redis.del(count(counter), wait(counter))).then();
  }

  private Mono<Long> run(byte[] script, List<byte[]> keys, List<byte[]> arguments) {
    byte[][] names = keys.toArray(new byte[0][]);
    byte[][] values = arguments.toArray(new byte[0][]);
    return Mono.defer(
        () ->
            access.isLeftAlone()
                ? leftAlone()
                : access.run(
                    redis -> redis.<Long>eval(script, ScriptOutputType.INTEGER, names, values)));
  }

  private <T> Mono<T> leftAlone() {
    access.counters().skipped.increment();
    return Mono.error(new BackendException.Unavailable("Redis did not answer lately", null));
  }

  private byte[] count(Counter counter) {
    return bytes(prefix + "count:" + PanelKeys.hash(counter.key()));
  }

  private byte[] wait(Counter counter) {
    return bytes(prefix + "wait:" + PanelKeys.hash(counter.key()));
  }

  private static byte[] bytes(long number) {
    return bytes(Long.toString(number));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
