package dev.logdash.server;

import dev.logdash.api.event.LogEvent;
import dev.logdash.core.config.ConfigKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows the events of a running server as they come. */
@Command(
    name = "tail",
    sortOptions = false,
    description = {
      "Follow the events of a running server as they come.",
      "",
      "Goes on until it is told to end. When the connection is lost it makes a new one and goes on",
      "behind the last event shown."
    },
    footer = {
      "",
      "Examples:",
      "  logdash tail --user ada",
      "  logdash tail 'log.level:error' --url https://logs.example.com --user ada --json"
    })
final class TailCommand implements Callable<Integer> {

  // The server gives a sign of life about each two seconds.
  private static final Duration SILENCE = Duration.ofSeconds(15);
  private static final long FIRST_WAIT_MILLIS = 500;
  private static final long LONGEST_WAIT_MILLIS = 30_000;
  private static final long ENDING_SECONDS = 5;

  private final Console console;

  @ParentCommand private @Nullable LogdashCommand parent;

  @Parameters(
      paramLabel = "QUERY",
      arity = "0..*",
      description = "What to follow; several words are one query. All events if there is none.")
  private List<String> words = List.of();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "End after so many events.")
  private long limit = Long.MAX_VALUE;

  @Option(names = "--json", description = "One JSON object a line, with ECS names.")
  private boolean json;

  @Mixin private final RemoteOptions remote = new RemoteOptions();

  private final CountDownLatch told = new CountDownLatch(1);
  private long shown;
  private String last = "";

  TailCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new CommandFailed(ExitCode.USAGE, "--limit is not positive: " + limit);
    }
    String query = String.join(" ", words);
    Object unused = SearchCommand.filter(console.clock(), query);
    int port = LogdashCommand.of(parent).config(Map.of()).get(ConfigKeys.SERVER_PORT);
    Thread own = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    // So that the session ends with the process, and does not stay open for half an hour.
    Thread hook = new Thread(() -> end(own, ended), "logdash-shutdown");
    try (RemoteServer server = remote.open(console, "http://127.0.0.1:" + port)) {
      Runtime.getRuntime().addShutdownHook(hook);
      follow(server, query);
    } catch (InterruptedException e) {
      console.out().flush();
    } finally {
      ended.countDown();
      forget(hook);
    }
    return ExitCode.OK;
  }

  private void end(Thread own, CountDownLatch ended) {
    told.countDown();
    own.interrupt();
    try {
      if (!ended.await(ENDING_SECONDS, TimeUnit.SECONDS)) {
        Thread.currentThread().interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends, and waits for nothing else.
    }
  }

  private void follow(RemoteServer server, String query) throws InterruptedException {
    long wait = FIRST_WAIT_MILLIS;
    boolean first = true;
    while (shown < limit) {
      String reason;
      try (TailFeed feed = new TailFeed(server.follow("api/v1/tail", parameters(query)))) {
        if (!first) {
          console.err().println("logdash: connected again");
        }
        first = false;
        boolean heard = read(feed);
        wait = heard ? FIRST_WAIT_MILLIS : wait;
        reason = "the connection was lost";
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        reason = CommandLines.plain(CommandLines.sentence(e));
      }
      if (shown < limit) {
        console.err().println("logdash: " + server.address() + ": " + reason + "; trying again");
        long some = wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2);
        if (told.await(some, TimeUnit.MILLISECONDS)) {
          return;
        }
        wait = Math.min(LONGEST_WAIT_MILLIS, 2 * wait);
      }
    }
  }

  private Map<String, String> parameters(String query) {
    return new TreeMap<>(Map.of("q", query, "after", last));
  }

  // Whether anything came at all.
  private boolean read(TailFeed feed) throws InterruptedException {
    EventPrinter printer = json ? EventPrinter.json() : EventPrinter.lines(console.colours());
    boolean heard = false;
    while (shown < limit) {
      TailFeed.Message message = feed.next(SILENCE);
      if (message == null || message.isEnd()) {
        return heard;
      }
      heard = true;
      if (message.event().equals("events")) {
        print(message, printer);
      }
    }
    return heard;
  }

  private void print(TailFeed.Message message, EventPrinter printer) {
    JsonNode news;
    try {
      news = JsonMapper.shared().readTree(message.data());
    } catch (JacksonException e) {
      throw new CommandFailed(ExitCode.SOFTWARE, "the server sends what is no live tail", e);
    }
    long skipped = news.path("skipped").asLong(0);
    if (skipped > 0) {
      console.err().println("logdash: skipped " + Numbers.grouped(skipped) + " events");
    }
    if (news.path("gap").asBoolean(false)) {
      console.err().println("logdash: some events may be missing here");
    }
    for (LogEvent event : RemoteEvents.of(news)) {
      if (shown < limit) {
        printer.print(event, console.out());
        shown++;
      }
    }
    console.out().flush();
    if (!message.id().isEmpty()) {
      last = message.id();
    }
  }
}
