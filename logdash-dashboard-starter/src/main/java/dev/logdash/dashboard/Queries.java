package dev.logdash.dashboard;

import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.query.PipedQuery;
import dev.logdash.core.query.QueryParser;
import dev.logdash.core.query.TimeGrammar;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Reads what all reading routes have in common: the query, the span of time, the dataset. */
final class Queries {

  private static final String DEFAULT_FROM = "now-15m";
  private static final String DEFAULT_TO = "now";

  private final Clock clock;

  Queries(Clock clock) {
    this.clock = clock;
  }

  /** The names of the parameters, with those of a route behind. */
  static List<String> parameters(String... own) {
    return with(List.of("q", "from", "to", "dataset"), own);
  }

  /** As {@link #parameters} without a query. */
  static List<String> spanParameters(String... own) {
    return with(List.of("from", "to", "dataset"), own);
  }

  /** The query of a request; the last quarter of an hour where it says no time. */
  LogQuery query(Exchange exchange) {
    return span(exchange).filter(filter(exchange)).build();
  }

  /** The query of a request with its pipes. */
  PipedQuery piped(Exchange exchange) {
    try {
      return new QueryParser(secondClock()).parsePiped(exchange.text("q", ""));
    } catch (QuerySyntaxException e) {
      throw Problem.query(e);
    }
  }

  /** The span and the dataset of a request; the last quarter of an hour where it says no time. */
  LogQuery.Builder span(Exchange exchange) {
    return span(exchange, DEFAULT_FROM, DEFAULT_TO);
  }

  Filter filter(Exchange exchange) {
    try {
      return new QueryParser(secondClock()).parse(exchange.text("q", ""));
    } catch (QuerySyntaxException e) {
      throw Problem.query(e);
    }
  }

  String dataset(Exchange exchange) {
    return exchange.text("dataset", RawRecord.DEFAULT_DATASET);
  }

  /** The span and the dataset of a request, without a filter. */
  LogQuery.Builder span(Exchange exchange, String defaultFrom, String defaultTo) {
    TimeGrammar grammar = new TimeGrammar(secondClock());
    long from = time(exchange, grammar, "from", defaultFrom).firstNanos();
    long to = time(exchange, grammar, "to", defaultTo).lastNanos();
    long end = to == Long.MAX_VALUE ? to : to + 1;
    if (end <= from) {
      throw Problem.badRequest("time_range", "from is not before to");
    }
    return LogQuery.builder().dataset(dataset(exchange)).between(from, end);
  }

  private static TimeGrammar.Span time(
      Exchange exchange, TimeGrammar grammar, String name, String defaultText) {
    try {
      return grammar.parse(exchange.text(name, defaultText));
    } catch (QuerySyntaxException e) {
      throw Problem.badRequest("time_syntax", name + ": " + e.getMessage());
    }
  }

  // The second that has begun belongs to a span that ends now, so that the newest events do.
  private Clock secondClock() {
    Instant now = clock.instant();
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    return Clock.fixed(now.equals(second) ? second : second.plusSeconds(1), ZoneOffset.UTC);
  }

  private static List<String> with(List<String> common, String... own) {
    List<String> all = new ArrayList<>(common);
    all.addAll(List.of(own));
    return all;
  }
}
