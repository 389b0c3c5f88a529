package dev.logdash.server;

import dev.logdash.api.ingest.Enricher;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.decode.SourceRules;
import dev.logdash.core.enrich.EnricherChain;
import dev.logdash.core.parse.Parsers;
import dev.logdash.core.parse.pattern.PatternException;
import dev.logdash.core.parse.pattern.PatternParser;
import dev.logdash.core.redact.Redactor;
import dev.logdash.embedded.Enrichment;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints how lines are understood. */
@Command(
    name = "parse",
    sortOptions = false,
    description = {
      "Show how log lines are understood: a JSON object with ECS names for each line.",
      "Keeps their order, and also prints lines that no format fits. Stores nothing.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tail -f /var/log/syslog | logdash parse",
      "  logdash parse access.log | head",
      "  logdash parse --multiline app.log > events.ndjson"
    })
final class ParseCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";

  private final Console console;

  @ParentCommand private @Nullable LogdashCommand parent;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "What to read, - for standard input. Default: standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "auto",
      completionCandidates = Formats.class,
      description = "The format of all lines: ${COMPLETION-CANDIDATES}. Default: auto.")
  private String format = "auto";

  @Option(
      names = "--pattern",
      paramLabel = "KIND:TEXT",
      description =
          "What the lines look like: logback:, log4j:, dissect: or grok: and the pattern, which is"
              + " tried first. How many lines it did not fit is told at the end.")
  private @Nullable String pattern;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description =
          "The zone of times that name none, such as Europe/Berlin. Default: that of the settings.")
  private @Nullable ZoneId zone;

  @Option(
      names = "--multiline",
      description =
          "Join the lines of a stack trace to the line before them; then an object may stand for"
              + " several lines.")
  private boolean multiline;

  @Option(
      names = "--redact",
      description =
          "Mask secrets first, as import does; without it the lines are shown as they are.")
  private boolean redact;

  @Option(
      names = "--enrich",
      description =
          "Add what events get before they are stored, by the settings; without it only what the"
              + " lines say is shown.")
  private boolean enrich;

  ParseCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    requireFormat(format);
    LogdashConfig config = LogdashCommand.of(parent).config(Map.of());
    long most = config.get(ConfigKeys.SPOOL_MAX_RECORD_BYTES);
    Redactor redactor = redact ? Redactor.of(config) : null;
    SourceRules sources = zone == null ? SourceRules.of(config) : SourceRules.ofZone(zone);
    PatternParser first = pattern();
    try (ParseRun run =
        new ParseRun(
            console.out(),
            console.clock(),
            new ParseRun.How(
                format,
                first,
                sources,
                multiline,
                redactor,
                enrichment(config),
                Math.toIntExact(most)))) {
      for (String file : files.isEmpty() ? List.of(STANDARD_INPUT) : files) {
        if (file.equals(STANDARD_INPUT)) {
          run.read(console.in(), "stdin");
        } else {
          InputFile.read(file, in -> run.read(in, file));
        }
      }
      console.err().println(run.report());
    }
    if (first != null) {
      console.err().println(report(first));
    }
    return ExitCode.OK;
  }

  private Enricher enrichment(LogdashConfig config) {
    return enrich ? new EnricherChain(Enrichment.of(config)) : event -> event;
  }

  private @Nullable PatternParser pattern() {
    if (pattern == null) {
      return null;
    }
    if (!format.equals("auto")) {
      throw new CommandFailed(ExitCode.USAGE, "--format and --pattern exclude each other");
    }
    try {
      return PatternParser.of(pattern);
    } catch (PatternException e) {
      throw new CommandFailed(ExitCode.USAGE, "the pattern cannot be used: " + e.getMessage(), e);
    }
  }

  private static String report(PatternParser pattern) {
    return "The pattern did not fit "
        + Numbers.grouped(pattern.refusedCount())
        + " records; "
        + Numbers.grouped(pattern.linearCount())
        + " took the slow road, "
        + Numbers.grouped(pattern.givenUpCount())
        + " would have taken too long.";
  }

  /**
   * Checks what was given for {@code --format}.
   *
   * @throws CommandFailed if there is no such format
   */
  static void requireFormat(String name) {
    if (!Parsers.names().contains(name)) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "there is no format '" + name + "'; there are " + String.join(", ", Parsers.names()));
    }
  }

  /** The names that --format takes. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Parsers.names().iterator();
    }
  }
}
