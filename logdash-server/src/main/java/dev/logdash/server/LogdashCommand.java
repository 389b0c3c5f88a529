package dev.logdash.server;

import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command above all others: what they share. */
@Command(
    name = "logdash",
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Turns log lines into answers: understands them, keeps them, counts them, finds them again.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it did what it was asked to",
      "1:it failed; the last line on standard error says why",
      "2:it was asked wrongly: an option, a query or a setting"
    },
    footer = {
      "",
      "Start here:",
      "  logdash parse app.log              see how lines are understood; stores nothing",
      "  logdash import app.log access.log  take logs in",
      "  logdash search 'error AND timeout' find them again",
      "  logdash stats                      rates, errors and latencies",
      "",
      "'logdash COMMAND --help' tells more. docs/configuration.md lists the settings."
    })
final class LogdashCommand implements Callable<Integer> {

  private static final String DEFAULT_FILE = "logdash.yaml";

  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "Settings in YAML. Default: $LOGDASH_CONFIG, else logdash.yaml in the working directory"
              + " if there is one.")
  private @Nullable Path configFile;

  @Option(
      names = "-D",
      paramLabel = "NAME=VALUE",
      scope = ScopeType.INHERIT,
      description = "One setting, over those of file and environment: -D logdash.spool.lanes=2")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Tell on standard error what happens inside, and where a failure came from.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean version;

  LogdashCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (spec != null) {
      console.err().print(spec.commandLine().getUsageMessage());
    }
    return ExitCode.USAGE;
  }

  /** The command above a command that picocli has run. */
  static LogdashCommand of(@Nullable LogdashCommand parent) {
    return Objects.requireNonNull(parent, "parent");
  }

  boolean verbose() {
    return verbose;
  }

  /**
   * The settings of all places, with those that an option of a command gives on top.
   *
   * @param options by full name
   */
  LogdashConfig config(Map<String, String> options) {
    List<ConfigSource> sources = new ArrayList<>();
    String variable = console.environment().getOrDefault("LOGDASH_CONFIG", "");
    if (configFile != null) {
      sources.add(YamlSource.read(configFile));
    } else if (!variable.isEmpty()) {
      sources.add(YamlSource.read(Path.of(variable)));
    } else if (Files.exists(Path.of(DEFAULT_FILE))) {
      sources.add(YamlSource.read(Path.of(DEFAULT_FILE)));
    }
    sources.add(ConfigSource.environment(console.environment()));
    sources.add(ConfigSource.properties("system property", console.properties()));
    sources.add(new ConfigSource("-D", settings));
    sources.add(new ConfigSource("option", options));
    return LogdashConfig.of(sources);
  }

  /** The settings of all places, with a data folder on top if an option gave one. */
  LogdashConfig config(@Nullable Path dataOption) {
    return config(
        dataOption == null ? Map.of() : Map.of(ConfigKeys.DATA_DIR.name(), dataOption.toString()));
  }
}
