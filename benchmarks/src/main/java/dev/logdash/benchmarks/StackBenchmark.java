package dev.logdash.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.testing.stack.StackServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How fast one process takes events from a topic into Elasticsearch and into its own folder, beside
 * what bounds it (a consumer that does nothing, bulks of what nobody parsed) and a plain program
 * that does the same with java-grok; each in a process of its own, one after the other.
 */
public final class StackBenchmark {

  private static final String USAGE =
      "usage: run stack [--lines 300000] [--partitions 1,2] [--heap 512m]"
          + " [--ways bulks,consumer,grok,embedded,servers]";
  private static final int BULK = 2_000;
  private static final int PARTS = 3;
  private static final long LOOK_MILLIS = 500;
  private static final long LONGEST_RETENTION_NANOS = TimeUnit.SECONDS.toNanos(90);
  // Each look makes the process print its metrics, which is part of its CPU.
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final List<String> WAYS =
      List.of("bulks", "consumer", "grok", "embedded", "servers");

  private final int lines;
  private final String heap;
  private final List<String> ways;
  private final StackServers servers;
  private final HttpClient client = HttpClient.newHttpClient();

  private StackBenchmark(int lines, String heap, List<String> ways, StackServers servers) {
    this.lines = lines;
    this.heap = heap;
    this.ways = ways;
    this.servers = servers;
  }

