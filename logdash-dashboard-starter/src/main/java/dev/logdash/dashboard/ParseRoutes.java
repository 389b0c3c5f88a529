package dev.logdash.dashboard;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.ingest.Enricher;
import dev.logdash.core.decode.SourceRules;
import dev.logdash.core.parse.pattern.PatternException;
import dev.logdash.core.parse.pattern.PatternParser;
import dev.logdash.core.redact.Redactor;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;

/** How pasted lines would be understood; stores nothing. */
final class ParseRoutes {

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_LINES = 1_000;

  private final SearchSlots slots;
  private final Clock clock;
  private final String configured;
  private final SourceRules sources;
  private final Redactor redactor;
  private final Enricher enrichment;

  /**
   * @param configured the pattern that lines are parsed by where a request names none; may be empty
   * @param enrichment shown to those who may search all events, as it knows what no event says: who
   *     may not could ask a table for any key
   */
  ParseRoutes(
      SearchSlots slots,
      Clock clock,
      String configured,
      SourceRules sources,
      Redactor redactor,
      Enricher enrichment) {
    this.slots = slots;
    this.clock = clock;
    this.configured = configured;
    this.sources = sources;
    this.redactor = redactor;
    this.enrichment = enrichment;
  }

  List<Route> routes() {
    return List.of(
        Route.change("POST", "api/v1/parse", Permission.SEARCH, this::fromJson),
        new Route(
            "POST",
            "api/v1/parse",
            Permission.SEARCH,
            Route.Guard.OWN_PAGE,
            List.of("text", "pattern"),
            "text",
            this::fromText));
  }

  /**
   * The body of a request.
   *
   * @param lines the lines, of which one may hold line feeds
   * @param pattern as {@code logdash.parse.pattern} has it; empty for none
   */
  record Pasted(@Nullable List<String> lines, @Nullable String pattern) {}

  /** What is to be understood, and by which pattern; empty for none. */
  private static final class Question {
    private final byte[] text;
    private final String pattern;

    Question(byte[] text, String pattern) {
      this.text = text;
      this.pattern = pattern;
    }
  }

  private Mono<Reply> fromJson(Exchange exchange) {
    return answer(exchange, () -> question(Json.read(exchange.body(MAX_BYTES), Pasted.class)));
  }

  private Question question(Pasted pasted) {
    List<String> lines = pasted.lines();
    if (lines == null) {
      throw Problem.badRequest("body", "the body has no lines");
    }
    String pattern = pasted.pattern();
    return new Question(
        String.join("\n", lines).getBytes(StandardCharsets.UTF_8),
        pattern == null ? configured : pattern);
  }

  private Mono<Reply> fromText(Exchange exchange) {
    String pattern = exchange.text("pattern", "");
    return answer(
        exchange,
        () -> new Question(exchange.body(MAX_BYTES), pattern.isEmpty() ? configured : pattern));
  }

  // A slow sender keeps no turn, since all of the body is here before one is taken.
  private Mono<Reply> answer(Exchange exchange, Callable<Question> asked) {
    Principal asking = exchange.principal();
    Enricher shown = asking.mayEverywhere(Permission.SEARCH) ? enrichment : event -> event;
    return Mono.fromCallable(asked)
        .flatMap(
            question ->
                slots.run(asking.name(), Mono.fromCallable(() -> preview(question, shown))));
  }

  private Reply preview(Question question, Enricher shown) {
    PatternParser parser = parser(question.pattern);
    ParsePreview preview = new ParsePreview(parser, sources, redactor, shown, clock);
    List<ParsePreview.Understood> events = preview.read(question.text, MAX_LINES);
    return Reply.object(
        json -> {
          json.writeArrayPropertyStart("events");
          events.forEach(event -> write(event, json));
          json.writeEndArray();
          if (parser != null) {
            json.writeObjectPropertyStart("pattern");
            Json.text(json, "text", parser.toString());
            json.writeNumberProperty("unfitting", parser.refusedCount());
            json.writeNumberProperty("slow", parser.linearCount());
            json.writeNumberProperty("givenUp", parser.givenUpCount());
            json.writeEndObject();
          }
        });
  }

  private static void write(ParsePreview.Understood understood, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("line", understood.line());
    json.writeNumberProperty("lines", understood.lines());
    Json.text(json, "format", understood.format());
    json.writeName("event");
    EventWriter.write(understood.event(), json);
    json.writeEndObject();
  }

  private static @Nullable PatternParser parser(String pattern) {
    try {
      return pattern.isBlank() ? null : PatternParser.of(pattern);
    } catch (PatternException e) {
      throw Problem.pattern(e);
    }
  }
}
