package dev.logdash.core.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Headers;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.pipeline.DeadLetters;
import dev.logdash.core.spool.DiskFiles;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What a sink gets of a spool, however badly it answers. */
@Timeout(120)
class SpoolSenderTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final SpoolConfig CONFIG = SpoolConfig.defaults().withLanes(1);

  @TempDir private Path folder;
  private final Scheduler scheduler = Schedulers.newBoundedElastic(4, 1_000, "test", 60, true);
  private Spool spool;
  private Spool target;
  private Spool dead;

  @BeforeEach
  void open() {
    spool = spool("spool");
    target = spool("target");
    dead = spool("dead");
  }

  @AfterEach
  void close() {
    spool.close();
    target.close();
    dead.close();
    scheduler.dispose();
  }

  /**
   * Puts records into a spool, and says and does what sinks may: it fails, or takes records, says
   * that they are not safe yet, and then refuses some of them without a word.
   */
  private static final class MoodySink implements LogSink {
    final List<String> calls = new CopyOnWriteArrayList<>();
    private final LogSink inner;
    private final Random random = new Random(5);
    volatile boolean away;
    volatile boolean lateOnce;
    private int owed;

    MoodySink(LogSink inner) {
      this.inner = inner;
    }

    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
      return Mono.defer(
          () -> {
            calls.add(batch.size() + " owed " + owed);
            if (away || (!batch.isEmpty() && random.nextInt(5) == 0)) {
              return Mono.error(new BackendException.Unavailable("away", null));
            }
            if (batch.isEmpty()) {
              if (owed > 0) {
                owed--;
                return Mono.error(new BackendException.Unavailable("not yet safe", null));
              }
              return inner.append(batch, AckLevel.SPOOLED);
            }
            List<SinkAck.Rejected> refused = new ArrayList<>();
            List<Submission> taken = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
              if (new String(batch.get(i).body()).contains("poison")) {
                refused.add(new SinkAck.Rejected(i, "poison"));
              } else {
                taken.add(batch.get(i));
              }
            }
            boolean late = random.nextInt(4) == 0 || lateOnce;
            lateOnce = false;
            owed = late ? random.nextInt(3) : 0;
            return inner
                .append(taken, AckLevel.SPOOLED)
                .map(
                    ack ->
                        late
                            ? new SinkAck(AckLevel.ACCEPTED, batch.size(), List.of())
                            : new SinkAck(AckLevel.SPOOLED, ack.accepted(), refused));
          });
    }

    @Override
    public Mono<Void> check() {
      return inner.check();
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  @Test
  void eachRecordArrivesInOrderHoweverTheSinkAnswers() {
    MoodySink moody = new MoodySink(target.sink());
    try (SpoolSender sender = start(moody)) {
      for (int i = 0; i < 20; i++) {
        append(lines(10 * i, 10 * i + 10));
        sender.drain().block(PATIENCE);
      }
      assertThat(sender.statistics().shipped()).isEqualTo(200);
      assertThat(sender.statistics().failures()).isPositive();
    }

    List<RawRecord> arrived = readAll(target, 200);
    Map<String, String> once = new LinkedHashMap<>();
    for (RawRecord record : arrived) {
      String origin = Objects.requireNonNull(record.headers().get(Headers.ORIGIN));
      String before = once.putIfAbsent(origin, record.text());
      assertThat(record.text()).isEqualTo(Objects.requireNonNullElse(before, record.text()));
    }
    assertThat(once.values()).containsExactlyElementsOf(lines(0, 200));
    assertThat(arrived)
        .allSatisfy(record -> assertThat(record.headers()).containsKey(Headers.RECEIVED));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatTheSinkRefusesAtOnceOrLaterBecomesADeadLetter(boolean later) {
    MoodySink moody = new MoodySink(target.sink());
    moody.lateOnce = later;
    try (SpoolSender sender = start(moody)) {
      append(List.of("one", "poison", "two"));
      sender.drain().block(PATIENCE);
    }

    assertThat(readAll(target, 2)).extracting(RawRecord::text).contains("one", "two");
    assertThat(readAll(dead, 1)).extracting(RawRecord::text).containsExactly("poison");
  }

  @Test
  void aSinkThatIsAwayIsToldAndTheNextStartGoesOn() {
    MoodySink moody = new MoodySink(target.sink());
    moody.away = true;
    append(lines(0, 50));
    try (SpoolSender sender = start(moody)) {
      Flux.interval(Duration.ofMillis(20))
          .filter(tick -> !moody.calls.isEmpty() && sender.statistics().failures() > 0)
          .blockFirst(PATIENCE);
      assertThatThrownBy(() -> sender.check().block(PATIENCE))
          .isInstanceOf(BackendException.Unavailable.class);
    }
    spool.close();
    spool = spool("spool");
    moody.away = false;

    try (SpoolSender sender = start(moody)) {
      append(lines(50, 60));
      sender.drain().block(PATIENCE);
      sender.check().block(PATIENCE);
    }

    assertThat(readAll(target, 60).stream().map(RawRecord::text).distinct())
        .containsExactlyElementsOf(lines(0, 60));
  }

  private SpoolSender start(LogSink sink) {
    return SpoolSender.start(
        spool.source("sender"),
        sink,
        AckLevel.SPOOLED,
        new DeadLetters(dead.sink(), dead::position, AckLevel.SPOOLED),
        scheduler,
        new Random(1));
  }

  private Spool spool(String name) {
    return Spool.open(
        new DiskFiles(folder.resolve(name)), CONFIG, Clock.systemUTC(), scheduler, new Random());
  }

  private void append(List<String> lines) {
    List<Submission> records = lines.stream().map(line -> Submission.of(line, "app")).toList();
    Objects.requireNonNull(spool.sink().append(records, AckLevel.SPOOLED).block(PATIENCE));
  }

  private static List<RawRecord> readAll(Spool from, int texts) {
    List<RawRecord> records = new CopyOnWriteArrayList<>();
    Disposable reading =
        from.source("reader")
            .assignments()
            .flatMap(lane -> lane.read(0))
            .subscribe(batch -> records.addAll(batch.records()));
    Flux.interval(Duration.ofMillis(20))
        .filter(tick -> records.stream().map(RawRecord::text).distinct().count() >= texts)
        .blockFirst(PATIENCE);
    reading.dispose();
    return records;
  }

  private static List<String> lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> String.format("line %06d", i)).toList();
  }
}
