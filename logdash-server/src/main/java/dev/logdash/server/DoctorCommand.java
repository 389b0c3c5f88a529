package dev.logdash.server;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.config.ConfigKey;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.pipeline.LogDataProcessor;
import dev.logdash.core.spool.DiskFiles;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolStatistics;
import dev.logdash.embedded.EmbeddedLogdash;
import dev.logdash.embedded.EmbeddedStorage;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Looks at an installation and says of each part whether it is sound, and what to do if not. */
@Command(
    name = "doctor",
    sortOptions = false,
    description = {
      "Check this installation: Java, settings, data folder, disk, indices, spool.",
      "Each line says ok, warn or fail, and what to do. Changes nothing. Exit code 1 if anything",
      "fails.",
      ""
    })
final class DoctorCommand implements Callable<Integer> {

  private static final int LEAST_JAVA = 17;
  private static final long LOW_HEAP = 128L << 20;

  private final Console console;
  private boolean failed;

  @ParentCommand private @Nullable LogdashCommand parent;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder. Default: the setting logdash.data.dir.")
  private @Nullable Path data;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    LogdashConfig config = LogdashCommand.of(parent).config(data);
    java();
    settings(config);
    Path folder = config.get(ConfigKeys.DATA_DIR).toAbsolutePath();
    disk(folder, config);
    if (folder(folder)) {
      Optional<String> owner = lock(folder);
      stores(folder);
      if (owner.isEmpty()) {
        spool("spool", folder.resolve(EmbeddedLogdash.SPOOL), config);
        spool("dead letters", folder.resolve(EmbeddedLogdash.DEAD_LETTERS), config);
      } else {
        ok("spool", "not looked at, since a process works on it");
      }
    }
    return failed ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private void java() {
    int version = Runtime.version().feature();
    long heap = Runtime.getRuntime().maxMemory();
    String found = "version " + version + ", heap of at most " + Numbers.bytes(heap);
    if (version < LEAST_JAVA) {
      fail("java", found, "use Java " + LEAST_JAVA + " or newer");
    } else if (heap < LOW_HEAP) {
      warn("java", found, "set LOGDASH_JAVA_OPTS=-Xmx256m");
    } else {
      ok("java", found);
    }
  }

  private void settings(LogdashConfig config) {
    StringBuilder given = new StringBuilder();
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      config
          .source(key)
          .ifPresent(
              source ->
                  given
                      .append(given.length() == 0 ? "" : ", ")
                      .append(key.name())
                      .append(" from ")
                      .append(source));
    }
    ok("settings", given.length() == 0 ? "all defaults" : given.toString());
  }

  private void disk(Path folder, LogdashConfig config) {
    Path there = folder;
    while (Files.notExists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      FileStore store = Files.getFileStore(there);
      long free = store.getUsableSpace();
      double share = store.getTotalSpace() == 0 ? 1 : (double) free / store.getTotalSpace();
      double least = config.get(ConfigKeys.RETENTION_MIN_FREE_DISK);
      String found =
          String.format(Locale.ROOT, "%s free, %.0f %%", Numbers.bytes(free), 100 * share);
      if (free < config.get(ConfigKeys.STORE_RAM_BUFFER)) {
        fail("disk", found, "free some space: nothing can be stored");
      } else if (share < least) {
        warn(
            "disk",
            found,
            "below logdash.retention.min-free-disk, so the oldest days are dropped; free some"
                + " space or lower the setting");
      } else {
        ok("disk", found);
      }
    } catch (IOException e) {
      fail("disk", CommandLines.sentence(e), "check the path " + there);
    }
  }

  private boolean folder(Path folder) {
    if (Files.notExists(folder)) {
      warn("data folder", folder + " is not there yet", "'logdash import FILE' makes it");
      return false;
    }
    if (!Files.isDirectory(folder)) {
      fail("data folder", folder + " is no folder", "choose another one with --data");
      return false;
    }
    if (!Files.isReadable(folder) || !Files.isWritable(folder) || !Files.isExecutable(folder)) {
      fail(
          "data folder",
          "no right to read and write " + folder,
          "run as its owner, or change its rights");
      return false;
    }
    ok("data folder", folder.toString());
    return true;
  }

  /** The process that works on the folder; none may be said although one begins at once. */
  private Optional<String> lock(Path folder) {
    try {
      Optional<String> owner = EmbeddedStorage.owner(folder);
      ok(
          "lock",
          owner
              .map(process -> "process " + process + " works on the folder")
              .orElse("no other process has the folder"));
      return owner;
    } catch (BackendException e) {
      fail("lock", e);
      return Optional.of("");
    }
  }

  /** Reads every byte of the indices, and all statistics. */
  private void stores(Path folder) {
    try (EmbeddedStorage storage = EmbeddedStorage.read(folder, console.clock())) {
      for (String problem : Waiting.on(storage.logStore().verify())) {
        failed = true;
        line("fail", "events", problem);
      }
      long events = Waiting.on(storage.logStore().count(LogQuery.builder().build()));
      ok("events", Numbers.grouped(events) + " can be searched");
      statistics(storage);
    } catch (BackendException e) {
      fail("stores", e);
    }
  }

  private void statistics(EmbeddedStorage storage) {
    try {
      Waiting.untilDone(storage.checkStatistics());
      Waiting.untilDone(LogDataProcessor.checkSnapshots(storage.documentStore()));
      ok("statistics", "can be read");
    } catch (BackendException e) {
      fail("statistics", e);
    }
  }

  private void spool(String name, Path folder, LogdashConfig config) {
    if (Files.notExists(folder)) {
      ok(name, "none yet");
      return;
    }
    Scheduler scheduler = Schedulers.newSingle("logdash-doctor", true);
    try (Spool spool =
        Spool.open(
            new DiskFiles(folder),
            EmbeddedLogdash.spoolConfig(config),
            console.clock(),
            scheduler,
            new SecureRandom())) {
      SpoolStatistics statistics = spool.statistics();
      String found =
          Numbers.bytes(statistics.bytes()) + " of at most " + Numbers.bytes(statistics.maxBytes());
      if (statistics.corrupt() > 0 || statistics.missingSegments() > 0) {
        fail(
            name,
            found + ", damaged",
            "the records that the damage hit are lost, the others are not; check the disk");
      } else if (statistics.tornBytes() > 0) {
        ok(name, found + "; a crash had left half a record, which nobody was told was safe");
      } else if (statistics.oldestUnacknowledgedNanos() >= 0 && name.equals("spool")) {
        warn(
            name,
            found
                + ", with records since "
                + TimeRange.describe(statistics.oldestUnacknowledgedNanos())
                + " that are not stored yet",
            "the next 'logdash import' or server stores them");
      } else {
        ok(name, found);
      }
    } catch (BackendException e) {
      fail(name, e);
    } finally {
      scheduler.dispose();
    }
  }

  private void ok(String part, String found) {
    line("ok  ", part, found);
  }

  private void warn(String part, String found, String remedy) {
    line("warn", part, found + "; " + remedy);
  }

  private void fail(String part, String found, String remedy) {
    failed = true;
    line("fail", part, found + "; " + remedy);
  }

  private void fail(String part, BackendException failure) {
    failed = true;
    line("fail", part, CommandLines.sentence(failure));
  }

  private void line(String verdict, String part, String text) {
    console.out().println(String.format(Locale.ROOT, "%s  %-12s  %s", verdict, part, text));
  }
}
