package dev.logdash.server;

import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Page;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.query.QueryParser;
import java.nio.file.Path;
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
      "  logdash search 'user.name:*' --json --limit 1000 > events.ndjson"
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

  SearchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new CommandFailed(ExitCode.USAGE, "--limit is not positive: " + limit);
    }
    LogQuery.Builder query = LogQuery.builder().filter(filter(String.join(" ", words)));
    TimeRange.Span span = range.resolve(console.clock());
    query.between(span.from(), span.to());
    Path folder = LogdashCommand.of(parent).config(data).get(ConfigKeys.DATA_DIR);
    try (ReadSide side = ReadSide.open(folder, console.clock())) {
      if (countOnly) {
        console.out().println(Waiting.on(side.search().count(query.build())));
      } else if (print(side.search(), query) == 0) {
        console.err().println("no event matches" + hint(side.search()));
      }
      console.out().flush();
      List<String> leftOut = side.leftOut();
      leftOut.forEach(day -> console.err().println("logdash: the answer is without a day: " + day));
      return leftOut.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private Filter filter(String query) {
    try {
      return new QueryParser(console.clock()).parse(query);
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

  private long print(LogSearch search, LogQuery.Builder query) {
    EventPrinter printer = json ? EventPrinter.json() : EventPrinter.lines(console.colours());
    long printed = 0;
    while (printed < limit) {
      Page page =
          Waiting.on(search.search(query.limit((int) Math.min(PAGE, limit - printed)).build()));
      for (LogEvent event : page.events()) {
        printer.print(event, console.out());
      }
      printed += page.events().size();
      if (!page.more() || page.events().isEmpty()) {
        break;
      }
      query.after(page.events().get(page.events().size() - 1).orderKey());
    }
    return printed;
  }

  private String hint(LogSearch search) {
    long all = Waiting.on(search.count(LogQuery.builder().build()));
    return all == 0
        ? "; there are no events at all: 'logdash import FILE' takes logs in"
        : "; there are " + Numbers.grouped(all) + " events in all";
  }
}
