package dev.logdash.testing.elasticsearch;

import dev.logdash.testing.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Elasticsearch of its own process, port and folder, or the one that {@code
 * -Dlogdash.test.elasticsearch} names by its address. It has the core features, no security and no
 * plugins; see the list of what is absent in the adapter's README.
 */
public final class ElasticsearchServer implements AutoCloseable {

  /** Names a server that runs already, by its address. */
  public static final String PROPERTY = "logdash.test.elasticsearch";

  /** The version that runs on the oldest Java that logdash supports. */
  public static final String VERSION_8 = "8";

  /** The newest version, which needs Java 21. */
  public static final String VERSION_9 = "9";

  private static final String PROGRAM = "NodeMain.java";
  private static final int JAVA_OF_9 = 21;
  private static final Duration START = Duration.ofMinutes(2);

  private final String url;
  private final List<String> command;
  private final Path folder;
  private @Nullable ServerProcess process;

  private ElasticsearchServer(String url, List<String> command, Path folder) {
    this.url = url;
    this.command = command;
    this.folder = folder;
  }

  /** Starts version 8 in a folder, or finds the named one. */
  public static ElasticsearchServer start(Path folder) {
    String named = System.getProperty(PROPERTY, "");
    return named.isEmpty()
        ? start(VERSION_8, Path.of(System.getProperty("java.home")), folder)
        : named(named);
  }

  /**
   * Starts a version in a folder.
   *
   * @param javaHome of a Java that it runs on
   */
  public static ElasticsearchServer start(String version, Path javaHome, Path folder) {
    // The server loads the transport itself, and refuses to find it twice.
    Map<Boolean, List<String>> jars =
        Arrays.stream(classPath(version).split(File.pathSeparator))
            .collect(Collectors.partitioningBy(ElasticsearchServer::isTransport));
    int port = ServerProcess.freePort();
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin").resolve("java").toString());
    command.addAll(
        List.of(
            "-Xms256m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            String.join(File.pathSeparator, jars.getOrDefault(false, List.of())),
            program(folder).toString(),
            folder.resolve("home").toString(),
            Integer.toString(port),
            String.join(",", jars.getOrDefault(true, List.of()))));
    ElasticsearchServer server =
        new ElasticsearchServer("http://127.0.0.1:" + port, command, folder);
    server.restart();
    return server;
  }

  /** The home of a Java that is new enough for version 9; null where there is none. */
  public static @Nullable Path javaForVersion9() {
    if (Runtime.version().feature() >= JAVA_OF_9) {
      return Path.of(System.getProperty("java.home"));
    }
    for (Path folder : List.of(Path.of("/usr/lib/jvm"), Path.of("/opt/java"))) {
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (Stream<Path> homes = Files.list(folder)) {
        Optional<Path> found =
            homes.filter(home -> feature(home) >= JAVA_OF_9).sorted().findFirst();
        if (found.isPresent()) {
          return found.get();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return null;
  }

  /** Where it answers, without a slash at the end. */
  public String url() {
    return url;
  }

  /** Whether it is a process of this test, which may be killed. */
  public boolean isOwn() {
    return !command.isEmpty();
  }

  /** Ends it at once, as a failing machine would. */
  public void kill() {
    own().kill();
  }

  /** Starts it again, on its port and with its data. */
  public void restart() {
    ServerProcess old = process;
    if (old != null) {
      old.close();
    }
    process = ServerProcess.start("elasticsearch", command, folder, () -> answers(url), START);
  }

  /** Stops it where it is; connections stay open and nobody answers. */
  public void pause() {
    own().pause();
  }

  /** Lets it go on after {@link #pause}. */
  public void resume() {
    own().resume();
  }

  /** The number of its process, for the tools of the system. */
  public long pid() {
    return own().pid();
  }

  /** What it has printed. */
  public String output() {
    return own().output();
  }

  /** Ends it, unless it is somebody else's. Idempotent. */
  @Override
  public void close() {
    ServerProcess running = process;
    if (running != null) {
      running.close();
      process = null;
    }
  }

  private ServerProcess own() {
    ServerProcess running = process;
    if (running == null) {
      throw new IllegalStateException(url + " is not a process of this test");
    }
    return running;
  }

  private static ElasticsearchServer named(String url) {
    try {
      if (answers(url)) {
        return new ElasticsearchServer(url, List.of(), Path.of("."));
      }
    } catch (IOException e) {
      throw new IllegalStateException(url + " of " + PROPERTY + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException(url + " of " + PROPERTY + " does not answer well");
  }

  private static boolean answers(String url) throws IOException, InterruptedException {
    HttpRequest health =
        HttpRequest.newBuilder(URI.create(url + "/_cluster/health?wait_for_status=yellow"))
            .timeout(Duration.ofSeconds(10))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    return client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
  }

  private static String classPath(String version) {
    String resource = "/elasticsearch-" + version + ".classpath";
    try (InputStream in = ElasticsearchServer.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing; build this module with Maven");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path program(Path folder) {
    try (InputStream in = ElasticsearchServer.class.getResourceAsStream(PROGRAM)) {
      if (in == null) {
        throw new IllegalStateException(PROGRAM + " is missing");
      }
      Path program = Files.createDirectories(folder).resolve(PROGRAM);
      Files.write(program, in.readAllBytes());
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isTransport(String jar) {
    return jar.contains("transport-netty4") || jar.replace('\\', '/').contains("/io/netty/");
  }

  private static int feature(Path home) {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release)) {
      return 0;
    }
    try {
      return Files.readAllLines(release).stream()
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("^JAVA_VERSION=\"(\\d+).*$", "$1"))
          .mapToInt(Integer::parseInt)
          .findFirst()
          .orElse(0);
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }
}
