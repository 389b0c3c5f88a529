package dev.logdash.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.testing.stack.StackServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many people look at the same pages through two processes over Elasticsearch and MongoDB's
 * emulator, with Redis, with the memory of each process alone, and with a Redis that dies on the
 * way. Ends with 1 if an answer was an error.
 */
public final class ViewersBenchmark {

  private static final String USAGE =
      "usage: run viewers [--viewers 50] [--refreshes 20] [--events 100000]";
  private static final String TOPIC = "views";
  private static final String HEAP = "256m";
  private static final long PERIOD_MILLIS = 3_000;
  private static final int WARM_UP = 20;
  private static final int BURSTS = 10;
  private static final int BURST_SECONDS = 300;

  private final int refreshes;
  private final StackServers servers;
  private final Viewers viewers = new Viewers();
  private final HttpClient client = HttpClient.newHttpClient();
  private int errors;

  private ViewersBenchmark(int refreshes, StackServers servers) {
    this.refreshes = refreshes;
    this.servers = servers;
  }

  public static void main(String[] arguments) throws Exception {
    int people = 50;
    int refreshes = 20;
    int events = 100_000;
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(USAGE);
      }
      int value = Integer.parseInt(arguments[i + 1]);
      switch (arguments[i]) {
        case "--viewers" -> people = value;
        case "--refreshes" -> refreshes = value;
        case "--events" -> events = value;
        default -> throw new IllegalArgumentException(USAGE);
      }
    }
    Path folder = Files.createTempDirectory("logdash-viewers");
    System.out.println(Machine.describe());
    int errors;
    try (StackServers servers = StackServers.start(folder)) {
      ViewersBenchmark benchmark = new ViewersBenchmark(refreshes, servers);
      benchmark.fill(events);
      benchmark.run(people);
      errors = benchmark.errors;
    } finally {
      Folders.delete(folder);
    }
    if (errors > 0) {
      System.exit(1);
    }
  }

  private void run(int people) throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%n%d people, each asks 5 questions at once every %d ms, through two processes%n%n"
            + "| cache | answers | errors | p50 ms | p99 ms | max ms | searches of Elasticsearch"
            + " per refresh |%n|---|---|---|---|---|---|---|%n",
        people,
        PERIOD_MILLIS);
    try (StackProcess first = dashboard("first", "redis");
        StackProcess second = dashboard("second", "redis")) {
      // Of several links that processes print for one empty store, the last one counts.
      viewers.signUp(second, people);
      look("Redis", List.of(first, second), false);
    }
    try (StackProcess first = dashboard("third", "memory");
        StackProcess second = dashboard("fourth", "memory")) {
      look("memory of each process", List.of(first, second), false);
    }
    try (StackProcess first = dashboard("fifth", "redis");
        StackProcess second = dashboard("sixth", "redis")) {
      look("Redis, killed before the first of these", List.of(first, second), true);
    }
  }

  private StackProcess dashboard(String name, String cache) throws IOException {
    return StackProcess.start(
        "dashboard",
        HEAP,
        servers.folder().resolve(name),
        TopicSettings.full(servers, "dashboard-" + cache, TOPIC, cache));
  }

  private void look(String cache, List<StackProcess> dashboards, boolean cacheDies)
      throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      viewers.refresh(dashboards);
    }
    if (cacheDies) {
      servers.redis().process().kill();
    }
    List<Long> nanos = new ArrayList<>();
    int failed = 0;
    long before = searches();
    for (int i = 0; i < refreshes; i++) {
      long next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
      Viewers.Refresh refresh = viewers.refresh(dashboards);
      nanos.addAll(refresh.nanos());
      failed += refresh.errors();
      TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
    }
    double each = (double) (searches() - before) / refreshes;
    errors += failed;
    Collections.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "| %s | %,d | %d | %.0f | %.0f | %.0f | %.1f |%n",
        cache,
        nanos.size(),
        failed,
        percentile(nanos, 0.50),
        percentile(nanos, 0.99),
        percentile(nanos, 1),
        each);
  }

  private static double percentile(List<Long> ascending, double share) {
    return ascending.get((int) Math.ceil(share * ascending.size()) - 1) / 1e6;
  }

  /** How many queries of shards Elasticsearch has answered. */
  private long searches() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(servers.elasticsearch().url() + "/logdash-*/_stats/search"))
            .build();
    JsonNode stats =
        JsonMapper.shared().readTree(client.send(request, BodyHandlers.ofString()).body());
    return stats.at("/_all/total/search/query_total").asLong();
  }

  private void fill(int events) throws Exception {
    servers.topic(TOPIC, 2);
    try (StackProcess processor =
            StackProcess.start(
                "process",
                "512m",
                servers.folder().resolve("processor"),
                TopicSettings.full(servers, "processor", TOPIC, "memory"));
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", servers.kafka().bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      // As logs come: those of a moment together, not each in a window of its own.
      Instant first = Instant.now().minusSeconds(BURSTS * BURST_SECONDS);
      for (int i = 0; i < events; i++) {
        Future<?> unused =
            producer.send(
                new ProducerRecord<>(
                    TOPIC, line(first.plusSeconds((long) i * BURSTS / events * BURST_SECONDS), i)));
      }
      producer.flush();
      while (processor.stored() < events) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static byte[] line(Instant time, int n) {
    return ("{\"@timestamp\":\"%s\",\"level\":\"%s\",\"service.name\":\"shop-%d\","
            + "\"message\":\"GET /orders/%d\",\"http.request.method\":\"GET\","
            + "\"http.route\":\"/orders/{id}/%d\",\"http.response.status_code\":%d,"
            + "\"event.duration\":%d}")
        .formatted(
            time, n % 50 == 0 ? "error" : "info", n % 5, n, n % 12, n % 50 == 0 ? 500 : 200, n)
        .getBytes(UTF_8);
  }
}
