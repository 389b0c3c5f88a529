package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.testing.stack.StackServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Numbered lines on the ways into a stack, and how far its processors are behind. */
final class StackTraffic {

  private static final int BATCH = 500;
  private static final Duration SOON = Duration.ofSeconds(120);

  private final HttpClient client = HttpClient.newHttpClient();
  private final StackServers servers;

  StackTraffic(StackServers servers) {
    this.servers = servers;
  }

  /** The messages of one way in. */
  static List<String> messages(String way, int count) {
    return IntStream.range(0, count).mapToObj(n -> message(way, n)).toList();
  }

  private static String message(String way, int number) {
    return "%s %07d".formatted(way, number);
  }

  /** Posts lines from one number to another; every tenth is an error. */
  void post(URI server, int from, int to) throws Exception {
    for (int i = from; i < to; i += BATCH) {
      String body =
          IntStream.range(i, Math.min(to, i + BATCH))
              .mapToObj(
                  n ->
                      "{\"message\":\"%s\",\"level\":\"%s\",\"service.name\":\"shop\"}"
                          .formatted(message("line", n), n % 10 == 0 ? "error" : "info"))
              .collect(Collectors.joining("\n"));
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(server.resolve("api/v1/ingest?source=app.log"))
                  .timeout(SOON)
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != 200 || !answer.body().contains("\"rejected\":[]")) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
    }
  }

  /** What a program that knows nothing of logdash writes to a topic, about an hour late. */
  void foreign(int count) throws Exception {
    String topic = StackSettings.FOREIGN_TOPICS.replace("*", "orders");
    try (Admin admin = admin()) {
      admin
          .createTopics(List.of(new NewTopic(topic, 2, (short) 1)))
          .all()
          .get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
    Instant time = Instant.now().minusSeconds(3_600);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers.kafka().bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        String line = time.plusMillis(i) + " INFO " + message("foreign", i);
        producer.send(new ProducerRecord<>(topic, line.getBytes(UTF_8)));
      }
      producer.flush();
    }
  }

  /** How many records of the topics the group has not acknowledged. */
  long lag() throws Exception {
    try (Admin admin = admin()) {
      Map<TopicPartition, OffsetAndMetadata> group =
          admin
              .listConsumerGroupOffsets(StackSettings.GROUP)
              .partitionsToOffsetAndMetadata()
              .get(SOON.toSeconds(), TimeUnit.SECONDS);
      Map<TopicPartition, ListOffsetsResultInfo> ends =
          admin
              .listOffsets(
                  group.keySet().stream()
                      .collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())))
              .all()
              .get(SOON.toSeconds(), TimeUnit.SECONDS);
      long lag = 0;
      for (Entry<TopicPartition, OffsetAndMetadata> each : group.entrySet()) {
        lag += ends.get(each.getKey()).offset() - each.getValue().offset();
      }
      return lag;
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrap()));
  }
}
