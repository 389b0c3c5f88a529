package dev.logdash.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.logdash.testing.elasticsearch.ElasticsearchServer;
import dev.logdash.testing.kafka.KafkaServer;
import dev.logdash.testing.mongo.MongoEmulator;
import dev.logdash.testing.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The servers of a full stack, as empty as they start, and the settings that name them. */
final class StackServers implements AutoCloseable {

  /** The topics of other programs that processors read. */
  static final String FOREIGN_TOPICS = "app-*";

  /** The processors that share the work. */
  static final String GROUP = "logdash";

  private final Path folder;
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final KafkaServer kafka;
  private final ElasticsearchServer elasticsearch;
  private final RedisServer redis;
  private final String mongo;

  private StackServers(Path folder) {
    this.folder = folder;
    for (String client : List.of("org.apache", "org.mongodb", "io.lettuce", "io.netty", "de")) {
      ((Logger) LoggerFactory.getLogger(client)).setLevel(Level.ERROR);
    }
    kafka = KafkaServer.start(folder.resolve("kafka"));
    closing.push(kafka::close);
    elasticsearch = ElasticsearchServer.start(folder.resolve("elasticsearch"));
    closing.push(elasticsearch::close);
    redis = RedisServer.start(folder.resolve("redis"));
    closing.push(redis::close);
    MongoEmulator emulator = MongoEmulator.start();
    mongo = emulator.connection();
    closing.push(emulator::close);
  }

  static StackServers start(Path folder) {
    return new StackServers(folder);
  }

  KafkaServer kafka() {
    return kafka;
  }

  ElasticsearchServer elasticsearch() {
    return elasticsearch;
  }

  RedisServer redis() {
    return redis;
  }

  /**
   * Writes settings in which all of them are used.
   *
   * @param more lines below {@code logdash:}
   */
  Path settings(String name, String... more) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        logdash:
          ingest: kafka
          kafka:
            bootstrap.servers: %s
            topics: %s
            group: %s
            metadata.max.age.ms: 2000
          store: elasticsearch
          elasticsearch:
            urls: %s
            compatibility: 8
            replicas: 0
          rollups: mongo
          mongo.url: %s
          cache: redis
          redis.url: %s
          retention.min-free-disk: 0%%
          ingest.open-loopback: true
          secret-key: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
        """
                .formatted(
                    kafka.bootstrap(),
                    FOREIGN_TOPICS,
                    GROUP,
                    elasticsearch.url(),
                    mongo,
                    redis.uri())
            + String.join("", List.of(more).stream().map(line -> "  " + line + "\n").toList()));
  }

  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}
