package dev.logdash.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures {@code logdash import} as a whole process beside Lucene alone, alternating, and then
 * searches in what both have made. Prints Markdown for docs/benchmarks.md.
 */
public final class ImportBenchmark {

  private static final String LOGDASH = "logdash import";
  private static final String SAME = "Lucene, documents of logdash";
  private static final String PLAIN = "Lucene, a field for each field";
  private static final String PARSE = "parse + Lucene, a field for each field";

  private final Settings settings;

  private ImportBenchmark(Settings settings) {
    this.settings = settings;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Settings.measure(arguments, settings -> new ImportBenchmark(settings).run());
  }

  private void run() throws IOException, InterruptedException {
    System.out.println(Machine.describe());
    for (int i = 0; i < settings.sizes().size(); i++) {
      long lines = settings.sizes().get(i);
      measure(lines, i == 0 ? settings.rounds() : 1, i == 0);
    }
  }

  private void measure(long lines, int rounds, boolean everything)
      throws IOException, InterruptedException {
    Corpus corpus = Corpus.of(settings, lines);
    Path events = settings.work().resolve("events");
    long count = EventFile.write(corpus.files(), events);
    String first = settings.heaps().get(0);
    Map<String, List<Import>> results = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      boolean last = round == rounds;
      for (String heap : last && everything ? settings.heaps() : List.of(first)) {
        logdash(corpus, heap, results);
        if (everything) {
          lucene(SAME, "same", heap, List.of(events), results);
        }
        lucene(PLAIN, "plain", heap, List.of(events), results);
      }
      if (last && everything) {
        lucene(PARSE, "parse", first, corpus.files(), results);
      }
    }
    Report.imports(corpus, count, results);
    Path data = folder(LOGDASH, first);
    Path index = folder(PLAIN, first);
    JvmRun searches =
        JvmRun.of(
            first,
            settings.work(),
            SearchBenchmark.class.getName(),
            List.of(data.toString(), index.toString()));
    System.out.println(searches.output());
    System.out.printf(
        Locale.ROOT,
        "Searches ran with -Xmx%s; %d MB of heap were live behind a full collection (0: there was none).%n%n",
        first,
        searches.heapMegabytes());
    Folders.delete(events);
    Folders.delete(settings.work().resolve("lines-" + lines));
  }

  private void logdash(Corpus corpus, String heap, Map<String, List<Import>> results)
      throws IOException, InterruptedException {
    Path data = folder(LOGDASH, heap);
    Folders.delete(data);
    List<String> arguments = new ArrayList<>(List.of("import", "--data", data.toString()));
    corpus.files().forEach(file -> arguments.add(file.toString()));
    JvmRun run = JvmRun.of(heap, settings.work(), "dev.logdash.server.Main", arguments);
    add(LOGDASH, heap, new Import(run, bytes(data.resolve("search"))), results);
  }

  private void lucene(
      String name, String mode, String heap, List<Path> inputs, Map<String, List<Import>> results)
      throws IOException, InterruptedException {
    Path index = folder(name, heap);
    Folders.delete(index);
    List<String> arguments = new ArrayList<>(List.of(mode, index.toString()));
    inputs.forEach(file -> arguments.add(file.toString()));
    JvmRun run = JvmRun.of(heap, settings.work(), LuceneImport.class.getName(), arguments);
    add(name, heap, new Import(run, bytes(index)), results);
  }

  private static void add(
      String name, String heap, Import result, Map<String, List<Import>> results) {
    results.computeIfAbsent(heap + '\t' + name, key -> new ArrayList<>()).add(result);
    System.err.printf(Locale.ROOT, "%s -Xmx%s: %.1f s%n", name, heap, result.run().seconds());
  }

  private Path folder(String name, String heap) {
    return settings.work().resolve(name.replaceAll("[^a-z]+", "-") + '-' + heap);
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /**
   * One import.
   *
   * @param indexBytes of the index for searches
   */
  record Import(JvmRun run, long indexBytes) {}
}
