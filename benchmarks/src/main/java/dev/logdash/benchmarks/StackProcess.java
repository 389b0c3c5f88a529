package dev.logdash.benchmarks;

import dev.logdash.testing.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code logdash serve} in a role, in a process of its own. */
final class StackProcess implements AutoCloseable {

  private static final Duration SOON = Duration.ofMinutes(2);
  private static final Pattern STORED =
      Pattern.compile("(?m)^logdash_store_events_total ([0-9.eE+]+)$");

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;
  private final ServerProcess process;

  private StackProcess(URI address, ServerProcess process) {
    this.address = address;
    this.process = process;
  }

  /** Starts it and waits until it listens. */
  static StackProcess start(String role, String heap, Path folder, Path settings) {
    int port = ServerProcess.freePort();
    List<String> command =
        LoadServer.command(
            heap,
            "serve",
            "--config",
            settings.toString(),
            "--role",
            role,
            "--port",
            Integer.toString(port),
            "--data",
            folder.resolve("data").toString());
    return new StackProcess(
        URI.create("http://127.0.0.1:" + port + "/"),
        ServerProcess.start(
            folder.getFileName().toString(), command, folder, () -> isListening(port), SOON));
  }

  URI address() {
    return address;
  }

  String output() {
    return process.output();
  }

  /** How many events it has stored. */
  long stored() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("metrics"))
            .timeout(SOON)
            .header("Authorization", "Bearer " + TopicSettings.TOKEN)
            .build();
    Matcher matcher = STORED.matcher(client.send(request, BodyHandlers.ofString()).body());
    return matcher.find() ? (long) Double.parseDouble(matcher.group(1)) : 0;
  }

  Duration cpu() {
    return ProcessHandle.of(process.pid()).orElseThrow().info().totalCpuDuration().orElseThrow();
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
