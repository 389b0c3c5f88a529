package dev.logdash.server;

import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.query.PipedQuery;
import dev.logdash.core.query.QueryParser;
import dev.logdash.core.table.PipedSearch;
import dev.logdash.core.table.ResultTable;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Finds events and prints them, the newest first, or the table that a query makes of them. */
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
      "  'level:error | stats count() by service | sort -count'     a table",
      "  '* | top 10 url.path'",
      "  '* | stats count() by service | where count > 10 | eval rate = count / 60'",
      "  'took | extract \"took %%{ms} ms\" | stats max(ms) by service'",
      "",
      "Examples:",
      "  logdash search 'error AND timeout' --from 1h",
      "  logdash search 'user.name:*' --json --limit 1000 > events.ndjson",
      "  logdash search timeout --url https://logs.example.com --user ada"
    })
final class SearchCommand implements Callable<Integer> {

  // Pages of this size keep memory flat however much is asked for.
  private static final int PAGE = 1_000;
  private static final int DEFAULT_LIMIT = 100;

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
      description =
          "How many events or rows to print at most. Default: 100 events, all rows of a table.")
  private @Nullable Long limit;

  @Option(names = "--count", description = "Print only how many events there are.")
  private boolean countOnly;

  @Option(names = "--json", description = "One JSON object a line, with ECS names or columns.")
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
    if (limit != null && limit < 1) {
      throw new CommandFailed(ExitCode.USAGE, "--limit is not positive: " + limit);
    }
    String text = String.join(" ", words);
    boolean isPiped = QueryParser.isPiped(text);
    if (countOnly && isPiped) {
      throw new CommandFailed(
          ExitCode.USAGE, "--count counts events, and a query with a pipe makes a table");
    }
    PipedQuery query = parsed(text, () -> new QueryParser(console.clock()).parsePiped(text));
    TimeRange.Span span = range.resolve(console.clock());
    try (EventPages pages = pages(text, query, span)) {
      if (countOnly) {
        console.out().println(pages.count());
      } else if ((isPiped ? printTable(pages) : print(pages)) == 0) {
        console.err().println("no event matches" + hint(pages));
      }
      console.out().flush();
      List<String> leftOut = pages.leftOut();
      leftOut.forEach(day -> console.err().println("logdash: the answer is without a day: " + day));
      return leftOut.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private EventPages pages(String text, PipedQuery query, TimeRange.Span span) {
    if (remote.isGiven()) {
      return new RemotePages(remote.open(console, ""), text, span);
    }
    LogdashConfig config = LogdashCommand.of(parent).config(data);
    LogQuery.Builder where = LogQuery.builder().between(span.from(), span.to());
    return new FolderPages(ReadSide.open(config, console.clock()), query, where);
  }

  /**
   * What a query asks for.
   *
   * @throws CommandFailed if it has an error, with a mark below it
   */
  static Filter filter(Clock clock, String query) {
    return parsed(query, () -> new QueryParser(clock).parse(query));
  }

  private static <T> T parsed(String query, Supplier<T> parsing) {
    try {
      return parsing.get();
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
    long most = limit == null ? DEFAULT_LIMIT : limit;
    long printed = 0;
    while (printed < most) {
      List<LogEvent> page = pages.next((int) Math.min(PAGE, most - printed));
      if (page.isEmpty()) {
        break;
      }
      page.forEach(event -> printer.print(event, console.out()));
      printed += page.size();
    }
    return printed;
  }

  private long printTable(EventPages pages) {
    ResultTable table = pages.table();
    int rows = table.rows().size();
    if (limit != null && limit < rows) {
      rows = limit.intValue();
      table = new ResultTable(table.columns(), table.rows().subList(0, rows), table.truncated());
    }
    if (json) {
      TablePrinter.json(table, console.out());
    } else if (rows > 0) {
      TablePrinter.text(table, console.out());
    }
    if (table.truncated()) {
      console
          .err()
          .println(
              "logdash: the table is not whole: it is made of the first "
                  + Numbers.grouped(PipedSearch.MAX_ROWS)
                  + " groups or events; a narrower query leaves none out");
    }
    return rows;
  }

  private static String hint(EventPages pages) {
    long all = pages.countAll();
    return all == 0
        ? "; there are no events at all: 'logdash import FILE' takes logs in"
        : "; there are " + Numbers.grouped(all) + " events in all";
  }
}
