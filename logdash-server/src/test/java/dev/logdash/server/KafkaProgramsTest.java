package dev.logdash.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Page;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.dashboard.Stores;
import dev.logdash.testing.stack.StackServers;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that others wrote send to a topic of the full stack, and a process of logdash stores it
 * from there. Where a program is not installed its test is left out.
 */
@Timeout(300)
class KafkaProgramsTest {

  private static final String STORED = "logdash_elasticsearch_events_total{result=\"stored\"}";
  private static final String LAG = "logdash_topic_lag";
  private static final String TOPIC = StackSettings.FOREIGN_TOPICS.replace("*", "others");
  private static final String TOKEN = "a-token-for-metrics";
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final int MANY = 1_000;
  private static final int HUGE = 3_000_000;
  private static final int LARGEST_RECORD = 8_000_000;

  @TempDir private Path folder;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private RealPrograms programs;
  private StackServers servers;
  private StackNode node;
  private Stores stores;

  @BeforeEach
  void start() {
    programs = new RealPrograms(folder);
  }

  /** Not for a test that is left out. */
  private void startServers() throws Exception {
    servers = open(StackSettings.start(folder));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrap()))) {
      NewTopic topic = new NewTopic(TOPIC, 3, (short) 1);
      topic.configs(Map.of("max.message.bytes", Integer.toString(LARGEST_RECORD)));
      admin.createTopics(List.of(topic)).all().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
    Path settings = StackSettings.write(servers, "full-stack", "metrics.token: " + TOKEN);
    stores =
        open(Stores.open(LogdashConfig.of(List.of(YamlSource.read(settings))), Clock.systemUTC()));
    node = open(StackNode.start("process", folder.resolve("process"), settings));
  }

  @AfterEach
  void stop() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @Test
  void takesWhatKcatWrites() throws Exception {
    assumeTrue(Files.isExecutable(RealPrograms.KCAT), "kcat is not installed");
    startServers();
    String huge = "huge " + "word ".repeat(HUGE / 5);
    kcat("-l", file("lines", bytes("2026-11-28T10:00:00Z ERROR plain 1\nplain 2\n")));
    kcat(
        "-l",
        file(
            "json",
            bytes(
                "{\"@timestamp\":\"2026-11-28T10:00:01Z\",\"log.level\":\"warn\","
                    + "\"service.name\":\"shop\",\"host.hostname\":\"web-1\","
                    + "\"message\":\"json \u65e5\"}\n")));
    kcat(
        "-k",
        "web-7:/var/log/keyed.log",
        "-H",
        "logdash.service=checkout",
        "-H",
        "traceparent=of no concern",
        file("keyed", bytes("FATAL with key and headers")));
    kcat("-X", "message.max.bytes=" + LARGEST_RECORD, file("huge", bytes(huge)));
    kcat(file("broken", "INFO caf\u00e9 \u00ff end".getBytes(ISO_8859_1)));

    List<LogEvent> events = stored(6);

    assertThat(events)
        .filteredOn(event -> !event.message().startsWith("huge"))
        .extracting(KafkaProgramsTest::shown)
        .containsExactlyInAnyOrder(
            " error null plain 1",
            "  null plain 2",
            "shop warn web-1 json \u65e5",
            "checkout fatal null FATAL with key and headers",
            " info null INFO caf\ufffd \ufffd end");
    assertThat(one(events, "FATAL with key").source()).isEqualTo("web-7:/var/log/keyed.log");
    assertThat(one(events, "huge").message()).isEqualTo(huge.strip());
    assertThat(metric("logdash_kafka_source_foreign_total")).isEqualTo(6);
    assertThat(metric(STORED)).isEqualTo(6);
    assertThat(metric("logdash_kafka_source_records_total")).isEqualTo(6);
    assertThat(metric("logdash_kafka_source_lag")).isZero();
    assertThat(metric("logdash_elasticsearch_bulks_total")).isPositive();
    assertThat(metric("logdash_mongo_calls_total")).isPositive();
    assertThat(metric("logdash_mongo_failures_total")).isZero();
    assertThat(metric("logdash_dead_letters_total")).isZero();
  }

  @Test
  void takesWhatRsyslogWrites() throws Exception {
    assumeTrue(RealPrograms.haveRsyslogOutput("omkafka"), "no rsyslog for Kafka here");
    startServers();
    Process rsyslog =
        programs.rsyslog(
            """
            global(localHostname="web-2")
            module(load="omkafka")
            template(name="document" type="list" option.jsonf="on") {
              property(outname="@timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
              property(outname="host.hostname" name="hostname" format="jsonf")
              property(outname="service.name" name="programname" format="jsonf")
              property(outname="log.level" name="syslogseverity-text" format="jsonf")
              property(outname="message" name="msg" format="jsonf")
            }
            if $programname == 'documents' then
              action(type="omkafka" broker="%1$s" topic="%2$s" key="a-key" template="document")
            else
              action(type="omkafka" broker="%1$s" topic="%2$s"
                template="RSYSLOG_SyslogProtocol23Format" confParam=["compression.codec=lz4"])
            """
                .formatted(servers.kafka().bootstrap(), TOPIC));
    List<LogEvent> events;
    try {
      programs.local("documents", "-p", "user.err", "a document");
      programs.local("syslog", "-p", "user.warning", "with \u00e4 and \u65e5");
      Path many = folder.resolve("many");
      Files.write(many, IntStream.range(0, MANY).mapToObj(i -> "number " + i).toList());
      programs.local("counted", "-f", many.toString());
      events = stored(2 + MANY);
    } finally {
      RealPrograms.end(rsyslog);
    }

    assertThat(events)
        .extracting(KafkaProgramsTest::shown)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of(
                        "documents error web-2  a document",
                        "syslog warn web-2 with \u00e4 and \u65e5"),
                    IntStream.range(0, MANY).mapToObj(i -> "counted info web-2 number " + i))
                .toList());
    assertThat(one(events, " a document").source()).isEqualTo("a-key");
    assertThat(metric("logdash_kafka_source_foreign_total")).isEqualTo(2 + MANY);
    assertThat(metric(STORED)).isEqualTo(2 + MANY);
  }

  private void kcat(String... arguments) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("-P", "-b", servers.kafka().bootstrap(), "-t", TOPIC));
    all.addAll(List.of(arguments));
    programs.run(RealPrograms.KCAT, all);
  }

  private String file(String name, byte[] content) throws Exception {
    return Files.write(folder.resolve(name), content).toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** All events, once the topic is done and so many can be found. */
  private List<LogEvent> stored(int count) throws Exception {
    long end = System.nanoTime() + SOON.toNanos();
    // A search may fail while the index of the day is being made.
    while (System.nanoTime() < end && (metric(STORED) < count || metric(LAG) > 0)) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    List<LogEvent> found = all();
    while (System.nanoTime() < end && found.size() < count) {
      TimeUnit.MILLISECONDS.sleep(100);
      found = all();
    }
    assertThat(found).as(programs.said() + node.process().output()).hasSize(count);
    return found;
  }

  private List<LogEvent> all() {
    List<LogEvent> found = new ArrayList<>();
    Page page;
    do {
      LogQuery.Builder next = LogQuery.builder().limit(LogQuery.MAX_LIMIT);
      if (!found.isEmpty()) {
        next.after(found.get(found.size() - 1).orderKey());
      }
      page = Objects.requireNonNull(stores.search().search(next.build()).block(SOON));
      found.addAll(page.events());
    } while (page.more());
    return found;
  }

  private static String shown(LogEvent event) {
    return event.service()
        + ' '
        + event.severity().className()
        + ' '
        + event.attributes().get("host.hostname")
        + ' '
        + event.message();
  }

  private static LogEvent one(List<LogEvent> events, String beginning) {
    List<LogEvent> found =
        events.stream().filter(event -> event.message().startsWith(beginning)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private double metric(String name) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(node.address().resolve("metrics"))
            .header("Authorization", "Bearer " + TOKEN)
            .build();
    String said = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    Matcher line = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(said);
    assertThat(line.find()).as(said).isTrue();
    return Double.parseDouble(line.group(1));
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.push(resource);
    return resource;
  }
}
