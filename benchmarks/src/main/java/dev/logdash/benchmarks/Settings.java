package dev.logdash.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What to measure.
 *
 * @param sizes numbers of lines, ascending
 * @param rounds of the smallest size; larger ones are imported once
 * @param heaps as behind {@code -Xmx}; the first in every round, the others in the last
 * @param inputs files of real lines; generated lines where there are none, or too few
 * @param work a folder that is emptied at the end
 */
record Settings(List<Long> sizes, int rounds, List<String> heaps, List<Path> inputs, Path work) {

  static final String USAGE =
      """
      usage: run [--events 1000000,5000000] [--rounds 3] [--heap 150m,1g]
                 [--input FILE_OR_FOLDER]... [--work FOLDER]
             run jmh [options of JMH]""";

  /** Something that is measured. */
  interface Measurement {
    void run(Settings settings) throws IOException, InterruptedException;
  }

  /** Measures by the arguments of a command, and ends the process with 2 if they are wrong. */
  static void measure(String[] arguments, Measurement measurement)
      throws IOException, InterruptedException {
    Settings settings;
    try {
      settings = parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    try {
      measurement.run(settings);
    } finally {
      Folders.delete(settings.work());
    }
  }

  private static Settings parse(String[] arguments) throws IOException {
    List<Long> sizes = List.of(1_000_000L, 5_000_000L);
    int rounds = 3;
    List<String> heaps = List.of("150m", "1g");
    List<Path> inputs = new ArrayList<>();
    Path work = null;
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(USAGE);
      }
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--events" ->
            sizes = Arrays.stream(value.split(",")).map(Long::valueOf).sorted().toList();
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--heap" -> heaps = List.of(value.split(","));
        case "--input" -> inputs.addAll(files(Path.of(value)));
        case "--work" -> work = Files.createDirectories(Path.of(value));
        default -> throw new IllegalArgumentException(USAGE);
      }
    }
    return new Settings(
        sizes,
        rounds,
        heaps,
        inputs,
        work == null ? Files.createTempDirectory("logdash-benchmark") : work);
  }

  private static List<Path> files(Path path) {
    try (Stream<Path> found = Files.walk(path)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".md"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
