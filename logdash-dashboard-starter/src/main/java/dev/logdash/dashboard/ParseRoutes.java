package dev.logdash.dashboard;

import dev.logdash.api.auth.Permission;
import dev.logdash.core.parse.pattern.PatternException;
import dev.logdash.core.parse.pattern.PatternParser;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
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

  /**
   * @param configured the pattern that lines are parsed by where a request names none; may be empty
   */
  ParseRoutes(SearchSlots slots, Clock clock, String configured) {
    this.slots = slots;
    this.clock = clock;
    this.configured = configured;
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
  record Pasted(List<String> lines, @Nullable String pattern) {}

  private Mono<Reply> fromJson(Exchange exchange) {
    return answer(
        exchange,
        () -> {
          Pasted pasted = Json.read(exchange.body(MAX_BYTES), Pasted.class);
          List<String> lines = pasted.lines();
          if (lines == null) {
            throw Problem.badRequest("body", "the body has no lines");
          }
          byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
          return preview(text, pasted.pattern());
        });
  }

  private Mono<Reply> fromText(Exchange exchange) {
    String pattern = exchange.text("pattern", "");
    return answer(
        exchange, () -> preview(exchange.body(MAX_BYTES), pattern.isEmpty() ? null : pattern));
  }

  private Mono<Reply> answer(Exchange exchange, java.util.concurrent.Callable<Reply> parse) {
    return slots.run(exchange.principal().name(), Mono.fromCallable(parse));
  }

  private Reply preview(byte[] text, @Nullable String pattern) {
    PatternParser parser = parser(pattern == null ? configured : pattern);
    ParsePreview preview = new ParsePreview(parser, clock);
    List<ParsePreview.Understood> events = preview.read(text, MAX_LINES);
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
