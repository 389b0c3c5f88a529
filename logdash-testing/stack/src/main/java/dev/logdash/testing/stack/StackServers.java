package dev.logdash.testing.stack;

import dev.logdash.testing.elasticsearch.ElasticsearchServer;
import dev.logdash.testing.kafka.KafkaServer;
import dev.logdash.testing.mongo.MongoEmulator;
import dev.logdash.testing.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The servers of a full stack on this machine, as empty as they start. */
public final class StackServers implements AutoCloseable {

  private final Path folder;
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final KafkaServer kafka;
  private final ElasticsearchServer elasticsearch;
  private final RedisServer redis;
  private final MongoEmulator mongo;

  private StackServers(Path folder) {
    this.folder = folder;
    try {
      kafka = KafkaServer.start(folder.resolve("kafka"));
      closing.push(kafka::close);
      elasticsearch = ElasticsearchServer.start(folder.resolve("elasticsearch"));
      closing.push(elasticsearch::close);
      redis = RedisServer.start(folder.resolve("redis"));
      closing.push(redis::close);
      mongo = MongoEmulator.start();
      closing.push(mongo::close);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts them with what they keep in a folder. */
  public static StackServers start(Path folder) {
    return new StackServers(folder);
  }

  public Path folder() {
    return folder;
  }

  public KafkaServer kafka() {
    return kafka;
  }

  public ElasticsearchServer elasticsearch() {
    return elasticsearch;
  }

  public RedisServer redis() {
    return redis;
  }

  /** Makes a topic. */
  public void topic(String name, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      admin
          .createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
          .all()
          .get(1, TimeUnit.MINUTES);
    }
  }

  /** The processor time of Elasticsearch so far. */
  public Duration elasticsearchCpu() {
    return ProcessHandle.of(elasticsearch.pid())
        .orElseThrow()
        .info()
        .totalCpuDuration()
        .orElseThrow();
  }

  /**
   * Writes settings of a process that brings logs to the topic and takes them from there.
   *
   * @param more lines below {@code logdash:}
   */
  public Path settings(String name, List<String> more) {
    StringBuilder text = new StringBuilder("logdash:\n");
    List<String> lines =
        List.of(
            "ingest: kafka",
            "kafka.bootstrap.servers: " + kafka.bootstrap(),
            "retention.min-free-disk: 0%");
    lines.forEach(line -> text.append("  ").append(line).append('\n'));
    more.forEach(line -> text.append("  ").append(line).append('\n'));
    try {
      return Files.writeString(folder.resolve(name + ".yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Lines of settings with which a process keeps everything in the servers.
   *
   * @param database of MongoDB
   * @param cache {@code redis} or {@code memory}
   */
  public List<String> stores(String database, String cache) {
    return List.of(
        "store: elasticsearch",
        "elasticsearch.urls: " + elasticsearch.url(),
        "elasticsearch.compatibility: 8",
        "elasticsearch.replicas: 0",
        "rollups: mongo",
        "mongo.url: " + mongo.connection(),
        "mongo.database: " + database,
        "cache: " + cache,
        "redis.url: " + redis.uri(),
        "secret-key: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  }

  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}
