package dev.logdash.server;

import dev.logdash.core.config.ConfigKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** A process that runs {@code logdash import}, and stays in a gap if it is told to. */
final class KilledImport {

  private static final int ORPHANED = 98;

  private KilledImport() {}

  /**
   * What a process is to do.
   *
   * @param input the folder of the files
   * @param data the data folder
   * @param report where it says in which gap it is
   * @param aheadMillis how far its clock is ahead of the real one
   * @param checkpointMillis the time between checkpoints
   * @param times at which pass through the gap it is to stay there; 0 for never
   */
  record Order(
      Path input,
      Path data,
      Path report,
      long aheadMillis,
      int checkpointMillis,
      Gap gap,
      int times,
      Fault fault) {

    List<String> arguments() {
      return List.of(
          input.toString(),
          data.toString(),
          report.toString(),
          Long.toString(aheadMillis),
          Integer.toString(checkpointMillis),
          gap.name(),
          Integer.toString(times),
          fault.name());
    }

    static Order of(String[] arguments) {
      return new Order(
          Path.of(arguments[0]),
          Path.of(arguments[1]),
          Path.of(arguments[2]),
          Long.parseLong(arguments[3]),
          Integer.parseInt(arguments[4]),
          Gap.valueOf(arguments[5]),
          Integer.parseInt(arguments[6]),
          Fault.valueOf(arguments[7]));
    }

    Clock clock() {
      return Clock.offset(Clock.systemUTC(), Duration.ofMillis(aheadMillis));
    }
  }

  public static void main(String[] arguments) throws IOException {
    Order order = Order.of(arguments);
    dieWithParent();
    GapWatch watch = new GapWatch(order.report(), order.gap(), order.times());
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            System.out,
            System.err,
            false,
            false,
            Map.of(),
            settings(order),
            order.clock());
    CommandLine line =
        new CommandLine(new LogdashCommand(console))
            .addSubcommand(new ImportCommand(console, new GapAssembly(watch, order.fault())));
    int code = line.execute("import", order.input().resolve("*").toString());
    console.out().flush();
    System.exit(code);
  }

  private static Map<String, String> settings(Order order) {
    Map<String, String> settings = new HashMap<>();
    settings.put(ConfigKeys.DATA_DIR.name(), order.data().toString());
    settings.put(ConfigKeys.SPOOL_LANES.name(), "2");
    settings.put(ConfigKeys.PIPELINE_CHECKPOINT_INTERVAL.name(), order.checkpointMillis() + "ms");
    settings.put(ConfigKeys.PIPELINE_CHECKPOINT_BYTES.name(), "4GB");
    // However full the disk of this machine is, nothing is to be dropped.
    settings.put(ConfigKeys.RETENTION_MIN_FREE_DISK.name(), "0%");
    return settings;
  }

  /** The parent holds the other end of the input as long as it lives. */
  private static void dieWithParent() {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nothing is ever sent.
                }
              } catch (IOException e) {
                // The end as well.
              }
              Runtime.getRuntime().halt(ORPHANED);
            },
            "parent");
    thread.setDaemon(true);
    thread.start();
  }
}
