package dev.logdash.testing.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.testing.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real broker, combined with its controller, in a process of its own on loopback ports. Tests
 * that leave it as it was share one; those that stop it start their own.
 */
public final class KafkaServer implements AutoCloseable {

  /** Names a broker to use in place of a started one, as {@code host:port}. */
  public static final String PROPERTY = "logdash.test.kafka";

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(90);
  private static final int CONNECT_MILLIS = 2_000;

  private final String host;
  private final int port;
  private final @Nullable Path folder;
  private @Nullable ServerProcess process;

  private KafkaServer(String host, int port, @Nullable Path folder) {
    this.host = host;
    this.port = port;
    this.folder = folder;
  }

  /** The one that the tests of a virtual machine share; it ends with the machine. */
  public static KafkaServer shared() {
    return Shared.SERVER;
  }

  /** Formats a folder and starts a broker there, with settings beside the usual ones. */
  public static KafkaServer start(Path folder, String... settings) {
    return start(folder, List.of(), settings);
  }

  /**
   * Starts one that knows users from its first moment on.
   *
   * @param users such as {@code SCRAM-SHA-512=[name=ann,password=...]}
   */
  public static KafkaServer start(Path folder, List<String> users, String... settings) {
    int port = ServerProcess.freePort();
    int controller = ServerProcess.freePort();
    while (controller == port) {
      // A port that nobody took is free again.
      controller = ServerProcess.freePort();
    }
    try {
      Files.createDirectories(folder);
      List<String> lines = new ArrayList<>(settings(folder, port, controller));
      lines.addAll(List.of(settings));
      Files.write(folder.resolve("server.properties"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    format(folder, users);
    KafkaServer server = new KafkaServer("127.0.0.1", port, folder);
    server.launch();
    return server;
  }

  /** Where clients begin. */
  public String bootstrap() {
    return host + ':' + port;
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  /** Ends it at once. */
  public void kill() {
    own().kill();
  }

  /** Starts it again on the same port and folder, after it ended. */
  public void restart() {
    own().close();
    launch();
  }

  /** From the next start on, sends clients to another loopback port, where a proxy listens. */
  public void advertise(int proxyPort) {
    Path home = folder;
    if (home == null) {
      throw new IllegalStateException("a broker elsewhere cannot be changed");
    }
    try {
      Files.writeString(
          home.resolve("server.properties"),
          "\nadvertised.listeners=PLAINTEXT://127.0.0.1:" + proxyPort + "\n",
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it where it is; connections stay open and nobody answers. */
  public void pause() {
    own().pause();
  }

  public void resume() {
    own().resume();
  }

  /** Ends it if it was started here. Idempotent. */
  @Override
  public void close() {
    ServerProcess running = process;
    if (running != null) {
      running.close();
    }
  }

  private ServerProcess own() {
    ServerProcess running = process;
    if (running == null) {
      throw new IllegalStateException("the broker of -D" + PROPERTY + " is not ours to stop");
    }
    return running;
  }

  private void launch() {
    Path home = folder;
    if (home == null) {
      throw new IllegalStateException("a broker elsewhere cannot be started");
    }
    List<String> command = java();
    command.add("kafka.Kafka");
    command.add(home.resolve("server.properties").toString());
    process = ServerProcess.start("kafka", command, home, this::answers, STARTS_WITHIN);
  }

  private boolean answers() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return true;
    }
  }

  private static void format(Path folder, List<String> users) {
    List<String> command = java();
    command.addAll(
        List.of(
            "kafka.tools.StorageTool",
            "format",
            "-t",
            "bG9nZGFzaC10ZXN0aW5nLQ",
            "-c",
            folder.resolve("server.properties").toString()));
    users.forEach(user -> command.addAll(List.of("--add-scram", user)));
    try {
      Path output = folder.resolve("format.out");
      Process format =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!format.waitFor(STARTS_WITHIN.toSeconds(), TimeUnit.SECONDS) || format.exitValue() != 0) {
        format.destroyForcibly();
        throw new IllegalStateException("cannot format: " + Files.readString(output));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<String> java() {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath()));
  }

  private static String classPath() {
    try (InputStream in = KafkaServer.class.getResourceAsStream("broker.classpath")) {
      if (in == null) {
        throw new IllegalStateException(
            "broker.classpath is missing: build this module with Maven");
      }
      return new String(in.readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> settings(Path folder, int port, int controller) {
    return List.of(
        "process.roles=broker,controller",
        "node.id=1",
        "controller.quorum.voters=1@127.0.0.1:" + controller,
        "controller.listener.names=CONTROLLER",
        "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
        "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
        "log.dirs=" + folder.resolve("data"),
        "offsets.topic.replication.factor=1",
        "offsets.topic.num.partitions=4",
        "transaction.state.log.replication.factor=1",
        "transaction.state.log.min.isr=1",
        "transaction.state.log.num.partitions=4",
        "share.coordinator.state.topic.replication.factor=1",
        "share.coordinator.state.topic.min.isr=1",
        "group.initial.rebalance.delay.ms=0",
        "group.min.session.timeout.ms=1000",
        "group.consumer.min.session.timeout.ms=1000",
        "group.consumer.session.timeout.ms=10000",
        "group.consumer.min.heartbeat.interval.ms=500",
        "group.consumer.heartbeat.interval.ms=1000",
        "auto.create.topics.enable=false");
  }

  private static KafkaServer startShared() {
    String named = System.getProperty(PROPERTY, "");
    if (!named.isEmpty()) {
      int colon = named.lastIndexOf(':');
      KafkaServer server =
          new KafkaServer(
              named.substring(0, colon), Integer.parseInt(named.substring(colon + 1)), null);
      try {
        server.answers();
      } catch (IOException e) {
        throw new UncheckedIOException("-D" + PROPERTY + "=" + named + " does not answer", e);
      }
      return server;
    }
    try {
      Path folder = Files.createTempDirectory("logdash-kafka");
      KafkaServer server = start(folder);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(server, folder), "end-shared"));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(KafkaServer server, Path folder) {
    server.own().kill();
    try (var files = Files.walk(folder)) {
      for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      // What is left lies in the folder for temporary files.
    }
  }

  private static final class Shared {
    static final KafkaServer SERVER = startShared();
  }
}
