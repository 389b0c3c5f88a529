package dev.logdash.redis;

import dev.logdash.testing.ServerProcess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * A Redis in a process of its own: that of the system where there is one, else one that comes in a
 * jar. With {@code -Dlogdash.test.redis} the server that it names, which fails where that does not
 * answer.
 */
final class TestRedis implements AutoCloseable {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(20);

  private final Path folder;
  private final int port;
  private final String uri;
  private final String prefix = "test-" + UUID.randomUUID().toString().substring(0, 8) + ":";
  private ServerProcess process;

  private TestRedis(Path folder, int port, String uri) {
    this.folder = folder;
    this.port = port;
    this.uri = uri;
  }

  /** The server that was named, else one that only this test uses. */
  static TestRedis start(Path folder) {
    String given = System.getProperty("logdash.test.redis", "");
    return given.isEmpty() ? startOwn(folder) : new TestRedis(folder, 0, given);
  }

  /** One that may be killed. */
  static TestRedis startOwn(Path folder) {
    int port = ServerProcess.freePort();
    TestRedis redis = new TestRedis(folder, port, "redis://127.0.0.1:" + port);
    redis.restart();
    return redis;
  }

  String uri() {
    return uri;
  }

  String prefix() {
    return prefix;
  }

  ServerProcess process() {
    return process;
  }

  /** As patient as a machine under load needs; faults are tested with the default. */
  RedisBackend backend() {
    return new RedisBackend(uri, prefix, Duration.ofSeconds(5));
  }

  void restart() {
    process =
        ServerProcess.start(
            "redis",
            List.of(
                binary().toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no"),
            folder,
            this::answers,
            STARTS_WITHIN);
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
    if (process != null) {
      process.close();
    }
  }

  private boolean answers() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(5);
      return new String(answer, StandardCharsets.US_ASCII).equals("+PONG");
    }
  }

  private Path binary() {
    for (String name : List.of("/usr/bin/redis-server", "/usr/local/bin/redis-server")) {
      if (Files.isExecutable(Path.of(name))) {
        return Path.of(name);
      }
    }
    Path unpacked = folder.resolve("redis-server");
    if (Files.exists(unpacked)) {
      return unpacked;
    }
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    String name = arm ? "/redis-server-6.2.7-linux-arm64" : "/redis-server-6.2.6-v5-linux-amd64";
    try (InputStream packed = TestRedis.class.getResourceAsStream(name)) {
      Files.copy(packed, unpacked);
      Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwx------"));
      return unpacked;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
