package dev.logdash.benchmarks.jmh;

import dev.logdash.core.rollup.DurationSketch;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
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

/** Nanoseconds to add one duration to a sketch, and to read one back from its bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SketchBenchmark {

  private static final int VALUES = 65_536;
  private static final long MINUTE_MICROS = 60_000_000;

  private final long[] nanos = new long[VALUES];
  private byte[] encoded = {};

  @Setup
  public void prepare() {
    Random random = new Random(7);
    DurationSketch sketch = new DurationSketch();
    for (int i = 0; i < VALUES; i++) {
      nanos[i] = (long) (20e6 * Math.exp(random.nextGaussian()));
      sketch.add(nanos[i]);
    }
    encoded = sketch.encode();
  }

  @Benchmark
  @OperationsPerInvocation(VALUES)
  public double addLogdash() {
    DurationSketch sketch = new DurationSketch();
    for (long value : nanos) {
      sketch.add(value);
    }
    return sketch.quantile(0.99);
  }

  @Benchmark
  @OperationsPerInvocation(VALUES)
  public double addHdrHistogram() {
    Histogram histogram = new Histogram(MINUTE_MICROS, 2);
    for (long value : nanos) {
      histogram.recordValue(Math.min(MINUTE_MICROS, value / 1_000));
    }
    return histogram.getValueAtPercentile(99);
  }

  @Benchmark
  public double decodeLogdash() {
    return DurationSketch.decode(encoded).quantile(0.5);
  }

  @Benchmark
  public byte[] mergeLogdash() {
    DurationSketch sketch = DurationSketch.decode(encoded);
    sketch.merge(DurationSketch.decode(encoded));
    return sketch.encode();
  }
}
