package dev.logdash.benchmarks.jmh;

import com.alibaba.fastjson2.JSON;
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

/** Nanoseconds to parse one line of those that {@link ParserBenchmark} reads, as others do it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Samples.COUNT)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParserPeersBenchmark {

  private static final Pattern ACCESS =
      Pattern.compile(
          "^(\\S+) (\\S+) (\\S+) \\[([^\\]]+)\\] \"(\\S+) (\\S+) (\\S+)\" (\\d{3}) (\\d+|-) \"([^\"]*)\" \"([^\"]*)\"$");
  private static final Pattern LAYOUT =
      Pattern.compile("^(\\S+ \\S+) (\\w+) +\\[([^\\]]+)\\] (\\S+): (.*)$");
  private static final Pattern SYSLOG_3164 =
      Pattern.compile("^<(\\d+)>(\\w{3} +\\d+ \\S+) (\\S+) ([^\\[: ]+)(?:\\[(\\d+)\\])?: (.*)$");
  private static final Pattern SYSLOG_5424 =
      Pattern.compile("^<(\\d+)>1 (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) \\[([^\\]]*)\\] (.*)$");
  private static final Pattern LOGFMT = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S+))");
  private static final DateTimeFormatter ACCESS_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
  private static final ObjectMapper JACKSON = JsonMapper.shared();

  private List<String> accessText = List.of();
  private List<String> layoutText = List.of();
  private List<String> syslog3164Text = List.of();
  private List<String> syslog5424Text = List.of();
  private List<String> logfmtText = List.of();
  private byte[][] jsonLines = {};
  private Grok accessGrok;
  private Grok layoutGrok;
  private Grok syslogGrok;

  @Setup
  public void prepare() {
    accessText = Samples.of("access");
    layoutText = Samples.of("layout");
    syslog3164Text = Samples.of("syslog3164");
    syslog5424Text = Samples.of("syslog5424");
    logfmtText = Samples.of("logfmt");
    jsonLines = Samples.bytes(Samples.of("json"));
    GrokCompiler compiler = GrokCompiler.newInstance();
    compiler.registerDefaultPatterns();
    accessGrok = compiler.compile("%{COMBINEDAPACHELOG}");
    layoutGrok =
        compiler.compile(
            "%{TIMESTAMP_ISO8601:timestamp} %{LOGLEVEL:level} +\\[%{DATA:thread}\\]"
                + " %{NOTSPACE:logger}: %{GREEDYDATA:message}");
    syslogGrok =
        compiler.compile(
            "<%{POSINT:priority}>%{SYSLOGTIMESTAMP:timestamp} %{SYSLOGHOST:host}"
                + " %{DATA:program}(?:\\[%{POSINT:pid}\\])?: %{GREEDYDATA:message}");
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
    match(accessGrok, accessText, hole);
  }

  @Benchmark
  public void layoutRegex(Blackhole hole) {
    layoutText.forEach(line -> match(LAYOUT, line, hole));
  }

  @Benchmark
  public void layoutGrok(Blackhole hole) {
    match(layoutGrok, layoutText, hole);
  }

  @Benchmark
  public void syslog3164Grok(Blackhole hole) {
    match(syslogGrok, syslog3164Text, hole);
  }

  @Benchmark
  public void syslog3164Regex(Blackhole hole) {
    syslog3164Text.forEach(line -> match(SYSLOG_3164, line, hole));
  }

  @Benchmark
  public void syslog5424Regex(Blackhole hole) {
    syslog5424Text.forEach(line -> match(SYSLOG_5424, line, hole));
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
  public void logfmtRegex(Blackhole hole) {
    for (String line : logfmtText) {
      Matcher matcher = LOGFMT.matcher(line);
      while (matcher.find()) {
        hole.consume(matcher.group(1));
        hole.consume(matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
      }
    }
  }

  private static void match(Grok grok, List<String> lines, Blackhole hole) {
    for (String line : lines) {
      hole.consume(grok.match(line).capture());
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
