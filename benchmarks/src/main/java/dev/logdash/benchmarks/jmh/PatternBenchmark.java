package dev.logdash.benchmarks.jmh;

import dev.logdash.core.parse.FieldSink;
import dev.logdash.core.parse.LineParser;
import dev.logdash.core.parse.Parsers;
import dev.logdash.core.parse.pattern.PatternParser;
import io.krakens.grok.api.Grok;
import io.krakens.grok.api.GrokCompiler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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

/** Lines by a pattern that somebody gave, beside the parser by hand and java-grok. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Samples.COUNT)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PatternBenchmark {

  private static final String ACCESS = "%{COMBINEDAPACHELOG}";
  private static final String LAYOUT =
      "%{TIMESTAMP_ISO8601:timestamp} %{LOGLEVEL:level} +\\[%{DATA:thread}\\] %{DATA:logger}:"
          + " %{GREEDYDATA:message}";

  private final FieldSink sink = new FieldSink();
  private final LineParser accessByHand = Parsers.named("access");
  private final LineParser layoutByHand = Parsers.named("layout");
  private final PatternParser accessGrok = PatternParser.grok(ACCESS, Map.of());
  private final PatternParser accessDissect =
      PatternParser.dissect(
          "%{clientip} %{ident} %{user} [%{timestamp}] \"%{method} %{url} %{?version}\" %{status}"
              + " %{bytes} \"%{referrer}\" \"%{useragent}\"");
  private final PatternParser layoutLogback =
      PatternParser.logback("%d %-5level [%thread] %logger: %msg%n");
  private final PatternParser layoutGrok = PatternParser.grok(LAYOUT, Map.of());
  private List<String> accessText = List.of();
  private List<String> layoutText = List.of();
  private byte[][] accessLines = {};
  private byte[][] layoutLines = {};
  private Grok accessPeer;
  private Grok layoutPeer;

  @Setup
  public void prepare() {
    accessText = Samples.of(Samples::access);
    layoutText = Samples.of(Samples::layout);
    accessLines = Samples.bytes(accessText);
    layoutLines = Samples.bytes(layoutText);
    GrokCompiler compiler = GrokCompiler.newInstance();
    compiler.registerDefaultPatterns();
    accessPeer = compiler.compile(ACCESS);
    layoutPeer = compiler.compile(LAYOUT);
    for (LineParser parser : List.of(accessByHand, accessGrok, accessDissect)) {
      requireParsed(parser, accessLines[0]);
    }
    for (LineParser parser : List.of(layoutByHand, layoutLogback, layoutGrok)) {
      requireParsed(parser, layoutLines[0]);
    }
  }

  private void requireParsed(LineParser parser, byte[] line) {
    sink.clear();
    if (!parser.parse(line, 0, line.length, sink) || !sink.hasTimestamp()) {
      throw new IllegalStateException(parser + ": " + new String(line, StandardCharsets.UTF_8));
    }
  }

  @Benchmark
  public void accessByHand(Blackhole hole) {
    parse(accessByHand, accessLines, hole);
  }

  @Benchmark
  public void accessDissect(Blackhole hole) {
    parse(accessDissect, accessLines, hole);
  }

  @Benchmark
  public void accessGrok(Blackhole hole) {
    parse(accessGrok, accessLines, hole);
  }

  @Benchmark
  public void accessJavaGrok(Blackhole hole) {
    accessText.forEach(line -> hole.consume(accessPeer.match(line).capture()));
  }

  @Benchmark
  public void layoutByHand(Blackhole hole) {
    parse(layoutByHand, layoutLines, hole);
  }

  @Benchmark
  public void layoutLogback(Blackhole hole) {
    parse(layoutLogback, layoutLines, hole);
  }

  @Benchmark
  public void layoutGrok(Blackhole hole) {
    parse(layoutGrok, layoutLines, hole);
  }

  @Benchmark
  public void layoutJavaGrok(Blackhole hole) {
    layoutText.forEach(line -> hole.consume(layoutPeer.match(line).capture()));
  }

  private void parse(LineParser parser, byte[][] lines, Blackhole hole) {
    for (byte[] line : lines) {
      sink.clear();
      parser.parse(line, 0, line.length, sink);
      hole.consume(sink.timestampNanos());
    }
  }
}
