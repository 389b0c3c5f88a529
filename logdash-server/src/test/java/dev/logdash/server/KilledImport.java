package dev.logdash.server;

import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.ingest.FileIngest;
import dev.logdash.core.ingest.IngestCounts;
import dev.logdash.core.ingest.IngestListener;
import dev.logdash.core.ingest.IngestOptions;
import dev.logdash.core.pipeline.Totals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/**
 * A process that imports the files of a folder as {@code logdash import} does, all at once, and
 * that dies at a gap if it is told to.
 */
final class KilledImport {

  private static final Duration PATIENCE = Duration.ofSeconds(100);
  private static final int AT_ONCE = 16;

  private KilledImport() {}

  /**
   * What a process is to do.
   *
   * @param place a folder with the files in {@code input} and the installation in {@code data}
   * @param ahead by how many milliseconds the clock of the process is ahead of the real one
   * @param mixed whether all files are read at once, and not one after the other in each lane; an
   *     event of several lines may then fall apart where reading had to wait
   * @param times how often the gap is passed before it kills; 0 for never
   */
  record Order(Path place, long ahead, boolean mixed, Gap gap, int times, long seed, Fault fault) {

    static final String MARK = "killed-at";

    List<String> arguments() {
      return List.of(
          place.toString(),
          Long.toString(ahead),
          Boolean.toString(mixed),
          gap.name(),
          Integer.toString(times),
          Long.toString(seed),
          fault.name());
    }

    static Order of(String[] arguments) {
      return new Order(
          Path.of(arguments[0]),
          Long.parseLong(arguments[1]),
          Boolean.parseBoolean(arguments[2]),
          Gap.valueOf(arguments[3]),
          Integer.parseInt(arguments[4]),
          Long.parseLong(arguments[5]),
          Fault.valueOf(arguments[6]));
    }

    Path input() {
      return place.resolve("input");
    }

    Path data() {
      return place.resolve("data");
    }

    Path mark() {
      return place.resolve(MARK);
    }

    Clock clock() {
      return Clock.offset(Clock.systemUTC(), Duration.ofMillis(ahead));
    }
  }

  public static void main(String[] arguments) throws IOException {
    Order order = Order.of(arguments);
    KillSwitch killSwitch = new KillSwitch(order.gap(), order.times(), order.mark());
    DeadlyAssembly assembly =
        new DeadlyAssembly(killSwitch, new SplittableRandom(order.seed()), order.fault());
    try (Installation installation =
        Installation.start(config(order), order.clock(), new SecureRandom(), assembly)) {
      System.out.println("started");
      List<IngestCounts> counts = importAll(order, installation);
      if (counts.stream().anyMatch(count -> count.rejected() + count.unreadable() > 0)) {
        throw new IllegalStateException("not all could be read: " + counts);
      }
      installation.logdash().drain().block(PATIENCE);
      print(installation.logdash().totals(), counts.stream().mapToLong(IngestCounts::lines).sum());
    }
  }

  private static List<IngestCounts> importAll(Order order, Installation installation)
      throws IOException {
    ToLongFunction<String> position =
        order.fault() == Fault.FORGOTTEN_POSITIONS ? key -> -1 : installation.spool()::position;
    FileIngest ingest =
        new FileIngest(
            installation.logdash().sink(),
            position,
            installation.scheduler(),
            IngestOptions.defaults().withListener(new Complaints()));
    return Flux.fromIterable(files(order))
        .flatMap(ingest::importFiles, AT_ONCE)
        .collectList()
        .blockOptional(PATIENCE)
        .orElseThrow();
  }

  /** The files, in groups whose members are read one after the other. */
  private static Collection<List<String>> files(Order order) throws IOException {
    try (Stream<Path> files = Files.list(order.input())) {
      return files
          .map(Path::toString)
          .sorted()
          .collect(
              Collectors.groupingBy(
                  file -> order.mixed() ? file : NumberedLogs.laneOf(file), Collectors.toList()))
          .values();
    }
  }

  private static LogdashConfig config(Order order) {
    Map<String, String> values =
        Map.of(
            ConfigKeys.DATA_DIR.name(), order.data().toString(),
            ConfigKeys.SPOOL_LANES.name(), "2",
            ConfigKeys.REDACT_ENABLED.name(), String.valueOf(order.fault() != Fault.UNREDACTED),
            // An import that was killed in the middle of a stack trace goes on with it.
            ConfigKeys.MULTILINE_GAP.name(), order.mixed() ? "500ms" : "10m",
            ConfigKeys.PIPELINE_CHECKPOINT_INTERVAL.name(), "40ms",
            ConfigKeys.PIPELINE_CHECKPOINT_BYTES.name(), "128KB",
            // However full the disk of this machine is, nothing is to be dropped.
            ConfigKeys.RETENTION_MIN_FREE_DISK.name(), "0%");
    return LogdashConfig.of(List.of(new ConfigSource("test", values)));
  }

  private static void print(Totals totals, long read) {
    System.out.printf(
        "read %d lines %d stored %d dead %d repeated %d events %d letters %d%n",
        read,
        totals.lines(),
        totals.storedLines(),
        totals.deadLetterLines(),
        totals.repeatedLines(),
        totals.events(),
        totals.deadLetters());
  }

  private static final class Complaints implements IngestListener {
    @Override
    public void unreadable(String path, IOException failure) {
      System.err.println(path + " cannot be read: " + failure);
    }
  }
}
