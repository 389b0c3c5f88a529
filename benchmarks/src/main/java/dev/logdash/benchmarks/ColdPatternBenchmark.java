package dev.logdash.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.core.parse.FieldSink;
import dev.logdash.core.parse.pattern.PatternParser;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What processor time patterns take that are exponential where one way is tried after the other:
 * for the first line of a virtual machine that has just started, and warm. Each line runs in a
 * machine of its own. Prints Markdown for docs/patterns.md: of each pattern the slowest line.
 */
public final class ColdPatternBenchmark {

  private static final int LONG = 4_000;
  private static final int MOST_SHOWN = 40;
  private static final List<String> PATTERNS =
      List.of(
          "^(a+)+$",
          "^(a|aa)+$",
          "^(a|a?)+$",
          "^(.*a){20}$",
          "^([a-z]+)*\\d$",
          "(a*)*b",
          "^(\\w+\\s?)*$",
          "(x+x+)+y",
          ".*(?:.*=.*)",
          "^(([a-z])+.)+[A-Z]([a-z])+$",
          "(?<a>.*)(?<b>.*)(?<c>.*)(?<d>.*)x$",
          "(a?){50}a{50}",
          "(\\w{1,200}){5}!!",
          "(?:(?<q>a|aa|aaa|aaaa)+)+$",
          "a".repeat(LONG) + "b",
          "[ab]".repeat(LONG / 4) + "!b");
  private static final List<String> LENGTHS =
      List.of("30", "300", "600", "1000", "2000", "3500", "65536", "1000000");
  private static final int WARM_LINES = 300;
  // Of the thread alone, so that what else the machine does is not measured.
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ColdPatternBenchmark() {}

  /**
   * Measures all patterns, each line in a virtual machine of its own.
   *
   * @param arguments none; or a pattern and a length, to measure them here
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 2) {
      measure(arguments[0], Integer.parseInt(arguments[1]));
      return;
    }
    Path work = Files.createTempDirectory("patterns");
    try {
      measureAll(work);
    } finally {
      Folders.delete(work);
    }
  }

  private static void measureAll(Path work) throws IOException, InterruptedException {
    System.out.println(Machine.describe());
    System.out.println("| pattern | slowest line, bytes | cold, ms | warm, ms |");
    System.out.println("|---|---|---|---|");
    for (String pattern : PATTERNS) {
      String slowest = "";
      double most = -1;
      for (String length : LENGTHS) {
        List<String> one = List.of(pattern, length);
        String row = JvmRun.of("256m", work, ColdPatternBenchmark.class.getName(), one).output();
        double cold = Double.parseDouble(row.substring(0, row.indexOf(' ')));
        if (cold > most) {
          most = cold;
          slowest = String.format("| %s | %s | %s |", shown(pattern), length, row);
        }
      }
      System.out.println(slowest.replace(" ms ", " | "));
    }
  }

  private static String shown(String pattern) {
    return pattern.length() > MOST_SHOWN
        ? String.format("`%s…`, %d characters", pattern.substring(0, 12), pattern.length())
        : '`' + pattern.replace("|", "\\|") + '`';
  }

  private static void measure(String pattern, int length) {
    PatternParser parser = PatternParser.grok(pattern, Map.of());
    byte[] line = ("a".repeat(length) + "!").getBytes(UTF_8);
    double cold = millis(parser, line);
    double[] warm = new double[WARM_LINES];
    for (int i = 0; i < warm.length; i++) {
      warm[i] = millis(parser, line);
    }
    double[] last = Arrays.copyOfRange(warm, warm.length / 2, warm.length);
    Arrays.sort(last);
    System.out.printf(Locale.ROOT, "%.1f ms %.2f", cold, last[last.length / 2]);
  }

  private static double millis(PatternParser parser, byte[] line) {
    FieldSink sink = new FieldSink();
    long start = THREADS.getCurrentThreadCpuTime();
    parser.parse(line, 0, line.length, sink);
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
  }
}
