package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.testing.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of logdash with a role. */
final class StackNode implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(120);

  private final URI address;
  private final ServerProcess process;
  private final HttpClient client = HttpClient.newHttpClient();

  private StackNode(URI address, ServerProcess process) {
    this.address = address;
    this.process = process;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param folder has its output, by its own name, and its data
   */
  static StackNode start(String role, Path folder, Path settings, String... jvm) {
    int port = ServerProcess.freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        jvm.length > 0
            ? List.of(jvm)
            : List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            "--config",
            settings.toString(),
            "--role",
            role,
            "--port",
            Integer.toString(port),
            "--data",
            folder.resolve("data").toString()));
    return new StackNode(
        URI.create("http://127.0.0.1:" + port + "/"),
        ServerProcess.start(
            folder.getFileName().toString(), command, folder, () -> isListening(port), SOON));
  }

  URI address() {
    return address;
  }

  ServerProcess process() {
    return process;
  }

  HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(address.resolve(path)).timeout(SOON).build(),
        BodyHandlers.ofString());
  }

  void awaitHealthy() throws Exception {
    long end = System.nanoTime() + SOON.toNanos();
    HttpResponse<String> health = get("health");
    while (health.statusCode() != 200 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(200);
      health = get("health");
    }
    assertThat(health.body()).as(process.output()).contains("\"up\"");
  }

  @Override
  public void close() {
    process.close();
  }

  private static boolean isListening(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }
}
