package dev.logdash.benchmarks.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.core.decode.EventDecoder;
import dev.logdash.core.memory.InMemoryRollupStore;
import dev.logdash.core.rollup.RollupAggregator;
import dev.logdash.core.rollup.RollupSettings;
import java.util.ArrayList;
import java.util.List;
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

/** Nanoseconds to fold one access event into the cells of all tiers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Samples.COUNT)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CellBenchmark {

  // 17 May 2025, noon: the day of the samples.

  private final List<LogEvent> events = new ArrayList<>();
  private final long[] offsets = new long[Samples.COUNT];
  private RollupAggregator rollups;
  private long next;

  @Setup
  public void prepare() {
    rollups =
        new RollupAggregator(
            new PartitionId("benchmark", 0),
            new InMemoryRollupStore(),
            RollupSettings.DEFAULTS,
            "",
            0);
    EventDecoder decoder = new EventDecoder();
    List<String> lines = Samples.of(Samples::access);
    for (int i = 0; i < lines.size(); i++) {
      events.add(decoder.decode(Samples.record(i, lines.get(i).getBytes(UTF_8))));
    }
  }

  @Benchmark
  public void fold() {
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = next++;
    }
    rollups.fold(events, offsets).block();
  }
}
