package dev.logdash.server;

import dev.logdash.testing.stack.StackServers;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Disturbs a stack until it is closed: a member that does no work joins the group of the processors
 * and leaves it, Elasticsearch refuses every write for a second, Redis forgets everything.
 */
final class StackStorm implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final Duration REFUSED = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final StackServers servers;
  private final String topic;
  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger joins = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger floods = new AtomicInteger();

  private StackStorm(StackServers servers, String topic) {
    this.servers = servers;
    this.topic = topic;
  }

  /**
   * Begins.
   *
   * @param topic what the processors read besides the topics of other programs
   */
  static StackStorm over(StackServers servers, String topic) {
    StackStorm storm = new StackStorm(servers, topic);
    storm.start("joins", storm::join);
    storm.start("refusals", storm::refuse);
    storm.start("floods", storm::forget);
    return storm;
  }

  /** How often a member came and went. */
  int joins() {
    return joins.get();
  }

  /** How often all writes were refused for a while. */
  int refusals() {
    return refusals.get();
  }

  /** How often Redis has forgotten everything. */
  int floods() {
    return floods.get();
  }

  /** Ends it, and waits until nothing is disturbed any more. Idempotent. */
  @Override
  public void close() {
    over.countDown();
    try {
      for (Thread thread : threads) {
        thread.join(PATIENCE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void join() {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            servers.kafka().bootstrap(),
            "group.id",
            StackSettings.GROUP,
            "enable.auto.commit",
            false,
            "auto.offset.reset",
            "earliest",
            "max.poll.records",
            1,
            "partition.assignment.strategy",
            CooperativeStickyAssignor.class.getName());
    try (KafkaConsumer<byte[], byte[]> member =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      String foreign = StackSettings.FOREIGN_TOPICS.replace("*", ".*");
      member.subscribe(Pattern.compile(Pattern.quote(topic) + "|" + foreign));
      long end = System.nanoTime() + PERIOD.toNanos();
      long patience = System.nanoTime() + PATIENCE.toNanos();
      // A group whose members are held up or away takes longer than a period to let another in.
      while (over.getCount() > 0
          && System.nanoTime() < (member.assignment().isEmpty() ? patience : end)) {
        member.poll(Duration.ofMillis(100));
      }
      if (!member.assignment().isEmpty()) {
        joins.incrementAndGet();
      }
    }
  }

  private void refuse() throws Exception {
    // As a server does whose disk is nearly full: 429 for every event.
    block(true);
    try {
      over.await(REFUSED.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      block(false);
    }
    refusals.incrementAndGet();
  }

  private void block(boolean value) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(servers.elasticsearch().url() + "/logdash-*/_settings"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofString(
                    "{\"index.blocks.read_only_allow_delete\":" + (value ? "true" : "null") + "}"))
            .build();
    int status = client.send(request, BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("Elasticsearch answers " + status);
    }
  }

  private void forget() throws IOException {
    URI address = URI.create(servers.redis().uri());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
      if (socket.getInputStream().read() == '+') {
        floods.incrementAndGet();
      }
    }
  }

  private interface Fault {
    void strike() throws Exception;
  }

  private void start(String name, Fault fault) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (!over.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                  try {
                    fault.strike();
                  } catch (IOException | RuntimeException e) {
                    // The server is away itself: the next time.
                  }
                }
              } catch (Exception e) {
                throw new IllegalStateException(name, e);
              }
            },
            "storm-" + name);
    threads.add(thread);
    thread.start();
  }
}
