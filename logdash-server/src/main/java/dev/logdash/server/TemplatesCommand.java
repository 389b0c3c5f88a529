package dev.logdash.server;

import dev.logdash.core.config.ConfigKeys;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints which statements made the lines of a log. */
@Command(
    name = "templates",
    sortOptions = false,
    description = {
      "Show which statement made each log line: a JSON object with the template of its message.",
      "Files are read twice, first to learn from all lines. Of standard input the first lines are"
          + " learned from, then each as it comes. Stores nothing.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  logdash templates app.log > ids.ndjson",
      "  logdash templates --list /var/log/syslog | head",
      "  journalctl -o cat | logdash templates --format text -"
    })
final class TemplatesCommand implements Callable<Integer> {

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
      completionCandidates = ParseCommand.Formats.class,
      description =
          "The format of all lines: ${COMPLETION-CANDIDATES}. Default: auto. With text a line is"
              + " its message.")
  private String format = "auto";

  @Option(
      names = "--list",
      description =
          "Print the templates instead, the most frequent first, with their lines and values.")
  private boolean list;

  @Option(
      names = "--learn",
      paramLabel = "LINES",
      defaultValue = "10000",
      description =
          "How many lines of standard input to learn from before the first is printed, at most"
              + " 8 MiB of them. Default: 10000.")
  private int learn = 10_000;

  TemplatesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ParseCommand.requireFormat(format);
    if (learn < 0) {
      throw new CommandFailed(ExitCode.USAGE, "--learn is negative: " + learn);
    }
    long most = LogdashCommand.of(parent).config(Map.of()).get(ConfigKeys.SPOOL_MAX_RECORD_BYTES);
    TemplateRun run = new TemplateRun(console.out());
    List<String> inputs = files.isEmpty() ? List.of(STANDARD_INPUT) : files;
    boolean twice = !inputs.contains(STANDARD_INPUT);
    if (list || twice) {
      read(inputs, Math.toIntExact(most), run::learn);
    }
    if (list) {
      run.list();
    } else if (twice) {
      run.settle();
      read(inputs, Math.toIntExact(most), run::print);
    } else {
      TemplateRun.Head head = run.head(learn);
      read(inputs, Math.toIntExact(most), head::take);
      head.end();
    }
    run.tell(console.err());
    return ExitCode.OK;
  }

  private void read(List<String> inputs, int maxLineBytes, MessageLines.Taker taker)
      throws IOException {
    MessageLines lines = new MessageLines(format, maxLineBytes);
    for (String input : inputs) {
      if (input.equals(STANDARD_INPUT)) {
        lines.read(console.in(), "stdin", taker);
      } else {
        lines.read(input, taker);
      }
    }
  }
}
