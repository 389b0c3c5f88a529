package dev.logdash.benchmarks;

import dev.logdash.core.redact.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What redaction takes of the road: the redactor alone over the lines, and {@code logdash import}
 * of them with it and without it, alternating. Prints Markdown for docs/benchmarks.md.
 */
public final class RedactionBenchmark {

  private static final int PASSES = 12;

  private final Settings settings;

  private RedactionBenchmark(Settings settings) {
    this.settings = settings;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Settings.measure(arguments, settings -> new RedactionBenchmark(settings).run());
  }

  private void run() throws IOException, InterruptedException {
    System.out.println(Machine.describe());
    Corpus corpus = Corpus.of(settings, settings.sizes().get(0));
    double nanos = nanosOfALine(corpus);
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    for (int round = 0; round < settings.rounds(); round++) {
      with.add(cpuSeconds(corpus, true));
      without.add(cpuSeconds(corpus, false));
    }
    double all = median(with) * 1e9 / corpus.lines();
    System.out.printf(
        Locale.ROOT,
        "%,d lines (%s), %,d bytes each.%n%n| | CPU time of a line |%n|---|---|%n"
            + "| the redactor alone, warm | %.0f ns (%.1f %% of the import) |%n"
            + "| import, median of %d | %.0f ns |%n"
            + "| import without redaction | %.0f ns |%n",
        corpus.lines(),
        corpus.origin(),
        corpus.bytes() / corpus.lines(),
        nanos,
        100 * nanos / all,
        settings.rounds(),
        all,
        median(without) * 1e9 / corpus.lines());
  }

  /** The best of several passes, the first of which warm the machine up. */
  private static double nanosOfALine(Corpus corpus) throws IOException {
    List<byte[]> lines = new ArrayList<>();
    for (Path file : corpus.files()) {
      byte[] all = Files.readAllBytes(file);
      int from = 0;
      for (int i = 0; i < all.length; i++) {
        if (all[i] == '\n') {
          lines.add(Arrays.copyOfRange(all, from, i));
          from = i + 1;
        }
      }
    }
    Redactor redactor = Redactor.standard();
    long best = Long.MAX_VALUE;
    long length = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      long start = System.nanoTime();
      for (byte[] line : lines) {
        length += redactor.redact(line).length;
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    System.err.println(length + " bytes, found: " + redactor.counts());
    return (double) best / lines.size();
  }

  private double cpuSeconds(Corpus corpus, boolean redacted)
      throws IOException, InterruptedException {
    Path data = settings.work().resolve("data");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-D", "logdash.redact.enabled=" + redacted, "import", "--data", data.toString()));
    corpus.files().forEach(file -> arguments.add(file.toString()));
    JvmRun run =
        JvmRun.of(settings.heaps().get(0), settings.work(), "dev.logdash.server.Main", arguments);
    Folders.delete(data);
    System.err.printf(
        Locale.ROOT,
        "redaction %s: %.1f s, %.1f s of CPU%n",
        redacted,
        run.seconds(),
        run.cpuSeconds());
    return run.cpuSeconds();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
