package dev.logdash.dashboard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.Headers;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.Submission;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.auth.Actor;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.ingest.LineSplitter;
import dev.logdash.core.ingest.RecordReader;
import dev.logdash.core.parse.HeaderLine;
import dev.logdash.core.ship.Shipping;
import dev.logdash.core.spool.DiskFiles;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolConfig;
import dev.logdash.embedded.EmbeddedLogdash;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A service that sends its logs to a server: what arrives, whatever goes wrong on the way. */
@Timeout(120)
class ShippingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Host host;
  private String key;

  @BeforeEach
  void start() throws Exception {
    host = new Host(folder.resolve("server"));
    Principal principal =
        new Principal("ada", Set.of(), Map.of(Permission.API_KEYS, Filter.ALL), Set.of("default"));
    key =
        host.access()
            .apiKeys()
            .create(new Actor(principal, "127.0.0.1"), "shop", "shop")
            .block(PATIENCE)
            .token();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void bringsEveryRecordAsItIsUnderTheIdItHasHere() throws Exception {
    byte[] noText = "caf\u00e9 \u0001\u0002\u0003\u0004\u0005\u0006".getBytes(ISO_8859_1);
    try (Shipping remote = remote(host.mount().toString(), key)) {
      append(
          remote,
          Submission.of("plain \"words\"", "a.log").withHeaders(Map.of(Headers.SERVICE, "cart")),
          Submission.of(noText, "b.log"),
          Submission.of("own id", "b.log").withHeaders(Map.of(Headers.EVENT_ID, "mine")));
      remote.drain().block(PATIENCE);

      assertThat(remote.statistics().shipped()).isEqualTo(3);
      assertThat(remote.spool().statistics().oldestUnacknowledgedNanos()).isEqualTo(-1);
      remote.check().block(PATIENCE);
    }

    List<LogEvent> events = events();
    assertThat(events)
        .extracting(LogEvent::message)
        .containsExactlyInAnyOrder(
            "plain \"words\"", "caf\uFFFD \u0001\u0002\u0003\u0004\u0005\u0006", "own id");
    assertThat(events).extracting(LogEvent::dataset).containsOnly("shop");
    LogEvent words = find(events, "plain \"words\"");
    assertThat(words.service()).isEqualTo("cart");
    assertThat(words.source()).isEqualTo("a.log");
    assertThat(words.id()).hasSize(36);
    // The id tells the time and the producer of the spool that it came from, not of this one.
    assertThat(words.id())
        .isNotEqualTo(new Origin(words.producer(), 0, words.seq()).eventId(words.observedNanos()));
    assertThat(find(events, "own id").id()).isEqualTo("mine");
  }

  @Test
  void bringsTheHeaderOfAFileHoweverManyColumnsItHas() throws Exception {
    String zeek =
        "#path\thttp\n"
            + "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\ttrans_depth\tmethod"
            + "\thost\turi\treferrer\tversion\tuser_agent\torigin\trequest_body_len"
            + "\tresponse_body_len\tstatus_code\tstatus_msg\tinfo_code\tinfo_msg\ttags\tusername"
            + "\tpassword\tproxied\torig_fuids\torig_filenames\torig_mime_types\tresp_fuids"
            + "\tresp_filenames\tresp_mime_types\n"
            + "#types\ttime\tstring\taddr\tport\taddr\tport\tcount\tstring\tstring\tstring\tstring"
            + "\tstring\tstring\tstring\tcount\tcount\tcount\tstring\tcount\tstring\tset[enum]"
            + "\tstring\tstring\tset[string]\tvector[string]\tvector[string]\tvector[string]"
            + "\tvector[string]\tvector[string]\tvector[string]\n"
            + "1714557600.5\tCx1\t192.0.2.7\t40000\t192.0.2.8\t80\t1\tGET\tshop.example\t/cart\t-"
            + "\t1.1\tcurl\t-\t0\t12\t503\tUnavailable\t-\t-\t(empty)\t-\t-\t-\t-\t-\t-\t-\t-\t-\n";
    StringBuilder csv = new StringBuilder("timestamp,level,message");
    for (int i = 0; i < 64; i++) {
      csv.append(",column_").append(i).append("_").append("x".repeat(50));
    }
    csv.append("\n2024-05-01T10:00:00Z,WARN,wide").append(",v".repeat(64)).append("\n");

    try (Shipping remote = remote(host.mount().toString(), key)) {
      append(remote, records(zeek));
      append(remote, records(csv.toString()));
      append(
          remote,
          Submission.of("a,b,c", "a.log")
              .withHeaders(Map.of(Headers.COLUMNS, "x".repeat(HeaderLine.MAX_TEXT_BYTES + 1))));
      remote.drain().block(PATIENCE);

      assertThat(remote.statistics().refused()).isEqualTo(1);
    }

    List<LogEvent> events = events();
    LogEvent request =
        events.stream()
            .filter(event -> "GET".equals(event.attributes().get(EcsFields.HTTP_METHOD)))
            .findAny()
            .orElseThrow();
    assertThat(request.timestampNanos()).isEqualTo(1_714_557_600_500_000_000L);
    LogEvent wide = find(events, "wide");
    assertThat(wide.severityText()).isEqualTo("WARN");
    assertThat(wide.attributes().get("column_63_" + "x".repeat(50))).isEqualTo("v");
    assertThat(deadLetters()).hasSize(1);
  }

  /** The records of a file, as whoever reads it offers them. */
  private static Submission[] records(String file) throws Exception {
    RecordReader reader =
        new RecordReader(
            new ByteArrayInputStream(file.getBytes(UTF_8)), 1 << 20, LineSplitter.none());
    List<Submission> records = new ArrayList<>();
    while (reader.next(true)) {
      records.add(Submission.of(reader.copy(), "a.log").withHeaders(reader.mark(Map.of())));
    }
    return records.toArray(Submission[]::new);
  }

  @Test
  void aLostAnswerDoublesNoEventNoCountAndNoDeadLetter() throws Exception {
    try (FaultyProxy proxy =
            proxy((number, bytes) -> number <= 4 ? FaultyProxy.Fault.LOSE_ANSWER : 0);
        Shipping remote =
            remote(proxy.address(), key, Map.of("logdash.spool.max-record-bytes", "4MB"))) {
      append(
          remote,
          Submission.of("java.lang.IllegalStateException: first", "a.log"),
          Submission.of("\tat com.example.A.b(A.java:1)", "a.log"),
          Submission.of("x".repeat(2 << 20), "a.log"),
          Submission.of("second", "a.log"));
      remote.drain().block(PATIENCE);

      assertThat(proxy.count()).isGreaterThan(4);
      assertThat(remote.statistics().shipped()).isEqualTo(3);
      assertThat(remote.statistics().refused()).isEqualTo(1);
    }

    List<LogEvent> events = events();
    assertThat(events).hasSize(2);
    assertThat(find(events, "second").source()).isEqualTo("a.log");
    assertThat(host.installation().logdash().totals().events()).isEqualTo(2);
    assertThat(host.installation().spool().statistics().appended()).isEqualTo(3);
    List<RawRecord> letters = deadLetters();
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).length()).isEqualTo(2 << 20);
    assertThat(letters.get(0).headers())
        .containsEntry(Headers.DEAD_LETTER_REASON, "REFUSED_BY_SERVER");
  }

  @Test
  void keepsTheOrderOfASourceThroughAStormOf429AndWaitsAsLongAsItIsTold() throws Exception {
    List<String> lines = lines(5_000);
    try (FaultyProxy proxy = proxy((number, bytes) -> number % 3 != 0 && number < 9 ? 429 : 0);
        Shipping remote = remote(proxy.address(), key)) {
      for (int i = 0; i < lines.size(); i += 100) {
        append(
            remote,
            lines.subList(i, i + 100).stream()
                .map(line -> Submission.of(line, "a.log"))
                .toArray(Submission[]::new));
      }
      remote.drain().block(PATIENCE);

      assertThat(remote.statistics().shipped()).isEqualTo(lines.size());
      assertThat(remote.statistics().failures()).isGreaterThanOrEqualTo(2);
      List<Long> arrivals = proxy.arrivals();
      assertThat(arrivals.get(1) - arrivals.get(0)).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
    }

    assertThat(events().stream().map(LogEvent::message).toList())
        .containsExactlyInAnyOrderElementsOf(lines);
    assertThat(events().stream().sorted(byOrigin()).map(LogEvent::message).toList())
        .isEqualTo(lines);
  }

  @Test
  void waitsForAKeyThatIsRightAndSaysWhatToSet() throws Exception {
    String wrong = "ldk_0123456789abcdef_" + "x".repeat(43);
    try (Shipping remote = remote(host.mount().toString(), wrong)) {
      append(remote, Submission.of("early", "a.log"));
      Throwable failure = failure(remote);

      assertThat(failure)
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("logdash.ingest.api-key")
          .hasMessageNotContaining(wrong);
      assertThat(remote.statistics().refused()).isZero();
    }
    try (Shipping remote = remote(host.mount().toString(), key)) {
      append(remote, Submission.of("late", "a.log"));
      remote.drain().block(PATIENCE);
    }

    assertThat(events()).extracting(LogEvent::message).containsExactlyInAnyOrder("early", "late");
  }

  @Test
  void waitsForAKeyOfTheDatasetThatARecordNames() throws Exception {
    try (Shipping remote = remote(host.mount().toString(), key)) {
      append(remote, Submission.of("secret", "a.log").withDataset("audit"));

      assertThat(failure(remote))
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("dataset");
      assertThat(remote.statistics().refused()).isZero();
    }
    host.settle();
    assertThat(host.installation().spool().statistics().appended()).isZero();
  }

  @Test
  void sendsSmallerBatchesToWhoeverAsksForThem() throws Exception {
    Random random = new Random(3);
    try (FaultyProxy proxy = proxy((number, bytes) -> bytes > 20_000 ? 413 : 0);
        Shipping remote = remote(proxy.address(), key)) {
      Submission[] records =
          IntStream.range(0, 300)
              .mapToObj(i -> Submission.of("line " + i + ' ' + noise(random, 400), "a.log"))
              .toArray(Submission[]::new);
      append(remote, records);
      append(remote, Submission.of("never " + noise(random, 60_000), "a.log"));
      append(remote, Submission.of("last", "a.log"));
      remote.drain().block(PATIENCE);

      assertThat(remote.statistics().shipped()).isEqualTo(301);
      assertThat(remote.statistics().refused()).isEqualTo(1);
    }
    assertThat(events()).hasSize(301);
    assertThat(deadLetters()).hasSize(1);
  }

  @Test
  void followsNoRedirect() throws Exception {
    try (FaultyProxy proxy = proxy((number, bytes) -> 307);
        Shipping remote = remote(proxy.address(), key)) {
      append(remote, Submission.of("a line", "a.log"));

      assertThat(failure(remote))
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("logdash.ingest");
      assertThat(proxy.arrivals()).hasSize(proxy.count());
    }
    host.settle();
    assertThat(host.installation().spool().statistics().appended()).isZero();
  }

  @Test
  void staysUpWithoutAServerAndGoesOnAfterARestart() throws Exception {
    try (Shipping remote = remote("http://127.0.0.1:9", key)) {
      append(remote, Submission.of("early", "a.log"));

      assertThat(failure(remote))
          .isInstanceOf(BackendException.Unavailable.class)
          .hasMessageContaining("http://127.0.0.1:9");
    }
    try (Shipping remote = remote(host.mount().toString(), key)) {
      remote.drain().block(PATIENCE);
      assertThat(remote.statistics().shipped()).isEqualTo(1);
    }
    assertThat(events()).extracting(LogEvent::message).containsExactly("early");
  }

  @Test
  void keepsTheSpoolToOneConsumerUntilThatHasFinished() throws Exception {
    try (Shipping remote = remote("http://127.0.0.1:9", key)) {
      append(remote, Submission.of("for the server", "a.log"));
      failure(remote);
    }
    LogdashConfig here = config("http://127.0.0.1:9", key, Map.of("logdash.ingest", "local"));
    assertThatThrownBy(() -> EmbeddedLogdash.start(here, Clock.systemUTC(), new Random(3)))
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("sender");

    try (Shipping remote = remote(host.mount().toString(), key)) {
      remote.drain().block(PATIENCE);
    }
    try (EmbeddedLogdash local = EmbeddedLogdash.start(here, Clock.systemUTC(), new Random(3))) {
      local
          .logdash()
          .sink()
          .append(List.of(Submission.of("for here", "a.log")), AckLevel.SPOOLED)
          .block(PATIENCE);
      local.logdash().drain().block(PATIENCE);
      assertThat(local.logdash().totals().events()).isEqualTo(1);
    }
  }

  @Test
  void refusesPlainHttpBeyondThisMachineWithoutLeave() {
    for (String address : List.of("http://192.0.2.1:7070", "http://localhost.example:7070")) {
      assertThatThrownBy(() -> remote(address, key))
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("logdash.ingest.plain-http")
          .hasMessageNotContaining(key);
    }
    remote("http://192.0.2.1:7070", key, Map.of("logdash.ingest.plain-http", "true")).close();
    remote("https://192.0.2.1:7070", key).close();
  }

  private FaultyProxy proxy(FaultyProxy.Fault fault) throws Exception {
    return new FaultyProxy(host.mount(), "1", fault);
  }

  private Shipping remote(String address, String apiKey) {
    return remote(address, apiKey, Map.of());
  }

  private Shipping remote(String address, String apiKey, Map<String, String> more) {
    return Shipping.toServer(
        config(address, apiKey, more), Clock.systemUTC(), new Random(address.hashCode()));
  }

  private LogdashConfig config(String address, String apiKey, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("logdash.data.dir", folder.resolve("service").toString());
    settings.put("logdash.ingest", address);
    settings.put("logdash.ingest.api-key", apiKey);
    settings.putAll(more);
    return LogdashConfig.of(List.of(new ConfigSource("test", settings)));
  }

  private static void append(Shipping remote, Submission... records) {
    remote.sink().append(List.of(records), AckLevel.SPOOLED).block(PATIENCE);
  }

  /** Why nothing moves, as soon as that is known. */
  private static Throwable failure(Shipping remote) {
    return remote
        .check()
        .then(Mono.<Throwable>empty())
        .onErrorResume(Mono::just)
        .repeatWhenEmpty(times -> times.delayElements(Duration.ofMillis(5)))
        .block(PATIENCE);
  }

  private List<LogEvent> events() {
    host.settle();
    return host.installation()
        .logdash()
        .search()
        .search(LogQuery.builder().dataset("shop").limit(10_000).build())
        .block(PATIENCE)
        .events();
  }

  private List<RawRecord> deadLetters() throws Exception {
    Scheduler scheduler = Schedulers.newSingle("test", true);
    try (Spool spool =
        Spool.open(
            new DiskFiles(folder.resolve("service/dead-letters")),
            SpoolConfig.defaults().withLanes(1),
            Clock.systemUTC(),
            scheduler,
            new Random(1))) {
      return spool
          .source("test")
          .assignments()
          .flatMap(lane -> lane.read(0))
          .takeUntil(batch -> batch.records().isEmpty())
          .flatMapIterable(batch -> batch.records())
          .collectList()
          .block(PATIENCE);
    } finally {
      scheduler.dispose();
    }
  }

  private static Comparator<LogEvent> byOrigin() {
    return Comparator.comparingLong(event -> event.seq());
  }

  private static LogEvent find(List<LogEvent> events, String message) {
    return events.stream().filter(event -> event.message().equals(message)).findAny().orElseThrow();
  }

  private static List<String> lines(int count) {
    return IntStream.range(0, count).mapToObj(i -> "line " + i).toList();
  }

  private static String noise(Random random, int length) {
    return random
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
