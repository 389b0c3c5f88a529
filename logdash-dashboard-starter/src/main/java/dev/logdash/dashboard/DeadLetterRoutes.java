package dev.logdash.dashboard;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.event.Headers;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.core.decode.Timestamps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;
import tools.jackson.core.JsonGenerator;

/** Lines that could not be understood or stored, as they came, the oldest first. */
final class DeadLetterRoutes {

  private static final int MAX_LIMIT = 200;
  private static final int MAX_TEXT = 4_096;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Retry TURNS =
      Retry.fixedDelay(100, Duration.ofMillis(20)).filter(IllegalStateException.class::isInstance);

  private static final Duration FIRST = Duration.ofSeconds(2);

  private final LogSource source;
  // The newest one: a partition of a topic may be taken away and come back.
  private final Sinks.Many<Assignment> lanes = Sinks.many().replay().latest();
  private final AtomicBoolean asked = new AtomicBoolean();

  DeadLetterRoutes(LogSource source) {
    this.source = source;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "api/v1/dead-letters",
            Permission.DEAD_LETTERS,
            List.of("limit", "after"),
            this::letters));
  }

  private Mono<Reply> letters(Exchange exchange) {
    int limit = exchange.number("limit", 50, 1, MAX_LIMIT);
    long after = after(exchange);
    return lane()
        .map(Optional::of)
        .timeout(FIRST)
        // A topic is made with its first letter; without one there is nothing to be assigned.
        .onErrorResume(
            TimeoutException.class,
            late -> source.check().timeout(PATIENCE).thenReturn(Optional.<Assignment>empty()))
        .flatMap(
            assigned ->
                assigned
                    .map(first -> read(after + 1, limit).timeout(PATIENCE))
                    .orElseGet(() -> Mono.just(List.of())))
        .map(letters -> Reply.object(json -> write(json, letters, limit)));
  }

  private Mono<Assignment> lane() {
    return Mono.defer(
        () -> {
          if (asked.compareAndSet(false, true)) {
            Disposable unused =
                source
                    .assignments()
                    .subscribe(lanes::tryEmitNext, error -> asked.set(false), () -> {});
          }
          return lanes.asFlux().next();
        });
  }

  // Reading is for one at a time, and a partition may go meanwhile; both end after a moment.
  private Mono<List<RawRecord>> read(long from, int limit) {
    return lane().flatMap(assignment -> read(assignment, from, limit)).retryWhen(TURNS);
  }

  private static Mono<List<RawRecord>> read(Assignment assignment, long from, int limit) {
    return assignment
        .end()
        .flatMap(
            end ->
                from >= end ? Mono.just(List.<RawRecord>of()) : read(assignment, from, end, limit));
  }

  private static Mono<List<RawRecord>> read(Assignment assignment, long from, long end, int limit) {
    return Flux.defer(() -> assignment.read(from))
        .takeUntil(batch -> batch.nextOffset() >= end)
        .switchIfEmpty(Mono.error(() -> new IllegalStateException("the partition was taken away")))
        .flatMapIterable(batch -> batch.records(), 1)
        .filter(record -> record.offset() >= from)
        .take(limit + 1L)
        .collectList();
  }

  private static long after(Exchange exchange) {
    String text = exchange.text("after", "-1");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Problem.badRequest("parameter", "after is not what 'next' of an answer said");
    }
  }

  private static void write(JsonGenerator json, List<RawRecord> letters, int limit) {
    List<RawRecord> shown = new ArrayList<>(letters);
    boolean more = shown.size() > limit;
    if (more) {
      shown.remove(limit);
    }
    json.writeArrayPropertyStart("letters");
    for (RawRecord letter : shown) {
      json.writeStartObject();
      Json.text(json, "id", letter.eventId());
      json.writeStringProperty("at", Timestamps.format(letter.receivedNanos()));
      Json.text(json, "reason", header(letter, Headers.DEAD_LETTER_REASON));
      Json.text(json, "message", header(letter, Headers.DEAD_LETTER_MESSAGE));
      Json.text(json, "source", header(letter, Headers.SOURCE));
      Json.text(json, "origin", header(letter, Headers.DEAD_LETTER_ORIGIN));
      Json.text(json, "dataset", letter.dataset());
      String text = letter.text();
      Json.text(json, "body", text.substring(0, Math.min(MAX_TEXT, text.length())));
      json.writeNumberProperty("bytes", letter.length());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanProperty("more", more);
    if (!shown.isEmpty()) {
      json.writeStringProperty("next", Long.toString(shown.get(shown.size() - 1).offset()));
    }
  }

  private static String header(RawRecord letter, String name) {
    return letter.headers().getOrDefault(name, "");
  }
}
