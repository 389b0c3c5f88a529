package dev.logdash.benchmarks;

import dev.logdash.server.Main;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code logdash serve} in a process of its own, with an administrator and a key. */
final class LoadServer implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern SET_UP =
      Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/)setup#code=(\\S+)");
  private static final Duration UNTIL_UP = Duration.ofSeconds(60);
  private static final Duration UNTIL_ANSWER = Duration.ofSeconds(60);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final String NAME = "load";

  private final Process process;
  private final Path log;
  private final URI address;
  private final HttpClient client;
  private final String session;
  private final String key;

  private LoadServer(
      Process process, Path log, URI address, HttpClient client, String session, String key) {
    this.process = process;
    this.log = log;
    this.address = address;
    this.client = client;
    this.session = session;
    this.key = key;
  }

  /**
   * Starts it on a free port.
   *
   * @param heap as behind {@code -Xmx}
   * @param settings beside those of the data folder and the port, each {@code name=value}
   * @throws IOException if it does not come up
   */
  static LoadServer start(String heap, Path work, List<String> settings)
      throws IOException, InterruptedException {
    Path log = work.resolve("serve.txt");
    List<String> command = command(heap, "serve", "--port", "0", "--data", data(work).toString());
    settings.forEach(setting -> command.addAll(List.of("-D", setting)));
    Process process =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(log.toFile())
            .redirectErrorStream(true)
            .start();
    try {
      Matcher link = link(process, log);
      URI address = URI.create(link.group(1));
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      byte[] secret = new byte[16];
      new SecureRandom().nextBytes(secret);
      String password = HexFormat.of().formatHex(secret);
      HttpResponse<String> setUp =
          change(
              client,
              address.resolve("api/v1/setup"),
              "",
              Map.of("code", link.group(2), "name", NAME, "password", password));
      String session = setUp.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
      HttpResponse<String> made =
          change(
              client,
              address.resolve("api/v1/api-keys"),
              session,
              Map.of("name", NAME, "dataset", "default"));
      String key = JSON.readTree(made.body()).get("key").asString();
      return new LoadServer(process, log, address, client, session, key);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** A command line of logdash on this class path, with the options of its launcher. */
  static List<String> command(String heap, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xshare:auto", "-Djava.awt.headless=true"));
    command.addAll(List.of("-Xmx" + heap, "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  static Path data(Path work) {
    return work.resolve("data");
  }

  /** Sends logs, and answers with what the server says. */
  HttpResponse<String> ingest(byte[] body) throws IOException, InterruptedException {
    return client.send(
        request(address.resolve("api/v1/ingest"))
            .header("Authorization", "Bearer " + key)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  /**
   * Asks as the administrator.
   *
   * @throws IOException if the answer is not 200
   */
  JsonNode ask(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            request(address.resolve(path)).header("Cookie", session).build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + " was answered " + answer.statusCode() + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** Waits until nothing is left to be stored; false if that takes longer than it may. */
  boolean drained(Duration most) throws IOException, InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (ask("api/v1/pipeline").get("lag").get("seconds").asDouble() > 0) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }

  /** The processor time of the server so far. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The most memory of the process so far; 0 where the system does not tell. */
  long residentMegabytes() {
    return JvmRun.resident(Path.of("/proc", Long.toString(process.pid()), "status"));
  }

  /** What it printed. */
  String said() throws IOException {
    return Files.readString(log);
  }

  /** Tells it to end, and waits until it has. */
  void stop() throws InterruptedException, TimeoutException {
    process.destroy();
    if (!process.waitFor(UNTIL_UP.toSeconds(), TimeUnit.SECONDS)) {
      throw new TimeoutException("the server does not end");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static Matcher link(Process process, Path log) throws IOException {
    long end = System.nanoTime() + UNTIL_UP.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      Matcher link = SET_UP.matcher(Files.readString(log));
      if (link.find()) {
        return link;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    throw new IOException("the server does not come up: " + Files.readString(log));
  }

  private static HttpResponse<String> change(
      HttpClient client, URI target, String session, Map<String, String> body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(target).header("X-Logdash", "1").header("Content-Type", "application/json");
    if (!session.isEmpty()) {
      request.header("Cookie", session);
    }
    HttpResponse<String> answer =
        client.send(
            request.POST(BodyPublishers.ofString(JSON.writeValueAsString(body))).build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(target.getPath() + " was answered " + answer.statusCode());
    }
    return answer;
  }

  private static HttpRequest.Builder request(URI target) {
    return HttpRequest.newBuilder(target).timeout(UNTIL_ANSWER);
  }
}
