package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.config.LogdashConfig;
import dev.logdash.dashboard.Stores;
import dev.logdash.testing.ServerProcess;
import dev.logdash.testing.stack.StackServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes of every role over Kafka, Elasticsearch, a MongoDB emulator and Redis: what comes in by
 * HTTP, what a service logs, and what another program writes to a topic is found once, in order,
 * and counted once, whatever dies, stands still, refuses or goes away meanwhile.
 */
@Timeout(3_600)
class FullStackTest {

  private static final boolean DEEP = Boolean.getBoolean("logdash.test.deep");
  private static final int EVENTS =
      Integer.getInteger("logdash.test.full-stack.events", DEEP ? 1_000_000 : 24_000);
  // "consumer" lets the broker assign the partitions.
  private static final String PROTOCOL =
      System.getProperty("logdash.test.full-stack.protocol", "classic");
  private static final int ROUNDS = DEEP ? 6 : 1;
  private static final int FOREIGN = EVENTS / 10;
  private static final int LOGGED = EVENTS / 10;
  private static final int POSTED = EVENTS - FOREIGN - LOGGED;
  private static final String TOPIC = "logdash";
  // With more than a second for a thousand events, as two processors need under faults.
  private static final Duration SOON = Duration.ofSeconds(120 + EVENTS / 500);
  // Longer than a consumer may be silent.
  private static final long STANDSTILL_SECONDS = 12;

  @TempDir private Path folder;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private StackServers servers;
  private StackTraffic traffic;
  private Path settings;

  @BeforeEach
  void start() throws Exception {
    servers = open(StackSettings.start(folder));
    traffic = new StackTraffic(servers);
    settings =
        StackSettings.write(
            servers, "full-stack", "spool.max-bytes: 4GB", "kafka.group.protocol: " + PROTOCOL);
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
    List<StackNode> processors = new ArrayList<>();
    for (String name : List.of("first", "second", "third")) {
      processors.add(node("process", name));
    }
    StackNode dashboard = node("dashboard", "dashboard");

    try (Stores stores = Stores.open(config(), Clock.systemUTC())) {
      StackStorm storm = open(StackStorm.over(servers, TOPIC));
      ServerProcess service = service();
      traffic.foreign(FOREIGN);
      for (int round = 0; round < ROUNDS; round++) {
        int from = (int) ((long) POSTED * round / ROUNDS);
        int to = (int) ((long) POSTED * (round + 1) / ROUNDS);
        disturb(storm, ingest, processors, from, to);
        until(stores, to / 2);
      }
      assertThat(storm.joins()).isPositive();
      assertThat(storm.refusals()).isPositive();
      assertThat(storm.floods()).isPositive();
      storm.close();

      until(stores, EVENTS);
      assertThat(service.output()).contains("logged").contains("dropped=0");
      long end = System.nanoTime() + SOON.toNanos();
      while (traffic.lag() > 0 && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
      assertThat(traffic.lag()).as(said()).isZero();
      StackRecount all = StackRecount.of(stores);
      assertThat(all.doubled()).as(said()).isEmpty();
      assertThat(new TreeSet<>(all.of("foreign")))
          .as(said())
          .containsExactlyElementsOf(StackTraffic.messages("foreign", FOREIGN));
      // In the order in which they were written.
      assertThat(all.of("line").equals(StackTraffic.messages("line", POSTED))).as(said()).isTrue();
      assertThat(all.of("appender").equals(StackTraffic.messages("appender", LOGGED)))
          .as(said())
          .isTrue();
      assertThat(all.messages()).hasSize(EVENTS);
      assertThat(all.counted()).isEqualTo(all.recounted());
    }
    ingest.awaitHealthy();
    dashboard.awaitHealthy();
    for (StackNode processor : processors) {
      processor.awaitHealthy();
    }
    assertThat(dashboard.process().output()).contains("Make the first administrator");
    assertThat(ingest.get("explore").statusCode()).isEqualTo(404);
    assertThat(dashboard.get("explore").statusCode()).isEqualTo(200);
  }

  /** Posts lines from one number to another, and lets everything fail once meanwhile. */
  private void disturb(
      StackStorm storm, StackNode ingest, List<StackNode> processors, int from, int to)
      throws Exception {
    int step = (to - from) / 5;
    traffic.post(ingest.address(), from, from + step);
    StackNode first = processors.get(0);
    first.process().kill();
    traffic.post(ingest.address(), from + step, from + 2 * step);
    processors.get(1).process().pause();
    servers.elasticsearch().kill();
    traffic.post(ingest.address(), from + 2 * step, from + 3 * step);
    processors.set(0, node("process", "first"));
    TimeUnit.SECONDS.sleep(STANDSTILL_SECONDS);
    servers.elasticsearch().restart();
    processors.get(1).process().resume();
    servers.kafka().kill();
    servers.redis().process().kill();
    traffic.post(ingest.address(), from + 3 * step, from + 4 * step);
    servers.kafka().restart();
    servers.redis().restart();
    int refusals = storm.refusals();
    int joins = storm.joins();
    traffic.post(ingest.address(), from + 4 * step, to);
    // A fast machine has stored everything between two strikes of the storm.
    long end = System.nanoTime() + SOON.toNanos();
    while (System.nanoTime() < end && (storm.refusals() == refusals || storm.joins() == joins)) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Waits until the statistics know so many events. */
  private static void until(Stores stores, long events) throws Exception {
    long end = System.nanoTime() + SOON.toNanos();
    while (System.nanoTime() < end && StackRecount.total(stores) < events) {
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private ServerProcess service() {
    Path data = folder.resolve("service");
    return open(
        ServerProcess.start(
            "service",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LoggingService.class.getName(),
                settings.toString(),
                data.resolve("data").toString(),
                Integer.toString(LOGGED)),
            data,
            () -> true,
            SOON));
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
    for (String name : List.of("ingest", "first", "second", "third", "dashboard", "service")) {
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
