package dev.logdash.benchmarks;

import dev.logdash.benchmarks.ImportBenchmark.Import;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Prints tables in Markdown. */
final class Report {

  private Report() {}

  /**
   * @param results by heap and name; the first of a heap is what the others are compared with
   */
  static void imports(Corpus corpus, long events, Map<String, List<Import>> results) {
    System.out.printf(
        Locale.ROOT,
        "%n### Import of %,d lines%n%n%s: %,d bytes, %,d events.%n%n",
        corpus.lines(),
        corpus.origin(),
        corpus.bytes(),
        events);
    System.out.println(
        "| what | heap | lines/s, median (worst - best) | logdash / this | CPU s | CPU, this / logdash"
            + " | live heap"
            + " | resident | index bytes/event | index bytes/raw byte |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    results.forEach(
        (key, runs) -> {
          String heap = key.substring(0, key.indexOf('\t'));
          List<Import> logdash =
              results.entrySet().stream()
                  .filter(entry -> entry.getKey().startsWith(heap + '\t'))
                  .map(Map.Entry::getValue)
                  .findFirst()
                  .orElse(runs);
          double own = median(runs, JvmRun::seconds);
          double cpu = median(runs, JvmRun::cpuSeconds);
          long live = runs.stream().mapToLong(run -> run.run().heapMegabytes()).max().orElse(0);
          long bytes = runs.get(runs.size() - 1).indexBytes();
          System.out.printf(
              Locale.ROOT,
              "| %s | %s | %,.0f (%,.0f - %,.0f) | %.2f | %.1f | %.2f | %s | %d MB | %.0f | %.2f |%n",
              key.substring(key.indexOf('\t') + 1),
              heap,
              corpus.lines() / own,
              corpus.lines() / slowest(runs),
              corpus.lines() / fastest(runs),
              own / median(logdash, JvmRun::seconds),
              cpu,
              cpu / median(logdash, JvmRun::cpuSeconds),
              live == 0 ? "-" : live + " MB",
              runs.stream().mapToLong(run -> run.run().residentMegabytes()).max().orElse(0),
              (double) bytes / events,
              (double) bytes / corpus.bytes());
        });
    System.out.println();
  }

  private static double median(List<Import> runs, ToDoubleFunction<JvmRun> figure) {
    double[] all = runs.stream().map(Import::run).mapToDouble(figure).sorted().toArray();
    int middle = all.length / 2;
    return all.length % 2 == 1 ? all[middle] : (all[middle - 1] + all[middle]) / 2;
  }

  private static double slowest(List<Import> runs) {
    return runs.stream().mapToDouble(run -> run.run().seconds()).max().orElse(0);
  }

  private static double fastest(List<Import> runs) {
    return runs.stream().mapToDouble(run -> run.run().seconds()).min().orElse(0);
  }
}
