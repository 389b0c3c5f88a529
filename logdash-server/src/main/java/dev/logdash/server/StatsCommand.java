package dev.logdash.server;

import dev.logdash.core.config.LogdashConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Prints what the statistics say of a span of time, without touching the logs themselves. */
@Command(
    name = "stats",
    sortOptions = false,
    description = {
      "Show how many events each service logged, and how requests did: rates, errors, latencies.",
      "Reads statistics only, which are kept far longer than the logs.",
      ""
    },
    footer = {"", "Example:", "  logdash stats --from 1d"})
final class StatsCommand implements Callable<Integer> {

  private final Console console;

  @ParentCommand private @Nullable LogdashCommand parent;

  @Mixin private final TimeRange range = new TimeRange();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many services and routes to show, the busiest first. Default: 20.")
  private int limit;

  @Option(names = "--json", description = "One JSON object with everything, whatever the limit.")
  private boolean json;

  @Option(
      names = "--windows",
      description =
          "One JSON object a line for each series in each window of the span, whatever the limit.")
  private boolean windows;

  @Option(
      names = "--tier",
      paramLabel = "WIDTH",
      description =
          "How wide the windows are: 10s, 1m, 1h or 1d. Default: the finest that has all of the"
              + " span.")
  private @Nullable String width;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder. Default: the setting logdash.data.dir.")
  private @Nullable Path data;

  StatsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new CommandFailed(ExitCode.USAGE, "--limit is not positive: " + limit);
    }
    LogdashConfig config = LogdashCommand.of(parent).config(data);
    TimeRange.Span span = range.resolve(console.clock());
    StatsTier tier = tier(span, config);
    StatsReport report;
    try (ReadSide side = ReadSide.open(config, console.clock())) {
      if (windows) {
        long from = StatsReport.firstSecond(span, tier);
        long to = StatsReport.endSecond(span, tier);
        StatsWindows.print(side.rollups(), tier, from, to, console.out());
        return ExitCode.OK;
      }
      report = StatsReport.read(side.rollups(), span, tier);
    }
    if (json) {
      console.out().println(report.json());
    } else {
      report.print(console.out(), limit);
    }
    return ExitCode.OK;
  }

  private StatsTier tier(TimeRange.Span span, LogdashConfig config) {
    if (width == null) {
      return StatsTier.of(span, config, console.clock().instant().getEpochSecond());
    }
    for (StatsTier tier : StatsTier.values()) {
      if (tier.toString().equals(width)) {
        return tier;
      }
    }
    throw new CommandFailed(ExitCode.USAGE, "--tier is none of 10s, 1m, 1h, 1d: " + width);
  }
}
