package dev.logdash.server;

import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.query.QueryParser;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Finds events and prints them, the newest first. */
@Command(
    name = "search",
    sortOptions = false,
    description = {"Find events, the newest first.", ""},
    footer = {
      "",
      "Queries (docs/query-language.md has all of it):",
      "  timeout checkout                 both words, anywhere in the event",
      "  '\"connection refused\"'           the words one behind the other",
      "  'log.level:error service.name:shop'",
      "  'status:>=500 AND NOT path:/health*'",
      "",
      "Examples:",
      "  logdash search 'error AND timeout' --from 1h",
      "  logdash search 'user.name:*' --json --limit 1000 > events.ndjson",
      "  logdash search timeout --url https://logs.example.com --user ada"
    })
final class SearchCommand implements Callable<Integer> {

  // Pages of this size keep memory flat however much is asked for.
  private static final int PAGE = 1_000;

  private final Console console;

  @ParentCommand private @Nullable LogdashCommand parent;

  @Parameters(
      paramLabel = "QUERY",
      arity = "0..*",
      description = "What to look for; several words are one query. All events if there is none.")
  private List<String> words = List.of();

  @Mixin private final TimeRange range = new TimeRange();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "100",
      description = "How many events to print at most. Default: ${DEFAULT-VALUE}.")
  private long limit;

  @Option(names = "--count", description = "Print only how many events there are.")
  private boolean countOnly;

  @Option(names = "--json", description = "One JSON object a line, with ECS names.")
  private boolean json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder. Default: the setting logdash.data.dir.")
  private @Nullable Path data;

  @Mixin private final RemoteOptions remote = new RemoteOptions();

  SearchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new CommandFailed(ExitCode.USAGE, "--limit is not positive: " + limit);
    }
    String text = String.join(" ", words);
    LogQuery.Builder query = LogQuery.builder().filter(filter(console.clock(), text));
    TimeRange.Span span = range.resolve(console.clock());
    query.between(span.from(), span.to());
    try (EventPages pages = pages(text, query, span)) {
      if (countOnly) {
        console.out().println(pages.count());
      } else if (print(pages) == 0) {
        console.err().println("no event matches" + hint(pages));
      }
      console.out().flush();
      List<String> leftOut = pages.leftOut();
      leftOut.forEach(day -> console.err().println("logdash: the answer is without a day: " + day));
      return leftOut.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private EventPages pages(String text, LogQuery.Builder query, TimeRange.Span span) {
    if (remote.isGiven()) {
      return new RemotePages(remote.open(console, ""), text, span);
    }
    LogdashConfig config = LogdashCommand.of(parent).config(data);
    return new FolderPages(ReadSide.open(config, console.clock()), query);
  }

  /**
   * What a query asks for.
   *
   * @throws CommandFailed if it has an error, with a mark below it
   */
  static Filter filter(Clock clock, String query) {
    try {
      return new QueryParser(clock).parse(query);
    } catch (QuerySyntaxException e) {
      // A tab or a wide character would push the caret aside.
      String shown = CommandLines.plain(query.replaceAll("\\s", " "));
      int column = shown.codePointCount(0, Math.min(e.position(), shown.length()));
      throw new CommandFailed(
          ExitCode.USAGE,
          "the query has an error in column "
              + e.column()
              + ": "
              + e.getMessage()
              + "\n  "
              + shown
              + "\n  "
              + " ".repeat(column)
              + "^",
          e);
    }
  }

  private long print(EventPages pages) {
    EventPrinter printer = json ? EventPrinter.json() : EventPrinter.lines(console.colours());
    long printed = 0;
    while (printed < limit) {
      List<LogEvent> page = pages.next((int) Math.min(PAGE, limit - printed));
      if (page.isEmpty()) {
        break;
      }
      page.forEach(event -> printer.print(event, console.out()));
      printed += page.size();
    }
    return printed;
  }

  private static String hint(EventPages pages) {
    long all = pages.countAll();
    return all == 0
        ? "; there are no events at all: 'logdash import FILE' takes logs in"
        : "; there are " + Numbers.grouped(all) + " events in all";
  }
}
