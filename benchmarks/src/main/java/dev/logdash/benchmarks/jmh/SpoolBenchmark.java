package dev.logdash.benchmarks.jmh;

import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.spool.DiskFiles;
import dev.logdash.core.spool.FsyncPolicy;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Lines per second that the spool has written; the goal is 1.5 million. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(SpoolBenchmark.BATCH)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SpoolBenchmark {

  static final int BATCH = 512;

  private static final long MAX_BYTES = 16L << 30;
  private static final int SEGMENT_BYTES = 64 << 20;

  private final List<Submission> batch = new ArrayList<>();
  private Path folder;
  private Scheduler scheduler;
  private Spool spool;

  @Setup(Level.Iteration)
  public void open() throws IOException {
    batch.clear();
    for (byte[] line : Samples.bytes(Samples.of(Samples::access).subList(0, BATCH))) {
      batch.add(Submission.of(line, "access.log"));
    }
    folder = Files.createTempDirectory("logdash-spool");
    scheduler = Schedulers.newBoundedElastic(4, 1_000, "spool", 60, true);
    spool =
        Spool.open(
            new DiskFiles(folder),
            SpoolConfig.defaults()
                .withSizes(SEGMENT_BYTES, MAX_BYTES)
                .withFsync(FsyncPolicy.INTERVAL, Duration.ofMillis(50)),
            Clock.systemUTC(),
            scheduler,
            new Random(1));
  }

  @TearDown(Level.Iteration)
  public void close() throws IOException {
    spool.close();
    scheduler.dispose();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Benchmark
  public Object append() {
    return spool.sink().append(batch, AckLevel.SPOOLED).block();
  }
}
