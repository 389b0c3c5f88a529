package dev.logdash.server;

import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.core.query.TimeGrammar;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The options that bound a span of time, and what they stand for. */
final class TimeRange {

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "From this time on: 15m, 2h, 7d (that long ago), now-1d/d, 2026-11-23,"
              + " 2026-11-23T10:00:00Z, or milliseconds since 1970. UTC where no zone is given."
              + " Default: all that is kept.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description =
          "Up to this time, written as for --from; a day or an hour counts whole. Default: no"
              + " end.")
  private @Nullable String to;

  /**
   * Nanoseconds since 1970.
   *
   * @param from included
   * @param to excluded; {@link Long#MAX_VALUE} for no end
   */
  record Span(long from, long to) {}

  Span resolve(Clock clock) {
    TimeGrammar grammar = new TimeGrammar(clock);
    long first = from == null ? 0 : parse(grammar, "--from", from).firstNanos();
    long last = to == null ? Long.MAX_VALUE : parse(grammar, "--to", to).lastNanos();
    long end = last == Long.MAX_VALUE ? last : last + 1;
    if (end <= first) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--from " + describe(first) + " is not before --to " + describe(end) + " (UTC)");
    }
    return new Span(first, end);
  }

  private static TimeGrammar.Span parse(TimeGrammar grammar, String option, String text) {
    try {
      return grammar.parse(text);
    } catch (QuerySyntaxException e) {
      throw new CommandFailed(ExitCode.USAGE, option + ": " + e.getMessage(), e);
    }
  }

  /** A time as people read it, cut to seconds. */
  static String describe(long nanos) {
    return Instant.ofEpochSecond(nanos / 1_000_000_000L).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
