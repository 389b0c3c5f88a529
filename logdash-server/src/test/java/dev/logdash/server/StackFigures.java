package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.logdash.testing.elasticsearch.ElasticsearchServer;
import dev.logdash.testing.kafka.KafkaServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast one process takes events from a topic into Elasticsearch and into its own folder, beside
 * what a consumer reads that does nothing and what Elasticsearch takes that nobody parses. Not a
 * part of the build:
 *
 * <pre>mvn -pl logdash-server -am test -Dtest=StackFigures -Dsurefire.failIfNoSpecifiedTests=false
 * -Dlogdash.figures.lines=300000</pre>
 */
@Timeout(1_200)
class StackFigures {

  private static final int LINES = Integer.getInteger("logdash.figures.lines", 300_000);
  private static final int BULK = 2_000;
  private static final String TOPIC = "app-figures";
  private static final String TOKEN = "a-token-for-metrics";
  private static final Pattern STORED =
      Pattern.compile("(?m)^logdash_store_events_total ([0-9.eE+]+)$");

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void printsThem() throws Exception {
    MongoServer mongo = new MongoServer(new MemoryBackend());
    try (KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"));
        ElasticsearchServer elasticsearch =
            ElasticsearchServer.start(folder.resolve("elasticsearch"))) {
      fill(kafka);
      System.out.printf("%,d lines of %d bytes, 2 partitions%n", LINES, line(LINES).length());
      System.out.printf("%-48s %10s %12s%n", "", "events/s", "CPU us/event");
      raw(kafka);
      bulk(elasticsearch);
      String shared =
          """
          logdash:
            ingest: kafka
            kafka: {bootstrap.servers: "%s", topics: %s}
            retention.min-free-disk: 0%%
            metrics.token: %s
          """
              .formatted(kafka.bootstrap(), TOPIC, TOKEN);
      run("logdash, topic to Lucene and MVStore", "all", "lucene", shared);
      run(
          "logdash, topic to Elasticsearch and MongoDB*",
          "process",
          "elastic",
          shared
              + """
                store: elasticsearch
                elasticsearch: {urls: "%s", compatibility: 8, replicas: 0}
                rollups: mongo
                mongo.url: %s
              """
                  .formatted(elasticsearch.url(), mongo.bindAndGetConnectionString()));
      System.out.println("* an emulator of MongoDB, in the process of the test");
    } finally {
      mongo.shutdownNow();
    }
  }

  private void run(String what, String role, String name, String settings) throws Exception {
    Path file = Files.writeString(folder.resolve(name + ".yaml"), settings);
    try (StackNode node =
        StackNode.start(role, folder.resolve(name), file, "-Xmx512m", "-XX:+UseSerialGC")) {
      while (stored(node) == 0) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      double before = stored(node);
      long began = System.nanoTime();
      Duration processor = processor(node);
      double now = before;
      while (now < LINES) {
        TimeUnit.MILLISECONDS.sleep(50);
        now = stored(node);
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      double used = processor(node).minus(processor).toNanos() / 1e3;
      print(what, (now - before) / seconds, used / (now - before));
    }
  }

  private static Duration processor(StackNode node) {
    return ProcessHandle.of(node.process().pid())
        .orElseThrow()
        .info()
        .totalCpuDuration()
        .orElseThrow();
  }

  private double stored(StackNode node) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(node.address().resolve("metrics"))
            .header("Authorization", "Bearer " + TOKEN)
            .build();
    Matcher matcher = STORED.matcher(client.send(request, BodyHandlers.ofString()).body());
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
  }

  private void raw(KafkaServer kafka) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrap(),
            "group.id",
            "raw",
            "auto.offset.reset",
            "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      int read = 0;
      while (read == 0) {
        read += consumer.poll(Duration.ofMillis(100)).count();
      }
      int first = read;
      long began = System.nanoTime();
      while (read < LINES) {
        read += consumer.poll(Duration.ofMillis(100)).count();
      }
      print("a consumer that does nothing", (read - first) / seconds(began), Double.NaN);
    }
  }

  private void bulk(ElasticsearchServer elasticsearch) throws Exception {
    long began = System.nanoTime();
    for (int i = 0; i < LINES; i += BULK) {
      StringBuilder body = new StringBuilder();
      for (int n = i; n < Math.min(LINES, i + BULK); n++) {
        body.append("{\"index\":{}}\n{\"message\":\"").append(line(n)).append("\"}\n");
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(elasticsearch.url() + "/raw/_bulk"))
              .header("Content-Type", "application/x-ndjson")
              .POST(BodyPublishers.ofString(body.toString()))
              .build();
      client.send(request, BodyHandlers.ofString());
    }
    print("bulk of a message and nothing else, one at a time", LINES / seconds(began), Double.NaN);
  }

  private static void fill(KafkaServer kafka) throws Exception {
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrap());
    try (Admin admin = Admin.create(properties)) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1)))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < LINES; i++) {
        producer.send(new ProducerRecord<>(TOPIC, i % 2, null, line(i).getBytes(UTF_8)));
      }
      producer.flush();
    }
  }

  private static String line(int n) {
    return ("2026-11-28T10:%02d:%02d.%03dZ INFO [http-%d] com.example.shop.OrderService - order %d"
            + " of customer %d shipped in %d ms to 10.1.%d.%d")
        .formatted(
            n / 60_000 % 60,
            n / 1_000 % 60,
            n % 1_000,
            n % 50,
            n,
            n % 977,
            n % 400,
            n % 250,
            n % 9);
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static void print(String what, double rate, double micros) {
    System.out.printf(
        "%-48s %,10.0f %12s%n", what, rate, Double.isNaN(micros) ? "" : "%.1f".formatted(micros));
  }
}
