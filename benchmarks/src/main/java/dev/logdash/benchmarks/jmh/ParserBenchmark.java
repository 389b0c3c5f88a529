package dev.logdash.benchmarks.jmh;

import com.alibaba.fastjson2.JSON;
import dev.logdash.core.parse.FieldSink;
import dev.logdash.core.parse.LineParser;
import dev.logdash.core.parse.Parsers;
import io.krakens.grok.api.Grok;
import io.krakens.grok.api.GrokCompiler;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Nanoseconds to parse one line, time included: logdash into its fields, peers as they do it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Samples.COUNT)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParserBenchmark {

  private static final Pattern ACCESS =
      Pattern.compile(
          "^(\\S+) (\\S+) (\\S+) \\[([^\\]]+)\\] \"(\\S+) (\\S+) (\\S+)\" (\\d{3}) (\\d+|-) \"([^\"]*)\" \"([^\"]*)\"$");
  private static final Pattern LAYOUT =
      Pattern.compile("^(\\S+ \\S+) (\\w+) +\\[([^\\]]+)\\] (\\S+): (.*)$");
  private static final Pattern SYSLOG_3164 =
      Pattern.compile("^<(\\d+)>(\\w{3} +\\d+ \\S+) (\\S+) (\\w+)\\[(\\d+)\\]: (.*)$");
  private static final Pattern SYSLOG_5424 =
      Pattern.compile("^<(\\d+)>1 (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) \\[([^\\]]*)\\] (.*)$");
  private static final Pattern LOGFMT = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S+))");
  private static final DateTimeFormatter ACCESS_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
  private static final ObjectMapper JACKSON = JsonMapper.shared();

  private final FieldSink sink = new FieldSink();
  private final LineParser access = Parsers.named("access");
  private final LineParser layout = Parsers.named("layout");
  private final LineParser syslog3164 = Parsers.named("syslog3164");
  private final LineParser syslog5424 = Parsers.named("syslog5424");
  private final LineParser json = Parsers.named("json");
  private final LineParser logfmt = Parsers.named("logfmt");

  private List<String> accessText = List.of();
  private List<String> layoutText = List.of();
  private List<String> syslog3164Text = List.of();
  private List<String> syslog5424Text = List.of();
  private List<String> logfmtText = List.of();
  private byte[][] accessLines = {};
  private byte[][] layoutLines = {};
  private byte[][] syslog3164Lines = {};
  private byte[][] syslog5424Lines = {};
  private byte[][] jsonLines = {};
  private byte[][] logfmtLines = {};
  private Grok grok;

  @Setup
  public void prepare() {
    accessText = Samples.of(Samples::access);
    layoutText = Samples.of(Samples::layout);
    syslog3164Text = Samples.of(Samples::syslog3164);
    syslog5424Text = Samples.of(Samples::syslog5424);
    logfmtText = Samples.of(Samples::logfmt);
    accessLines = Samples.bytes(accessText);
    layoutLines = Samples.bytes(layoutText);
    syslog3164Lines = Samples.bytes(syslog3164Text);
    syslog5424Lines = Samples.bytes(syslog5424Text);
    jsonLines = Samples.bytes(Samples.of(Samples::json));
    logfmtLines = Samples.bytes(logfmtText);
    GrokCompiler compiler = GrokCompiler.newInstance();
    compiler.registerDefaultPatterns();
    grok = compiler.compile("%{COMBINEDAPACHELOG}");
    for (LineParser parser : List.of(access, layout, syslog3164, syslog5424, json, logfmt)) {
      requireParsed(parser);
    }
  }

  private void requireParsed(LineParser parser) {
    byte[] line =
        parser == access
            ? accessLines[0]
            : parser == layout
                ? layoutLines[0]
                : parser == syslog3164
                    ? syslog3164Lines[0]
                    : parser == syslog5424
                        ? syslog5424Lines[0]
                        : parser == json ? jsonLines[0] : logfmtLines[0];
    sink.clear();
    if (!parser.parse(line, 0, line.length, sink) || !sink.hasTimestamp()) {
      throw new IllegalStateException(new String(line, java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  @Benchmark
  public void accessLogdash(Blackhole hole) {
    parse(access, accessLines, hole);
  }

  @Benchmark
  public void accessRegex(Blackhole hole) {
    for (String line : accessText) {
      Matcher matcher = match(ACCESS, line, hole);
      hole.consume(OffsetDateTime.parse(matcher.group(4), ACCESS_TIME).toInstant().toEpochMilli());
      hole.consume(Integer.parseInt(matcher.group(8)));
    }
  }

  @Benchmark
  public void accessGrok(Blackhole hole) {
    for (String line : accessText) {
      hole.consume(grok.match(line).capture());
    }
  }

  @Benchmark
  public void layoutLogdash(Blackhole hole) {
    parse(layout, layoutLines, hole);
  }

  @Benchmark
  public void layoutRegex(Blackhole hole) {
    layoutText.forEach(line -> match(LAYOUT, line, hole));
  }

  @Benchmark
  public void syslog3164Logdash(Blackhole hole) {
    parse(syslog3164, syslog3164Lines, hole);
  }

  @Benchmark
  public void syslog3164Regex(Blackhole hole) {
    syslog3164Text.forEach(line -> match(SYSLOG_3164, line, hole));
  }

  @Benchmark
  public void syslog5424Logdash(Blackhole hole) {
    parse(syslog5424, syslog5424Lines, hole);
  }

  @Benchmark
  public void syslog5424Regex(Blackhole hole) {
    syslog5424Text.forEach(line -> match(SYSLOG_5424, line, hole));
  }

  @Benchmark
  public void jsonLogdash(Blackhole hole) {
    parse(json, jsonLines, hole);
  }

  @Benchmark
  public void jsonJackson(Blackhole hole) {
    for (byte[] line : jsonLines) {
      hole.consume(JACKSON.readValue(line, Map.class));
    }
  }

  @Benchmark
  public void jsonFastjson2(Blackhole hole) {
    for (byte[] line : jsonLines) {
      hole.consume(JSON.parseObject(line));
    }
  }

  @Benchmark
  public void logfmtLogdash(Blackhole hole) {
    parse(logfmt, logfmtLines, hole);
  }

  @Benchmark
  public void logfmtRegex(Blackhole hole) {
    for (String line : logfmtText) {
      Matcher matcher = LOGFMT.matcher(line);
      while (matcher.find()) {
        hole.consume(matcher.group(1));
        hole.consume(matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
      }
    }
  }

  private void parse(LineParser parser, byte[][] lines, Blackhole hole) {
    for (byte[] line : lines) {
      sink.clear();
      parser.parse(line, 0, line.length, sink);
      hole.consume(sink.timestampNanos());
    }
  }

  private static Matcher match(Pattern pattern, String line, Blackhole hole) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalStateException(line);
    }
    for (int i = 1; i <= matcher.groupCount(); i++) {
      hole.consume(matcher.group(i));
    }
    return matcher;
  }
}
