package dev.logdash.elasticsearch;

import dev.logdash.testing.elasticsearch.ElasticsearchServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The server that all tests of a virtual machine share, and stores of their own in it. */
final class TestServer {

  private static final String RUN = Long.toString(System.nanoTime(), 36);
  private static final AtomicInteger STORES = new AtomicInteger();

  private TestServer() {}

  /** Started by the first test that needs it; ends with the virtual machine. */
  private static final class Shared {
    static final ElasticsearchServer SERVER = ElasticsearchServer.start(folder());
  }

  static String url() {
    return Shared.SERVER.url();
  }

  static Path folder() {
    try {
      Path folder = Files.createTempDirectory("logdash-elasticsearch-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "delete-folder"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A prefix that no other store has; what those before have left is removed. */
  static String prefix() {
    clean();
    return newPrefix();
  }

  /** A prefix that no other store has. */
  static String newPrefix() {
    return "t" + RUN + "-" + STORES.incrementAndGet() + "-";
  }

  static ElasticsearchLogStoreBuilder store(Clock clock) {
    return store(url(), prefix(), clock);
  }

  static ElasticsearchLogStoreBuilder store(String url, String prefix, Clock clock) {
    return ElasticsearchLogStore.builder(List.of(URI.create(url)), clock)
        .prefix(prefix)
        .shards(1, 0)
        // So few that tables come in parts.
        .groupsOfAPart(10)
        .refreshInterval(Duration.ofMillis(100));
  }

  private static void clean() {
    String all = "t" + RUN + "-*";
    String indices = send("GET", "/_cat/indices/" + all + "?h=index", "").strip();
    if (!indices.isEmpty()) {
      // A pattern may be refused by the server.
      send("DELETE", "/" + indices.replaceAll("\\s+", ","), "");
    }
    send("DELETE", "/_index_template/" + all, "");
  }

  /** Sends a request past the adapter. */
  static String send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(30))
            .build();
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // The server may still be ending; the folder is a temporary one.
    }
  }
}
