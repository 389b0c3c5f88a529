package dev.logdash.core.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.api.ingest.RecordBatch;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.kit.SimFs;
import dev.logdash.tck.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A spool on a simulated disk, under virtual time, on the thread of the test. */
final class SpoolKit {

  static final SpoolConfig SMALL =
      SpoolConfig.defaults()
          .withLanes(1)
          .withSizes(4 * 1024, 1024 * 1024)
          .withMaxRecordBytes(64 * 1024);

  static {
    // Failures of the disk are what these tests are about; their stack traces would fill the log.
    ((Logger) LoggerFactory.getLogger(SpoolKit.class.getPackageName())).setLevel(Level.OFF);
  }

  final MutableClock clock = MutableClock.atNoon();
  final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
  SpoolConfig config = SMALL;
  SimFs files;

  SpoolKit() {
    this(new SimFs());
  }

  SpoolKit(SimFs files) {
    this.files = files;
  }

  SpoolKit with(SpoolConfig value) {
    config = value;
    return this;
  }

  Spool open() {
    return Spool.open(files, config, clock, scheduler, new Random(7));
  }

  static SinkAck append(Spool spool, AckLevel level, Submission... records) {
    return Objects.requireNonNull(spool.sink().append(List.of(records), level).block());
  }

  static SinkAck append(Spool spool, AckLevel level, String... lines) {
    List<Submission> records = new ArrayList<>();
    for (String line : lines) {
      records.add(Submission.of(line, "app.log"));
    }
    return Objects.requireNonNull(spool.sink().append(records, level).block());
  }

  static Submission sized(int number, int bytes) {
    String text = "line " + number + " ";
    return Submission.of(text + "x".repeat(Math.max(0, bytes - text.length())), "app.log");
  }

  /** The lanes of a spool. */
  List<Assignment> lanes(Spool spool) {
    LogSource source = spool.source("processor");
    List<Assignment> assignments = new ArrayList<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Disposable subscription = source.assignments().subscribe(assignments::add, failure::set);
    subscription.dispose();
    rethrow(failure.get());
    return assignments;
  }

  /** All records that a lane hands out from an offset on, until it has nothing more. */
  List<RawRecord> read(Assignment lane, long from) {
    List<RawRecord> records = new ArrayList<>();
    for (RecordBatch batch : batches(lane, from)) {
      records.addAll(batch.records());
    }
    return records;
  }

  List<RecordBatch> batches(Assignment lane, long from) {
    List<RecordBatch> batches = new ArrayList<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Disposable subscription = lane.read(from).subscribe(batches::add, failure::set);
    // What was appended is handed out when it is forced.
    scheduler.advanceTimeBy(config.fsyncInterval());
    subscription.dispose();
    scheduler.advanceTimeBy(Duration.ofMillis(1));
    rethrow(failure.get());
    return batches;
  }

  List<RawRecord> readAll(Spool spool) {
    List<RawRecord> records = new ArrayList<>();
    for (Assignment lane : lanes(spool)) {
      records.addAll(read(lane, 0));
    }
    return records;
  }

  List<String> lines(Spool spool) {
    return texts(readAll(spool));
  }

  static List<String> texts(List<RawRecord> records) {
    return records.stream().map(RawRecord::text).toList();
  }

  void acknowledge(Assignment lane, long nextOffset) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    lane.acknowledge(nextOffset).subscribe(unused -> {}, failure::set);
    scheduler.advanceTimeBy(Duration.ofMillis(1));
    rethrow(failure.get());
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof RuntimeException error) {
      throw error;
    }
    if (failure != null) {
      throw new AssertionError(failure);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
