package dev.logdash.server;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.IngestTarget;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.ingest.FileIngest;
import dev.logdash.core.ingest.IngestCounts;
import dev.logdash.core.ingest.IngestListener;
import dev.logdash.core.ingest.IngestOptions;
import dev.logdash.core.ingest.StreamIngest;
import dev.logdash.core.pipeline.Totals;
import dev.logdash.core.ship.ShipStatistics;
import dev.logdash.core.ship.Shipping;
import dev.logdash.core.spool.Spool;
import dev.logdash.dashboard.Installation;
import dev.logdash.dashboard.ShippingWiring;
import dev.logdash.embedded.Assembly;
import dev.logdash.otlp.OtlpLogs;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Takes files in through the whole road and waits until everything is stored. */
@Command(
    name = "import",
    sortOptions = false,
    description = {
      "Take log files in: plain or gzip, of any format. Ends when everything is stored and counted.",
      "Started again after it was stopped or killed, it goes on where it was: no line is lost or",
      "doubled, and files that were imported before are passed over.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  logdash import /var/log/nginx/access.log*",
      "  logdash import --data /tmp/try app.log && logdash search timeout --data /tmp/try"
    })
final class ImportCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";

  private final Console console;
  private final Assembly assembly;

  @ParentCommand private @Nullable LogdashCommand parent;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files or quoted globs ('/var/log/**/*.log'); - for standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder. Default: the setting logdash.data.dir.")
  private @Nullable Path data;

  ImportCommand(Console console) {
    this(console, Assembly.DIRECT);
  }

  ImportCommand(Console console, Assembly assembly) {
    this.console = console;
    this.assembly = assembly;
  }

  @Override
  public Integer call() {
    LogdashConfig config = LogdashCommand.of(parent).config(data);
    IngestTarget target = config.get(ConfigKeys.INGEST);
    return target instanceof IngestTarget.Local ? store(config) : ship(config);
  }

  /** Brings the files to a server or a topic, through the spool in the data folder. */
  private int ship(LogdashConfig config) {
    try (Shipping remote = ShippingWiring.start(config, console.clock(), new SecureRandom());
        Watcher watcher = new Watcher()) {
      Vigil vigil = new Vigil(Mono.defer(remote::check), watcher::waiting, watcher::goingOn);
      vigil.untilDone(remote.drain());
      ShipStatistics before = remote.statistics();
      Tally tally = new Tally();
      read(remote.sink(), remote.spool(), remote.scheduler(), vigil, options(config, watcher))
          .forEach(tally::add);
      watcher.settling();
      vigil.untilDone(remote.drain());
      long shipped = remote.statistics().shipped() - before.shipped();
      long refused = remote.statistics().refused() - before.refused();
      console
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "%s lines read, %s shipped, %s refused by the server, %s dropped",
                  Numbers.grouped(tally.lines),
                  Numbers.grouped(shipped),
                  Numbers.grouped(refused),
                  Numbers.grouped(tally.rejected)));
      tell(tally);
      return refused > 0 ? ExitCode.SOFTWARE : tally.exitCode();
    }
  }

  private int store(LogdashConfig config) {
    try (Installation installation =
        Installation.start(config, console.clock(), new SecureRandom(), assembly)) {
      Watcher watcher = new Watcher();
      Vigil vigil =
          new Vigil(Mono.defer(installation.logdash()::check), watcher::waiting, watcher::goingOn);
      // What an earlier run had spooled but not stored is stored first, and is not counted as ours.
      vigil.untilDone(installation.logdash().drain());
      Totals before = installation.logdash().totals();
      long started = System.nanoTime();
      Tally tally = new Tally();
      try (watcher) {
        read(
                installation.logdash().sink(),
                installation.spool().orElseThrow(),
                installation.scheduler(),
                vigil,
                options(config, watcher))
            .forEach(tally::add);
        watcher.settling();
        vigil.untilDone(installation.logdash().drain());
      }
      double seconds = (System.nanoTime() - started) / 1e9;
      summarise(installation.logdash().totals(), before, tally.lines, tally.rejected, seconds);
      tell(tally);
      return tally.exitCode();
    }
  }

  private static IngestOptions options(LogdashConfig config, Watcher watcher) {
    return IngestOptions.defaults()
        .withMaxLineBytes(Math.toIntExact(config.get(ConfigKeys.SPOOL_MAX_RECORD_BYTES)))
        .withSplitter(OtlpLogs::documentsOfLine)
        .withListener(watcher);
  }

  private void tell(Tally tally) {
    if (tally.cut > 0) {
      console
          .out()
          .println(
              Numbers.grouped(tally.cut)
                  + (tally.cut == 1 ? " line was" : " lines were")
                  + " longer than "
                  + ConfigKeys.SPOOL_MAX_RECORD_BYTES.name()
                  + " and cut to it");
    }
    if (tally.lines == 0 && tally.rejected == 0 && tally.unreadable == 0) {
      console.out().println("nothing new: these files are empty or were imported before");
    }
  }

  /** What the readers counted together. */
  private static final class Tally {
    private long lines;
    private long rejected;
    private long unreadable;
    private long cut;

    void add(IngestCounts counts) {
      lines += counts.lines();
      rejected += counts.rejected();
      unreadable += counts.unreadable();
      cut += counts.cut();
    }

    int exitCode() {
      return unreadable > 0 || rejected > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }
  }

  private List<IngestCounts> read(
      LogSink sink, Spool spool, Scheduler scheduler, Vigil vigil, IngestOptions options) {
    IngestCounts none = new IngestCounts(0, 0, 0, 0, 0);
    List<String> named = files.stream().filter(file -> !file.equals(STANDARD_INPUT)).toList();
    IngestCounts fromFiles =
        named.isEmpty()
            ? none
            : vigil.untilDone(
                new FileIngest(sink, spool::positions, scheduler, options).importFiles(named));
    IngestCounts fromInput =
        files.contains(STANDARD_INPUT)
            ? vigil.untilDone(
                new StreamIngest(sink, scheduler, options).importStream(console.in(), "stdin"))
            : none;
    return List.of(fromFiles, fromInput);
  }

  private void summarise(Totals after, Totals before, long lines, long rejected, double seconds) {
    console
        .out()
        .println(
            Numbers.grouped(lines)
                + " lines read, "
                + Numbers.grouped(after.events() - before.events())
                + " events stored, "
                + Numbers.grouped(after.deadLetters() - before.deadLetters())
                + " dead letters, "
                + Numbers.grouped(rejected)
                + " dropped, "
                + String.format(
                    Locale.ROOT,
                    "%.1f s, %,.0f lines/s",
                    seconds,
                    lines / Math.max(1e-3, seconds)));
  }

  /** Tells of the progress on a terminal, and of what went wrong everywhere. */
  private final class Watcher implements IngestListener, AutoCloseable {

    private @Nullable ProgressBar bar;
    private final Set<String> told = new HashSet<>();

    @Override
    public synchronized void progress(long bytesDone, long bytesTotal) {
      if (!console.errWatched()) {
        return;
      }
      if (bar == null) {
        bar =
            new ProgressBarBuilder()
                .setTaskName("importing")
                .setInitialMax(bytesTotal)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .setUnit(" MB", 1 << 20)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(console.err(), 100))
                .build();
      }
      bar.stepTo(bytesDone);
    }

    synchronized void settling() {
      if (bar != null) {
        bar.setExtraMessage("storing");
      }
    }

    @Override
    public synchronized void unreadable(String path, IOException failure) {
      say(CommandLines.sentence(path, failure));
    }

    @Override
    public synchronized void rejected(Submission line, String reason) {
      say("a line of " + line.source() + " was refused: " + reason);
    }

    @Override
    public synchronized void waiting(Throwable failure) {
      // A spool at its limit is the ordinary way to slow down; a person wants to know of the disk.
      String reason = CommandLines.sentence(failure);
      boolean ordinary =
          failure instanceof BackendException.Overloaded
              && failure.getCause() == null
              && !reason.contains("; ");
      if (!ordinary && told.add(reason)) {
        say("waiting: " + reason);
      }
    }

    synchronized void goingOn() {
      if (!told.isEmpty()) {
        told.clear();
        say("going on");
      }
    }

    private void say(String text) {
      console.err().println("logdash: " + CommandLines.plain(text));
    }

    @Override
    public synchronized void close() {
      if (bar != null) {
        bar.close();
        bar = null;
      }
    }
  }
}
