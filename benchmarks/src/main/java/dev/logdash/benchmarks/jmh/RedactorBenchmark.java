package dev.logdash.benchmarks.jmh;

import dev.logdash.core.redact.Redactor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Nanoseconds to redact one line; the goal is 300. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Samples.COUNT)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RedactorBenchmark {

  private final Redactor redactor = Redactor.standard();
  private byte[][] accessLines = {};
  private byte[][] jsonLines = {};
  private byte[][] secretLines = {};

  @Setup
  public void prepare() {
    accessLines = Samples.bytes(Samples.of(Samples::access));
    jsonLines = Samples.bytes(Samples.of(Samples::json));
    secretLines =
        Samples.bytes(
            Samples.of(
                random ->
                    Samples.layout(random) + " password=" + Long.toHexString(random.nextLong())));
    if (redactor.redact(secretLines[0]) == secretLines[0]) {
      throw new IllegalStateException("nothing was redacted");
    }
  }

  @Benchmark
  public void access(Blackhole hole) {
    redact(accessLines, hole);
  }

  @Benchmark
  public void json(Blackhole hole) {
    redact(jsonLines, hole);
  }

  @Benchmark
  public void layoutWithSecret(Blackhole hole) {
    redact(secretLines, hole);
  }

  private void redact(byte[][] lines, Blackhole hole) {
    for (byte[] line : lines) {
      hole.consume(redactor.redact(line));
    }
  }
}
