package dev.logdash.benchmarks.jmh;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.RawRecord;
import dev.logdash.core.decode.EventDecoder;
import dev.logdash.core.parse.DetectingParser;
import dev.logdash.core.parse.FieldSink;
import dev.logdash.core.parse.LineParser;
import dev.logdash.core.parse.Parsers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Nanoseconds to parse one line, time included: into fields by a parser that is told the format,
 * into fields by one that finds it out, and into an event.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Samples.COUNT)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParserBenchmark {

  @Param({"access", "layout", "syslog3164", "syslog5424", "json", "logfmt"})
  private String format;

  private final FieldSink sink = new FieldSink();
  private final DetectingParser detecting = Parsers.detecting();
  private final EventDecoder decoder = new EventDecoder();
  private LineParser told = detecting;
  private byte[][] lines = {};
  private RawRecord[] records = {};

  @Setup
  public void prepare() {
    told = Parsers.named(format);
    lines = Samples.bytes(Samples.of(format));
    records = new RawRecord[lines.length];
    for (int i = 0; i < lines.length; i++) {
      records[i] = Samples.record(i, lines[i]);
      sink.clear();
      if (!told.parse(lines[i], 0, lines[i].length, sink) || !sink.hasTimestamp()) {
        throw new IllegalStateException(new String(lines[i], StandardCharsets.UTF_8));
      }
    }
  }

  @Benchmark
  public void told(Blackhole hole) {
    for (byte[] line : lines) {
      sink.clear();
      told.parse(line, 0, line.length, sink);
      hole.consume(sink.timestampNanos());
    }
  }

  @Benchmark
  public void detected(Blackhole hole) {
    for (byte[] line : lines) {
      sink.clear();
      detecting.parse("sample.log", line, 0, line.length, sink);
      hole.consume(sink.timestampNanos());
    }
  }

  @Benchmark
  public void event(Blackhole hole) {
    for (RawRecord line : records) {
      LogEvent event = decoder.decode(line);
      hole.consume(event);
    }
  }
}
