package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.OrderKey;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Page;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.rollup.RollupDefinitions;
import dev.logdash.dashboard.Stores;
import dev.logdash.testing.elasticsearch.ElasticsearchServer;
import dev.logdash.testing.kafka.KafkaServer;
import dev.logdash.testing.redis.RedisServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Processes of every role over Kafka, Elasticsearch, a MongoDB emulator and Redis: what comes in by
 * HTTP and what another program writes to a topic is found once and counted once, whatever dies,
 * stands still or goes away meanwhile.
 */
@Timeout(400)
class FullStackTest {

  private static final int LINES = Integer.getInteger("logdash.test.full-stack.lines", 20_000);
  private static final int FOREIGN = LINES / 10;
  private static final int BATCH = 500;
  private static final Duration SOON = Duration.ofSeconds(120);
  // Longer than a consumer may be silent.
  private static final long STANDSTILL_SECONDS = 12;

  @TempDir private Path folder;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private KafkaServer kafka;
  private ElasticsearchServer elasticsearch;
  private RedisServer redis;
  private Path settings;

  @BeforeEach
  void quiet() {
    for (String client : List.of("org.apache", "org.mongodb", "io.lettuce", "io.netty", "de")) {
      ((Logger) LoggerFactory.getLogger(client)).setLevel(Level.ERROR);
    }
  }

  @BeforeEach
  void start() throws Exception {
    kafka = open(KafkaServer.start(folder.resolve("kafka")));
    elasticsearch = open(ElasticsearchServer.start(folder.resolve("elasticsearch")));
    redis = open(RedisServer.start(folder.resolve("redis")));
    MongoServer mongo = new MongoServer(new MemoryBackend());
    String mongoUrl = mongo.bindAndGetConnectionString();
    opened.push(mongo::shutdownNow);
    settings =
        Files.writeString(
            folder.resolve("full-stack.yaml"),
            """
            logdash:
              ingest: kafka
              kafka:
                bootstrap.servers: %s
                topics: app-*
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
                .formatted(kafka.bootstrap(), elasticsearch.url(), mongoUrl, redis.uri()));
  }

  @AfterEach
  void stop() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @Test
  void findsAndCountsEachLineOnceWhateverFails() throws Exception {
    StackNode ingest = node("ingest", "ingest");
    StackNode first = node("process", "first");
    StackNode second = node("process", "second");
    StackNode dashboard = node("dashboard", "dashboard");

    int sent = send(ingest, 0, LINES / 4);
    foreign();
    first.process().kill();
    sent = send(ingest, sent, LINES / 2);
    second.process().pause();
    elasticsearch.kill();
    sent = send(ingest, sent, 3 * LINES / 4);
    first = node("process", "first");
    TimeUnit.SECONDS.sleep(STANDSTILL_SECONDS);
    elasticsearch.restart();
    second.process().resume();
    kafka.kill();
    redis.process().kill();
    sent = send(ingest, sent, LINES);
    kafka.restart();
    redis.restart();
    assertThat(sent).isEqualTo(LINES);

    try (Stores stores = Stores.open(config(), Clock.systemUTC())) {
      long end = System.nanoTime() + SOON.toNanos();
      while (System.nanoTime() < end && counted(stores) < LINES + FOREIGN) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
      // A second in which what was wrongly repeated would show.
      TimeUnit.SECONDS.sleep(2);

      List<String> messages = messages(stores);
      assertThat(new TreeSet<>(messages)).as(said()).isEqualTo(expected());
      assertThat(messages).as(said()).hasSize(LINES + FOREIGN);
      assertThat(counted(stores)).as(said()).isEqualTo(LINES + FOREIGN);
    }
    for (StackNode node : List.of(ingest, first, second, dashboard)) {
      node.awaitHealthy();
    }
    assertThat(dashboard.process().output()).contains("Make the first administrator");
    assertThat(ingest.get("explore").statusCode()).isEqualTo(404);
    assertThat(dashboard.get("explore").statusCode()).isEqualTo(200);
  }

  /** Posts lines from one number to another, however often it has to. */
  private int send(StackNode ingest, int from, int to) throws Exception {
    for (int i = from; i < to; i += BATCH) {
      String body =
          IntStream.range(i, Math.min(to, i + BATCH))
              .mapToObj(
                  n ->
                      "{\"message\":\"line %06d\",\"level\":\"info\",\"service.name\":\"shop\"}"
                          .formatted(n))
              .collect(Collectors.joining("\n"));
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(ingest.address().resolve("api/v1/ingest?source=app.log"))
                  .timeout(SOON)
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
    return to;
  }

  /** What a program that knows nothing of logdash writes. */
  private void foreign() throws Exception {
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrap());
    try (Admin admin = Admin.create(properties)) {
      admin
          .createTopics(List.of(new NewTopic("app-orders", 2, (short) 1)))
          .all()
          .get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < FOREIGN; i++) {
        String line = "2026-11-28T10:00:00Z INFO foreign %06d".formatted(i);
        producer.send(new ProducerRecord<>("app-orders", line.getBytes(UTF_8)));
      }
      producer.flush();
    }
  }

  private static Set<String> expected() {
    Set<String> expected = new TreeSet<>();
    IntStream.range(0, LINES).forEach(n -> expected.add("line %06d".formatted(n)));
    IntStream.range(0, FOREIGN).forEach(n -> expected.add("foreign %06d".formatted(n)));
    return expected;
  }

  private static List<String> messages(Stores stores) {
    List<String> messages = new ArrayList<>();
    OrderKey after = null;
    boolean more = true;
    while (more) {
      Page page = stores.search().search(query(after)).block(SOON);
      page.events().forEach(event -> messages.add(event.message()));
      more = page.more();
      List<LogEvent> events = page.events();
      after = events.isEmpty() ? null : events.get(events.size() - 1).orderKey();
    }
    return messages;
  }

  private static LogQuery query(@Nullable OrderKey after) {
    return LogQuery.builder().limit(1_000).after(after).build();
  }

  private static long counted(Stores stores) {
    return stores
        .rollups()
        .read(new RollupQuery(RollupDefinitions.EVENTS, 86_400, 0, Integer.MAX_VALUE))
        .reduce(0L, (sum, cell) -> sum + cell.count())
        .onErrorReturn(0L)
        .block(SOON);
  }

  private LogdashConfig config() {
    return LogdashConfig.of(List.of(YamlSource.read(settings)));
  }

  private StackNode node(String role, String name) {
    return open(StackNode.start(role, folder.resolve(name), settings));
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.push(resource);
    return resource;
  }

  private String said() {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("ingest", "first", "second", "dashboard")) {
      Path output = folder.resolve(name).resolve(name + ".out");
      try {
        String text = Files.exists(output) ? Files.readString(output) : "";
        all.append(name)
            .append(":\n")
            .append(text, Math.max(0, text.length() - 3_000), text.length());
      } catch (IOException e) {
        all.append(name).append(": ").append(e);
      }
    }
    return all.toString();
  }
}
