package dev.logdash.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/**
 * Posts events to a server at a steady rate while somebody searches, and then looks for each of
 * them. Ends with 1 if it misses what it must hold.
 */
public final class LoadBenchmark {

  private static final String USAGE =
      """
      usage: run load [--rate 50000] [--seconds 60] [--drain 180] [--heap 256m]
                      [-D NAME=VALUE]... [--work FOLDER]""";
  private static final double ACCEPTED_SHARE = 0.95;
  private static final double SEARCH_SECONDS = 1;

  private LoadBenchmark() {}

  /**
   * How hard to load.
   *
   * @param rate events in a second
   * @param drain seconds until everything must be stored
   * @param settings of the server
   */
  record Load(int rate, int seconds, int drain, String heap, List<String> settings) {}

  /**
   * What came of it.
   *
   * @param drained how long the server stored behind the last event; negative if it never ended
   * @param searches how long each took, ascending, in nanoseconds
   * @param missing events that were accepted and not found
   * @param wrong events that were refused and found, or found without having been sent
   */
  record Result(
      long offered,
      long accepted,
      long refused,
      double drained,
      List<Long> searches,
      int missing,
      int wrong,
      long doubles,
      double cpuSeconds,
      long residentMegabytes) {

    boolean isExact() {
      return missing == 0 && wrong == 0 && doubles == 0;
    }

    boolean holds() {
      return isExact()
          && drained >= 0
          && accepted >= ACCEPTED_SHARE * offered
          && searchSeconds(0.95) < SEARCH_SECONDS;
    }

    double searchSeconds(double share) {
      int place = (int) Math.ceil(share * searches.size()) - 1;
      return place < 0 ? 0 : searches.get(place) / 1e9;
    }
  }

  public static void main(String[] arguments) throws Exception {
    int rate = 50_000;
    int seconds = 60;
    int drain = 180;
    String heap = "256m";
    List<String> settings = new ArrayList<>();
    Path work = null;
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(USAGE);
      }
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--rate" -> rate = Integer.parseInt(value);
        case "--seconds" -> seconds = Integer.parseInt(value);
        case "--drain" -> drain = Integer.parseInt(value);
        case "--heap" -> heap = value;
        case "-D" -> settings.add(value);
        case "--work" -> work = Files.createDirectories(Path.of(value));
        default -> throw new IllegalArgumentException(USAGE);
      }
    }
    Path folder = Files.createTempDirectory(work == null ? temporary() : work, "logdash-load");
    try {
      Load load = new Load(rate, seconds, drain, heap, settings);
      System.out.println(Machine.describe());
      Result result = run(load, folder, Clock.systemUTC());
      print(load, result);
      if (!result.holds()) {
        System.exit(1);
      }
    } finally {
      Folders.delete(folder);
    }
  }

  /**
   * Loads a server of its own.
   *
   * @param work a folder for it, which is not emptied
   */
  static Result run(Load load, Path work, Clock clock)
      throws IOException, InterruptedException, TimeoutException {
    try (LoadServer server = LoadServer.start(load.heap(), work, load.settings())) {
      LoadPosts posts = new LoadPosts(server, clock, load.rate(), load.seconds());
      List<Long> searches;
      try (LoadSearches searching = new LoadSearches(server)) {
        posts.run();
        searches = searching.end();
      }
      BitSet accepted = posts.accepted();
      BitSet refused = posts.refused();
      System.err.printf(
          Locale.ROOT,
          "%,d accepted, %,d refused; waiting%n",
          accepted.cardinality(),
          refused.cardinality());
      long start = System.nanoTime();
      boolean drained = server.drained(Duration.ofSeconds(load.drain()));
      double seconds = drained ? (System.nanoTime() - start) / 1e9 : -1;
      double cpu = server.cpu().toMillis() / 1e3;
      long resident = server.residentMegabytes();
      server.stop();
      LoadFound found = LoadFound.in(LoadServer.data(work));
      BitSet sent = (BitSet) accepted.clone();
      sent.or(refused);
      BitSet unsent = (BitSet) found.numbers().clone();
      unsent.andNot(sent);
      return new Result(
          posts.offered(),
          accepted.cardinality(),
          refused.cardinality(),
          seconds,
          searches,
          found.missing(accepted),
          found.among(refused) + unsent.cardinality(),
          found.doubles(),
          cpu,
          resident);
    }
  }

  private static void print(Load load, Result result) {
    System.out.printf(
        Locale.ROOT,
        "%n%,d events/s for %d s at -Xmx%s; one person searching%n%n"
            + "| accepted | refused | not sent in time | stored behind the last | searches"
            + " | p50 ms | p95 ms | max ms | missing | wrong | double | CPU s | resident |%n"
            + "|---|---|---|---|---|---|---|---|---|---|---|---|---|%n"
            + "| %,d (%.1f %%) | %,d | %,d | %s | %d | %.0f | %.0f | %.0f | %d | %d | %d | %.0f"
            + " | %d MB |%n%n%s%n",
        load.rate(),
        load.seconds(),
        load.heap(),
        result.accepted(),
        100.0 * result.accepted() / result.offered(),
        result.refused(),
        result.offered() - result.accepted() - result.refused(),
        result.drained() < 0
            ? "not within " + load.drain() + " s"
            : String.format(Locale.ROOT, "%.0f s", result.drained()),
        result.searches().size(),
        1e3 * result.searchSeconds(0.5),
        1e3 * result.searchSeconds(0.95),
        1e3 * result.searchSeconds(1),
        result.missing(),
        result.wrong(),
        result.doubles(),
        result.cpuSeconds(),
        result.residentMegabytes(),
        result.holds() ? "HOLDS" : "DOES NOT HOLD");
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }
}
