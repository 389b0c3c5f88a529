package dev.logdash.testing.redis;

import dev.logdash.testing.ServerProcess;
import dev.logdash.testing.TestCertificates;
import dev.logdash.testing.TlsFront;
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
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A Redis in a process of its own: that of the system where there is one, else one that comes in a
 * jar. It keeps nothing over a restart.
 */
public final class RedisServer implements AutoCloseable {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(20);

  private final Path folder;
  private final int port = ServerProcess.freePort();
  private final List<String> settings;
  private final boolean secure;
  private @Nullable ServerProcess process;
  private @Nullable TlsFront front;

  private RedisServer(Path folder, boolean secure, List<String> settings) {
    this.folder = folder;
    this.secure = secure;
    this.settings = settings;
  }

  /** Starts one that uses a folder. */
  public static RedisServer start(Path folder) {
    RedisServer server = new RedisServer(folder, false, List.of());
    server.restart();
    return server;
  }

  /**
   * Starts one that speaks TLS alone, by itself where the program can, else through a front.
   *
   * @param settings of Redis, such as {@code --requirepass} and a password
   */
  public static RedisServer startSecure(
      Path folder, TestCertificates certificates, String... settings) {
    return startSecure(folder, certificates, false, settings);
  }

  /** The same, for one that takes clients with a certificate of the authority alone. */
  public static RedisServer startDemanding(Path folder, TestCertificates certificates) {
    return startSecure(folder, certificates, true);
  }

  private static RedisServer startSecure(
      Path folder, TestCertificates certificates, boolean demands, String... settings) {
    List<String> tls =
        new ArrayList<>(
            List.of(
                "--tls-cert-file",
                certificates.serverCertificate().toString(),
                "--tls-key-file",
                certificates.serverKeyFile().toString(),
                "--tls-ca-cert-file",
                certificates.authority().toString(),
                "--tls-auth-clients",
                demands ? "yes" : "no"));
    tls.addAll(List.of(settings));
    RedisServer server = new RedisServer(folder, true, tls);
    try {
      server.restart();
      return server;
    } catch (IllegalStateException e) {
      // A program that was built without TLS does not know the settings.
      RedisServer plain = new RedisServer(folder, false, List.of(settings));
      plain.restart();
      SSLContext context = certificates.serverContext();
      plain.front =
          demands
              ? TlsFront.demanding("127.0.0.1", plain.port, context)
              : TlsFront.to("127.0.0.1", plain.port, context);
      return plain;
    }
  }

  public String uri() {
    TlsFront before = front;
    if (before != null) {
      return "rediss://127.0.0.1:" + before.port();
    }
    return (secure ? "rediss" : "redis") + "://127.0.0.1:" + port;
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
    List<String> command = new ArrayList<>(List.of(program().toString()));
    if (secure) {
      command.addAll(List.of("--port", "0", "--tls-port", Integer.toString(port)));
    } else {
      command.addAll(List.of("--port", Integer.toString(port)));
    }
    command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
    command.addAll(settings);
    process = ServerProcess.start("redis", command, folder, this::answers, STARTS_WITHIN);
  }

  @Override
  public void close() {
    TlsFront before = front;
    if (before != null) {
      before.close();
    }
    ServerProcess running = process;
    if (running != null) {
      running.close();
    }
  }

  private boolean answers() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      if (secure) {
        return true;
      }
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(5);
      String text = new String(answer, StandardCharsets.US_ASCII);
      return text.equals("+PONG") || text.equals("-NOAU");
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
