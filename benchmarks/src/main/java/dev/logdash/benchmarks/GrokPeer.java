package dev.logdash.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.krakens.grok.api.Grok;
import io.krakens.grok.api.GrokCompiler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a service team writes itself: reads a topic, parses each line with java-grok, writes bulks
 * to Elasticsearch, and commits behind each. Counts nothing, knows no duplicates, keeps no order
 * beyond the bulk.
 */
final class GrokPeer {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final byte[] ACTION = "{\"create\":{}}\n".getBytes(UTF_8);
  private static final String PATTERN =
      "%{TIMESTAMP_ISO8601:timestamp} %{LOGLEVEL:level} \\[%{DATA:thread}\\] %{DATA:logger} -"
          + " %{GREEDYDATA:message}";

  private GrokPeer() {}

  /** Takes the brokers, the topic, the address of the index and the number of lines. */
  public static void main(String[] arguments) throws Exception {
    int lines = Integer.parseInt(arguments[3]);
    URI bulk = URI.create(arguments[2] + "/_bulk");
    GrokCompiler compiler = GrokCompiler.newInstance();
    compiler.registerDefaultPatterns();
    Grok grok = compiler.compile(PATTERN);
    HttpClient client = HttpClient.newHttpClient();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                arguments[0],
                "group.id",
                "grok-" + arguments[1],
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "max.poll.records",
                1_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(arguments[1]));
      int stored = take(consumer, grok, client, bulk);
      while (stored == 0) {
        stored = take(consumer, grok, client, bulk);
      }
      int first = stored;
      long began = System.nanoTime();
      Duration before = cpu();
      while (stored < lines) {
        stored += take(consumer, grok, client, bulk);
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      double micros = cpu().minus(before).toNanos() / 1e3;
      int measured = stored - first;
      System.out.printf(Locale.ROOT, "%.1f %.2f%n", measured / seconds, micros / measured);
    }
  }

  private static int take(
      KafkaConsumer<byte[], byte[]> consumer, Grok grok, HttpClient client, URI bulk)
      throws IOException, InterruptedException {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
    if (records.isEmpty()) {
      return 0;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (ConsumerRecord<byte[], byte[]> each : records) {
      Map<String, Object> fields = grok.match(new String(each.value(), UTF_8)).capture();
      if (fields.isEmpty()) {
        throw new IOException("not parsed: " + new String(each.value(), UTF_8));
      }
      body.write(ACTION);
      body.write(JSON.writeValueAsBytes(fields));
      body.write('\n');
    }
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(bulk)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200 || answer.body().startsWith("{\"errors\":true")) {
      throw new IOException(answer.body().substring(0, Math.min(500, answer.body().length())));
    }
    consumer.commitSync();
    return records.count();
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }
}
