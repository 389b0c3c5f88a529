package dev.logdash.server;

import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.config.Topology;
import dev.logdash.core.migrate.Migration;
import dev.logdash.core.migrate.MigrationCounts;
import dev.logdash.core.rollup.RollupDefinition;
import dev.logdash.core.rollup.RollupSettings;
import dev.logdash.core.rollup.Tier;
import dev.logdash.dashboard.Stores;
import dev.logdash.embedded.EmbeddedLogdash;
import dev.logdash.embedded.EmbeddedStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Moves what a data folder holds into the stores of other settings. */
@Command(
    name = "migrate",
    sortOptions = false,
    description = {
      "Copy events, statistics, users, rules and all else from a data folder into other stores.",
      "Changes nothing in the folder. Both sides can be read meanwhile, but logs are to come in at",
      "the new side by then, or nowhere. Stopped or killed, it goes on where it was when it is",
      "started again, and nothing is there twice.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  logdash migrate --from embedded --to full-stack.yaml --data /var/lib/logdash"
    })
final class MigrateCommand implements Callable<Integer> {

  private static final String EMBEDDED = "embedded";
  private static final String SNAPSHOTS = "snapshot/";
  private static final long TOLD_EACH_NANOS = 1_000_000_000L;

  private final Console console;
  private long told;

  @ParentCommand private @Nullable LogdashCommand parent;

  @Option(
      names = "--from",
      paramLabel = "KIND",
      required = true,
      description = "Where from: 'embedded', which is a data folder.")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description = "Settings in YAML that name the stores to fill.")
  private @Nullable Path to;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder to copy from. Default: the setting logdash.data.dir.")
  private @Nullable Path data;

  MigrateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!from.equals(EMBEDDED)) {
      throw new CommandFailed(ExitCode.USAGE, "--from is not 'embedded': " + from);
    }
    LogdashConfig source = LogdashCommand.of(parent).config(data);
    Path folder = source.get(ConfigKeys.DATA_DIR);
    if (!Files.isDirectory(folder)) {
      throw new CommandFailed(ExitCode.SOFTWARE, "there is no data folder " + folder);
    }
    LogdashConfig target = target();
    boolean keepsInFolder = Topology.of(target).keepsInFolder();
    Path other = target.get(ConfigKeys.DATA_DIR);
    if (keepsInFolder && folder.toAbsolutePath().equals(other.toAbsolutePath())) {
      throw new CommandFailed(
          ExitCode.USAGE, "both sides are the data folder " + folder + "; --to names other stores");
    }
    try (EmbeddedStorage old = EmbeddedStorage.read(folder, console.clock());
        Stores stores = Stores.open(target, console.clock())) {
      List<String> damaged = Waiting.on(old.logStore().leftOut());
      if (!damaged.isEmpty()) {
        throw new CommandFailed(
            ExitCode.SOFTWARE,
            "the folder has days that cannot be read, which would be left behind: "
                + String.join("; ", damaged));
      }
      Migration migration =
          new Migration(
              new Migration.Side(
                  old.logStore(), old.logStore(), old.rollupStore(), old.documentStore()),
              new Migration.Side(
                  stores.events(), stores.search(), stores.rollups(), stores.documents()),
              new Migration.Plan(
                  Waiting.on(old.logStore().datasets()),
                  RollupSettings.DEFAULTS.definitions().stream()
                      .map(RollupDefinition::name)
                      .toList(),
                  EmbeddedLogdash.pipeline(source).rollups().tiers().stream()
                      .map(Tier::seconds)
                      .toList()),
              source(old, folder),
              HexFormat.of().toHexDigits(new SecureRandom().nextLong()),
              this::tell);
      MigrationCounts done = Objects.requireNonNull(Waiting.untilDone(migration.run()), "counts");
      console.out().println(summary(done));
      return done.refused() > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }
  }

  /** The first producer of the folder, whose name no other folder has; else where it is. */
  private static String source(EmbeddedStorage old, Path folder) {
    return Waiting.on(
        old.documentStore()
            .list(SNAPSHOTS, "", 1)
            .map(document -> document.key().substring(SNAPSHOTS.length()).split("/", 2)[0])
            .next()
            .defaultIfEmpty(folder.toAbsolutePath().toString()));
  }

  private LogdashConfig target() {
    Path file = Objects.requireNonNull(to, "to");
    return LogdashConfig.of(
        List.of(YamlSource.read(file), ConfigSource.environment(console.environment())));
  }

  private void tell(MigrationCounts now) {
    long time = System.nanoTime();
    if (console.errWatched() && time - told > TOLD_EACH_NANOS) {
      told = time;
      console.err().print("\r" + summary(now) + " ");
      console.err().flush();
    }
  }

  private static String summary(MigrationCounts counts) {
    return Numbers.grouped(counts.events())
        + " events copied, "
        + Numbers.grouped(counts.known())
        + " there before, "
        + Numbers.grouped(counts.refused())
        + " refused, "
        + Numbers.grouped(counts.cells())
        + " statistics, "
        + Numbers.grouped(counts.documents())
        + " documents"
        + (counts.kept() == 0
            ? ""
            : ", " + Numbers.grouped(counts.kept()) + " of the new side's own kept");
  }
}