  public static void main(String[] arguments) throws Exception {
    int lines = 300_000;
    List<Integer> partitions = List.of(1, 2);
    String heap = "512m";
    List<String> ways = WAYS;
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(USAGE);
      }
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--lines" -> lines = Integer.parseInt(value);
        case "--partitions" ->
            partitions = Arrays.stream(value.split(",")).map(Integer::valueOf).toList();
        case "--heap" -> heap = value;
        case "--ways" -> ways = WAYS.stream().filter(List.of(value.split(","))::contains).toList();
        default -> throw new IllegalArgumentException(USAGE);
      }
    }
    Path folder = Files.createTempDirectory("logdash-stack");
    System.out.println(Machine.describe());
    try (StackServers servers = StackServers.start(folder)) {
      new StackBenchmark(lines, heap, ways, servers).run(partitions);
    } finally {
      Folders.delete(folder);
    }
  }

  private void run(List<Integer> partitions) throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%n%,d lines of %d bytes, -Xmx%s%n%n"
            + "| way | partitions | events/s | CPU us/event | of Elasticsearch"
            + " | the same by thirds |%n|---|---|---|---|---|---|%n",
        lines,
        line(lines).length(),
        heap);
    if (ways.contains("bulks")) {
      bulk();
    }
    for (int count : partitions) {
      String topic = "lines-" + count;
      fill(topic, count);
      if (ways.contains("consumer")) {
        raw(topic, count);
      }
      if (ways.contains("grok")) {
        grok(topic, count);
      }
      if (ways.contains("embedded")) {
        measure(
            "logdash to Lucene and MVStore",
            "all",
            count,
            TopicSettings.embedded(servers, topic + "-own", topic));
      }
      if (ways.contains("servers")) {
        measure(
            "logdash to Elasticsearch and MongoDB*",
            "process",
            count,
            TopicSettings.full(servers, topic + "-full", topic, "memory"));
      }
    }
    if (ways.contains("servers")) {
      System.out.printf(
          Locale.ROOT,
          "%n* an emulator of MongoDB, in the process of the benchmark%n%n"
              + "Elasticsearch keeps %.0f bytes for each event, merged into one segment.%n",
          (double) bytes() / (partitions.size() * (long) lines));
    }
  }

  private void grok(String topic, int partitions) throws Exception {
    Duration server = servers.elasticsearchCpu();
    JvmRun peer =
        JvmRun.of(
            heap,
            servers.folder(),
            GrokPeer.class.getName(),
            List.of(
                servers.kafka().bootstrap(),
                topic,
                servers.elasticsearch().url() + "/grok-" + topic,
                Integer.toString(lines)));
    String[] said = peer.output().strip().split(" ", 2);
    row("java-grok to Elasticsearch", partitions, said[0], said[1], served(server), "");
  }

  private void measure(String way, String role, int partitions, Path settings) throws Exception {
    String name = settings.getFileName().toString().replace(".yaml", "");
    try (StackProcess process =
        StackProcess.start(role, heap, servers.folder().resolve(name), settings)) {
      long stored = process.stored();
      while (stored == 0) {
        LockSupport.parkNanos(LOOK_NANOS);
        stored = process.stored();
      }
      long first = stored;
      long began = System.nanoTime();
      Duration cpu = process.cpu();
      Duration server = servers.elasticsearchCpu();
      StringBuilder parts = new StringBuilder();
      long partStored = stored;
      long partBegan = began;
      Duration partCpu = cpu;
      for (int part = 1; part <= PARTS; part++) {
        long until = first + (lines - first) * part / PARTS;
        while (stored < until) {
          LockSupport.parkNanos(LOOK_NANOS);
          stored = process.stored();
        }
        long now = System.nanoTime();
        Duration used = process.cpu();
        long events = stored - partStored;
        parts
            .append(part == 1 ? "" : ", ")
            .append(
                String.format(
                    Locale.ROOT,
                    "%,.0f at %.0f",
                    events * 1e9 / (now - partBegan),
                    used.minus(partCpu).toNanos() / 1e3 / events));
        partStored = stored;
        partBegan = now;
        partCpu = used;
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      double micros = process.cpu().minus(cpu).toNanos() / 1e3;
      row(
          way,
          partitions,
          Double.toString((stored - first) / seconds),
          Double.toString(micros / (stored - first)),
          role.equals("process") ? served(server) : "",
          parts.toString());
    }
  }

  private void raw(String topic, int partitions) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", servers.kafka().bootstrap(),
                "group.id", "raw",
                "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      int read = 0;
      while (read == 0) {
        read += consumer.poll(Duration.ofMillis(100)).count();
      }
      int first = read;
      long began = System.nanoTime();
      while (read < lines) {
        read += consumer.poll(Duration.ofMillis(100)).count();
      }
      double rate = (read - first) * 1e9 / (System.nanoTime() - began);
      row("a consumer that does nothing", partitions, Double.toString(rate), "", "", "");
    }
  }

  private void bulk() throws IOException, InterruptedException {
    long began = System.nanoTime();
    for (int i = 0; i < lines; i += BULK) {
      StringBuilder body = new StringBuilder();
      for (int n = i; n < Math.min(lines, i + BULK); n++) {
        body.append("{\"index\":{}}\n{\"message\":\"").append(line(n)).append("\"}\n");
      }
      client.send(
          HttpRequest.newBuilder(URI.create(servers.elasticsearch().url() + "/raw/_bulk"))
              .header("Content-Type", "application/x-ndjson")
              .POST(BodyPublishers.ofString(body.toString()))
              .build(),
          BodyHandlers.ofString());
    }
    double rate = lines * 1e9 / (System.nanoTime() - began);
    row("bulks of a message alone, one at a time", 0, Double.toString(rate), "", "", "");
  }

  private void fill(String topic, int partitions) throws Exception {
    servers.topic(topic, partitions);
    Map<String, Object> properties = Map.of("bootstrap.servers", servers.kafka().bootstrap());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < lines; i++) {
        Future<?> unused =
            producer.send(
                new ProducerRecord<>(topic, i % partitions, null, line(i).getBytes(UTF_8)));
      }
      producer.flush();
    }
  }

  /**
   * How much Elasticsearch keeps of what logdash has stored in it, for good: what it keeps besides,
   * for copies that might ask for it, goes with the first merge behind its next look at them; files
   * of former segments are not counted, which it may still hold open.
   */
  private long bytes() throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST_RETENTION_NANOS;
    while (isRetained() && System.nanoTime() - end < 0) {
      Thread.sleep(LOOK_MILLIS);
    }
    elasticsearch("POST", "_flush?force=true", "");
    elasticsearch("POST", "_forcemerge?max_num_segments=1&flush=true", "");
    return JsonMapper.shared()
        .readTree(elasticsearch("GET", "_stats/docs", ""))
        .at("/_all/total/docs/total_size_in_bytes")
        .asLong();
  }

  private boolean isRetained() throws IOException, InterruptedException {
    JsonNode stats = JsonMapper.shared().readTree(elasticsearch("GET", "_stats?level=shards", ""));
    for (JsonNode index : stats.get("indices")) {
      for (JsonNode shard : index.at("/shards/0")) {
        long last = shard.at("/seq_no/global_checkpoint").asLong();
        for (JsonNode lease : shard.at("/retention_leases/leases")) {
          if (lease.get("retaining_seq_no").asLong() <= last) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private String elasticsearch(String method, String what, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(servers.elasticsearch().url() + "/logdash-*/" + what))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("Elasticsearch says " + answer.body());
    }
    return answer.body();
  }

  static String line(int n) {
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

  /** What Elasticsearch has spent on each event since then, in microseconds. */
  private String served(Duration since) {
    return String.format(
        Locale.ROOT, "%.0f", servers.elasticsearchCpu().minus(since).toNanos() / 1e3 / lines);
  }

  private static void row(
      String way, int partitions, String rate, String micros, String served, String parts) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %,.0f | %s | %s | %s |%n",
        way,
        partitions == 0 ? "" : Integer.toString(partitions),
        Double.parseDouble(rate),
        micros.isEmpty() ? "" : String.format(Locale.ROOT, "%.0f", Double.parseDouble(micros)),
        served,
        parts);
  }
}
