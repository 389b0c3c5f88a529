package dev.logdash.server;

import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.ship.Shipping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process that logs numbered lines and ships them; started again, it goes on behind the last line
 * that its spool has. Says in a file how far it is.
 */
final class ShippingService {

  private static final int ORPHANED = 98;
  private static final int STEP = 10;
  private static final String KEY = "numbers";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private ShippingService() {}

  /** How many lines were appended in all lives, and how many shipped in this one. */
  record Progress(long appended, long shipped) {

    static Progress read(Path report) throws IOException {
      if (Files.notExists(report)) {
        return new Progress(0, 0);
      }
      String[] parts = Files.readString(report).split(" ");
      return new Progress(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    void write(Path report) throws IOException {
      Path next = report.resolveSibling("report.next");
      Files.writeString(next, appended + " " + shipped);
      Files.move(next, report, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Takes the data folder, the report, the address of the server, and the number of lines. */
  public static void main(String[] arguments) throws Exception {
    dieWithParent();
    Path report = Path.of(arguments[1]);
    long count = Long.parseLong(arguments[3]);
    LogdashConfig config =
        LogdashConfig.of(
            List.of(
                new ConfigSource(
                    "test",
                    Map.of("logdash.data.dir", arguments[0], "logdash.ingest", arguments[2]))));
    try (Shipping remote = Shipping.toServer(config, Clock.systemUTC(), new SecureRandom())) {
      long next = Math.max(0, remote.spool().position(KEY));
      while (next < count) {
        remote.sink().append(lines(next), AckLevel.SPOOLED).block(PATIENCE);
        next += STEP;
        new Progress(next, remote.statistics().shipped()).write(report);
        // A service has other things to do as well.
        TimeUnit.MILLISECONDS.sleep(10);
      }
      CompletableFuture<Void> drained = remote.drain().toFuture();
      while (!drained.isDone()) {
        new Progress(next, remote.statistics().shipped()).write(report);
        TimeUnit.MILLISECONDS.sleep(10);
      }
      drained.join();
    }
    System.exit(0);
  }

  private static List<Submission> lines(long from) {
    List<Submission> lines = new ArrayList<>();
    for (long n = from; n < from + STEP; n++) {
      lines.add(
          Submission.of("line " + n, "service.log").withPosition(new SourcePosition(KEY, n + 1)));
    }
    return lines;
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
