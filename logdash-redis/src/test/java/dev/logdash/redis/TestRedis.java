package dev.logdash.redis;

import dev.logdash.api.tls.TrustedAuthorities;
import dev.logdash.testing.ServerProcess;
import dev.logdash.testing.redis.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

/**
 * A Redis of the test's own; with {@code -Dlogdash.test.redis} the server that it names, which
 * fails where that does not answer.
 */
final class TestRedis implements AutoCloseable {

  private final String uri;
  private final RedisServer own;
  private final String prefix = "test-" + UUID.randomUUID().toString().substring(0, 8) + ":";

  private TestRedis(String uri, RedisServer own) {
    this.uri = uri;
    this.own = own;
  }

  /** The server that was named, else one that only this test uses. */
  static TestRedis start(Path folder) {
    String given = System.getProperty("logdash.test.redis", "");
    return given.isEmpty() ? startOwn(folder) : new TestRedis(given, null);
  }

  /** One that may be killed. */
  static TestRedis startOwn(Path folder) {
    RedisServer server = RedisServer.start(folder);
    return new TestRedis(server.uri(), server);
  }

  String uri() {
    return uri;
  }

  String prefix() {
    return prefix;
  }

  ServerProcess process() {
    return own.process();
  }

  /** As patient as a machine under load needs; faults are tested with the default. */
  RedisBackend backend() {
    return new RedisBackend(uri, prefix, Duration.ofSeconds(5), TrustedAuthorities.ofJava());
  }

  void restart() {
    own.restart();
  }

  <T> T command(Function<RedisCommands<String, String>, T> work) {
    RedisClient client = RedisClient.create(RedisURI.create(uri));
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return work.apply(connection.sync());
    } finally {
      client.shutdown();
    }
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
