package dev.logdash.core.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The spool on a real disk, with real threads. */
class DiskFilesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final Scheduler scheduler =
      Schedulers.newBoundedElastic(4, 1_000, "spool-test", 60, true);

  @AfterEach
  void disposeScheduler() {
    scheduler.dispose();
  }

  private Spool open(SpoolConfig config) {
    return Spool.open(new DiskFiles(folder), config, Clock.systemUTC(), scheduler, new Random());
  }

  @Test
  void aSecondSpoolOnTheFolderIsToldWhoHasIt() {
    Spool spool = open(SpoolConfig.defaults());

    assertThatThrownBy(() -> open(SpoolConfig.defaults()))
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("process " + ProcessHandle.current().pid());

    spool.close();
    spool.close();
    open(SpoolConfig.defaults()).close();
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Files.writeString(folder.resolve("file"), "not a folder");

    assertThatThrownBy(
            () ->
                Spool.open(
                    new DiskFiles(folder.resolve("file").resolve("spool")),
                    SpoolConfig.defaults(),
                    Clock.systemUTC(),
                    scheduler,
                    new Random()))
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("file");
  }

  @Test
  void anInterruptedThreadAppendsAllTheSame() {
    try (Spool spool = open(SpoolConfig.defaults())) {
      Thread.currentThread().interrupt();
      SinkAck ack = SpoolKit.append(spool, AckLevel.FSYNCED, "a");

      assertThat(Thread.interrupted()).isTrue();
      assertThat(ack.accepted()).isEqualTo(1);
      SpoolKit.append(spool, AckLevel.FSYNCED, "b");
      assertThat(read(spool, 2)).extracting(RawRecord::text).containsExactly("a", "b");
    }
  }

  @Test
  void oneForceServesAllThatWait() throws Exception {
    int threads = 8;
    int appends = 25;
    SpoolConfig config = SpoolConfig.defaults().withLanes(1);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (Spool spool = open(config)) {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        done.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < appends; i++) {
                    SinkAck ack = SpoolKit.append(spool, AckLevel.FSYNCED, "line");
                    assertThat(ack.level()).isEqualTo(AckLevel.FSYNCED);
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      assertThat(read(spool, threads * appends)).hasSize(threads * appends);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void readersFollowWritersOverManySegments() throws Exception {
    int batches = 400;
    SpoolConfig config = SpoolConfig.defaults().withLanes(2).withSizes(64 * 1024, 64L << 20);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (Spool spool = open(config)) {
      Future<?> writer =
          executor.submit(
              () -> {
                for (int i = 0; i < batches; i++) {
                  List<Submission> batch = new ArrayList<>();
                  for (int j = 0; j < 50; j++) {
                    batch.add(Submission.of("line " + (50 * i + j), "source " + j % 5));
                  }
                  spool.sink().append(batch, AckLevel.SPOOLED).block();
                }
              });
      List<RawRecord> records = read(spool, 50 * batches);
      writer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

      for (int source = 0; source < 5; source++) {
        String name = "source " + source;
        int first = source;
        List<String> expected = new ArrayList<>();
        for (int line = first; line < 50 * batches; line += 5) {
          expected.add("line " + line);
        }
        assertThat(
                records.stream()
                    .filter(record -> record.source().equals(name))
                    .map(RawRecord::text)
                    .toList())
            .isEqualTo(expected);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  @Tag("deep")
  void takesAndGivesAMillionAndAHalfSmallRecordsASecond() {
    int batches = 20_000;
    int size = 300;
    List<Submission> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      batch.add(Submission.of("x".repeat(100), "app.log"));
    }
    for (FsyncPolicy policy : List.of(FsyncPolicy.NONE, FsyncPolicy.INTERVAL)) {
      SpoolConfig config =
          SpoolConfig.defaults()
              .withLanes(1)
              .withSizes(8 << 20, 4L << 30)
              .withFsync(policy, Duration.ofMillis(50));
      try (Spool spool = open(config)) {
        long start = System.nanoTime();
        for (int i = 0; i < batches; i++) {
          spool.sink().append(batch, AckLevel.SPOOLED).block();
        }
        long written = System.nanoTime();
        long bytes = 0;
        LogSource source = spool.source("test");
        Assignment lane = source.assignments().blockFirst(PATIENCE);
        long records = 0;
        for (var read : lane.read(0).toIterable(4)) {
          records += read.records().size();
          bytes += read.bytes();
          if (records == (long) batches * size) {
            break;
          }
        }
        long read = System.nanoTime();
        lane.acknowledge(Long.MAX_VALUE).block(PATIENCE);
        System.out.printf(
            "%s: append %.2f M/s, read %.2f M/s, %d MB%n",
            policy,
            records * 1e3 / (written - start),
            records * 1e3 / (read - written),
            bytes >> 20);
        assertThat(records).isEqualTo((long) batches * size);
      }
    }
  }

  private static List<RawRecord> read(Spool spool, int count) {
    List<RawRecord> records = new ArrayList<>();
    LogSource source = spool.source("test");
    try {
      source
          .assignments()
          .flatMap(lane -> lane.read(0))
          .takeUntil(
              batch -> {
                records.addAll(batch.records());
                return records.size() >= count;
              })
          .blockLast(PATIENCE);
    } finally {
      source.close();
    }
    return records;
  }
}
