package dev.logdash.tck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What every {@link LogSink} must keep. */
public abstract class LogSinkContract {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** More than any sink under test has room for, in batches. */
  private static final int ENDLESS = 10_000;

  private LogSink sink;

  /** Opens a sink that holds nothing yet and has room for a few megabytes. */
  protected abstract LogSink open();

  /** All that the sink has accepted, as a consumer gets it, partition by partition. */
  protected abstract List<RawRecord> accepted();

  /** The highest level that the sink can reach. */
  protected abstract AckLevel highestLevel();

  /** A body that the sink can never accept. */
  protected byte[] tooLarge() {
    return new byte[32 * 1024 * 1024];
  }

  /**
   * Keeps what was accepted from leaving the sink, until {@link #accepted()} is asked, so that it
   * fills up. Nothing to do for a sink that keeps its records itself.
   */
  protected void holdBack() {}

  @BeforeEach
  void openSink() {
    sink = open();
  }

  @AfterEach
  void closeSink() {
    sink.close();
  }

  @Test
  void keepsTheOrderOfASource() {
    append(line("a", 0), line("b", 0), line("a", 1), line("a", 2), line("b", 1));
    append(line("b", 2), line("a", 3));

    assertThat(textsOf("a")).containsExactly("a 0", "a 1", "a 2", "a 3");
    assertThat(textsOf("b")).containsExactly("b 0", "b 1", "b 2");
  }

  @Test
  void givesEachRecordAnIdOfItsOwn() {
    append(line("a", 0), line("a", 0), line("b", 0));
    append(line("a", 0));

    assertThat(accepted()).extracting(RawRecord::eventId).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void keepsTheBytesOfARecord() {
    byte[] odd = {0, -1, '\n', (byte) 0xC3, 0x28};
    append(Submission.of(odd, "bytes"));

    RawRecord record = accepted().get(0);
    assertThat(Arrays.copyOfRange(record.array(), record.start(), record.start() + record.length()))
        .isEqualTo(odd);
  }

  @Test
  void keepsDatasetAndHeadersOfARecord() {
    append(line("a", 0).withDataset("audit").withHeaders(Map.of("logdash.format", "json")));

    RawRecord record = accepted().get(0);
    assertThat(record.dataset()).isEqualTo("audit");
    assertThat(record.headers()).containsEntry("logdash.format", "json");
  }

  @Test
  void stampsEachRecordWithTheTime() {
    append(line("a", 0));
    append(line("a", 1));

    assertThat(accepted()).extracting(RawRecord::receivedNanos).isSorted();
    assertThat(accepted().get(0).receivedNanos()).isGreaterThan(LogEvents.NOON - 1);
  }

  @Test
  void stampsTheRecordsOfABatchAndASourceWithOneTime() {
    append(line("a", 0), line("b", 0), line("a", 1), line("a", 2));

    assertThat(accepted())
        .filteredOn(record -> record.source().equals("a"))
        .extracting(RawRecord::receivedNanos)
        .hasSize(3)
        .matches(times -> times.stream().distinct().count() == 1);
  }

  @Test
  void doesNothingBeforeSubscription() {
    Mono<SinkAck> neverSubscribed = sink.append(List.of(line("a", 0)), AckLevel.ACCEPTED);

    assertThat(neverSubscribed).isNotNull();
    assertThat(accepted()).isEmpty();
  }

  @Test
  void reachesTheLevelThatWasAskedFor() {
    for (AckLevel level : AckLevel.values()) {
      if (level.compareTo(highestLevel()) <= 0) {
        SinkAck ack = block(sink.append(List.of(line("a", 0)), level));
        assertThat(ack.level()).isGreaterThanOrEqualTo(level);
      }
    }
  }

  @Test
  void refusesALevelItCannotReachAtOnce() {
    for (AckLevel level : AckLevel.values()) {
      if (level.compareTo(highestLevel()) > 0) {
        assertThatThrownBy(() -> sink.append(List.of(), level))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void takesAnEmptyBatch() {
    SinkAck ack = append();

    assertThat(ack.accepted()).isZero();
    assertThat(ack.rejected()).isEmpty();
  }

  @Test
  void handsBackARecordThatIsTooLargeAndTakesTheRest() {
    SinkAck ack = append(line("a", 0), Submission.of(tooLarge(), "a"), line("a", 1));

    assertThat(ack.accepted()).isEqualTo(2);
    assertThat(ack.rejected()).extracting(SinkAck.Rejected::index).containsExactly(1);
    assertThat(textsOf("a")).containsExactly("a 0", "a 1");
  }

  @Test
  void takesNothingOfABatchThatItHasNoRoomFor() {
    Submission[] batch = new Submission[50];
    Arrays.setAll(batch, i -> Submission.of("x".repeat(1_000), "source " + i));
    int taken = 0;
    RuntimeException refusal = null;
    holdBack();
    for (int i = 0; i < ENDLESS && refusal == null; i++) {
      try {
        taken += block(sink.append(List.of(batch), AckLevel.ACCEPTED)).accepted();
      } catch (BackendException e) {
        refusal = e;
      }
    }

    assertThat(refusal).isInstanceOf(BackendException.Overloaded.class);
    assertThat(accepted()).hasSize(taken);
  }

  @Test
  void takesTheBatchesOfManyThreads() throws Exception {
    int threads = 4;
    int batches = 50;
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String source = "thread " + t;
        done.add(
            executor.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < batches; i++) {
                    append(line(source, 2 * i), line(source, 2 * i + 1));
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> each : done) {
        each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    } finally {
      executor.shutdownNow();
    }

    List<RawRecord> accepted = accepted();
    assertThat(accepted).hasSize(threads * batches * 2);
    for (int t = 0; t < threads; t++) {
      String source = "thread " + t;
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 2 * batches; i++) {
        expected.add(source + " " + i);
      }
      assertThat(textsOf(accepted, source)).isEqualTo(expected);
    }
  }

  @Test
  void checksWellWhileItCanAccept() {
    assertThatCode(() -> sink.check().block(PATIENCE)).doesNotThrowAnyException();
  }

  @Test
  void acceptsNothingOnceItIsClosed() {
    sink.close();

    assertThatThrownBy(() -> append(line("a", 0))).isInstanceOf(BackendException.class);
    assertThatThrownBy(() -> sink.check().block(PATIENCE)).isInstanceOf(BackendException.class);
  }

  @Test
  void closesMoreThanOnce() {
    append(line("a", 0));
    sink.close();

    assertThatCode(sink::close).doesNotThrowAnyException();
    assertThat(textsOf("a")).containsExactly("a 0");
  }

  private static Submission line(String source, int number) {
    return Submission.of((source + " " + number).getBytes(UTF_8), source);
  }

  private SinkAck append(Submission... records) {
    return block(sink.append(List.of(records), AckLevel.SPOOLED));
  }

  private static SinkAck block(Mono<SinkAck> ack) {
    return Objects.requireNonNull(ack.block(PATIENCE));
  }

  private List<String> textsOf(String source) {
    return textsOf(accepted(), source);
  }

  private static List<String> textsOf(List<RawRecord> records, String source) {
    return records.stream()
        .filter(record -> record.source().equals(source))
        .map(RawRecord::text)
        .toList();
  }
}
