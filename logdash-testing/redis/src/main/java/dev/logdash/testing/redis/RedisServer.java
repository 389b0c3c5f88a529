package dev.logdash.testing.redis;

import dev.logdash.testing.ServerProcess;
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
import org.jspecify.annotations.Nullable;

/**
 * A Redis in a process of its own: that of the system where there is one, else one that comes in a
 * jar. It keeps nothing over a restart.
 */
public final class RedisServer implements AutoCloseable {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(20);

  private final Path folder;
  private final int port = ServerProcess.freePort();
  private @Nullable ServerProcess process;

  private RedisServer(Path folder) {
    this.folder = folder;
  }

  /** Starts one that uses a folder. */
  public static RedisServer start(Path folder) {
    RedisServer server = new RedisServer(folder);
    server.restart();
    return server;
  }

  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** What runs now. */
  public ServerProcess process() {
    ServerProcess running = process;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    return running;
  }

  /** Starts it again on its port, empty. */
  public void restart() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process =
        ServerProcess.start(
            "redis",
            List.of(
                program().toString(),
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

  @Override
  public void close() {
    ServerProcess running = process;
    if (running != null) {
      running.close();
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

  private Path program() {
    for (String name : List.of("/usr/bin/redis-server", "/usr/local/bin/redis-server")) {
      if (Files.isExecutable(Path.of(name))) {
        return Path.of(name);
      }
    }
    Path unpacked = folder.resolve("redis-server");
    if (Files.exists(unpacked)) {
      return unpacked;
    }
    boolean arm = System.getProperty("os.arch", "").equals("aarch64");
    String name = arm ? "/redis-server-6.2.7-linux-arm64" : "/redis-server-6.2.6-v5-linux-amd64";
    try (InputStream packed = RedisServer.class.getResourceAsStream(name)) {
      if (packed == null) {
        throw new IllegalStateException("no Redis for this system: " + name);
      }
      Files.copy(packed, unpacked);
      Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwx------"));
      return unpacked;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
