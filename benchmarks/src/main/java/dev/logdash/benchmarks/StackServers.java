package dev.logdash.benchmarks;

import dev.logdash.testing.elasticsearch.ElasticsearchServer;
import dev.logdash.testing.kafka.KafkaServer;
import dev.logdash.testing.mongo.MongoEmulator;
import dev.logdash.testing.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The servers of a full stack on this machine, and the settings that name them. */
record StackServers(
    Path folder,
    KafkaServer kafka,
    ElasticsearchServer elasticsearch,
    RedisServer redis,
    MongoEmulator mongo)
    implements AutoCloseable {

  /** Lets the benchmarks read the metrics of a process. */
  static final String TOKEN = "a-token-for-metrics";

  static StackServers start(Path folder) {
    return new StackServers(
        folder,
        KafkaServer.start(folder.resolve("kafka")),
        ElasticsearchServer.start(folder.resolve("elasticsearch")),
        RedisServer.start(folder.resolve("redis")),
        MongoEmulator.start());
  }

  /** Makes a topic. */
  void topic(String name, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      admin
          .createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
          .all()
          .get(1, TimeUnit.MINUTES);
    }
  }

  /** The processor time of Elasticsearch so far. */
  Duration elasticsearchCpu() {
    return ProcessHandle.of(elasticsearch.pid())
        .orElseThrow()
        .info()
        .totalCpuDuration()
        .orElseThrow();
  }

  /** Settings of a process that keeps what it reads from a topic in its own folder. */
  Path embedded(String name, String topic) throws IOException {
    return write(name, topic, "");
  }

  /**
   * Settings of a process that keeps what it reads from a topic in the servers.
   *
   * @param cache {@code redis} or {@code memory}
   */
  Path full(String name, String topic, String cache) throws IOException {
    return write(
        name,
        topic,
        """
          store: elasticsearch
          elasticsearch: {urls: "%s", compatibility: 8, replicas: 0}
          rollups: mongo
          mongo: {url: "%s", database: %s}
          cache: %s
          redis.url: %s
          secret-key: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
        """
            .formatted(elasticsearch.url(), mongo.connection(), topic, cache, redis.uri()));
  }

  private Path write(String name, String topic, String more) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        logdash:
          ingest: kafka
          kafka: {bootstrap.servers: "%s", topic: %s, group: %s}
          retention.min-free-disk: 0%%
          metrics.token: %s
        """
                .formatted(kafka.bootstrap(), topic, name, TOKEN)
            + more);
  }

  @Override
  public void close() {
    mongo.close();
    redis.close();
    elasticsearch.close();
    kafka.close();
  }
}
