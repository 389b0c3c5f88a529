package dev.logdash.elasticsearch;

import dev.logdash.api.error.BackendException;
import dev.logdash.elasticsearch.BulkBody.Action;
import dev.logdash.elasticsearch.BulkBody.Lines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import reactor.core.publisher.Mono;

/**
 * Sends actions in bulk until each has an answer: what succeeded or can never succeed is not sent
 * again, what may succeed later is, alone, after a random wait that grows.
 */
final class BulkWriter {

  private static final long FIRST_WAIT_MILLIS = 100;
  private static final long LONGEST_WAIT_MILLIS = 30_000;
  private static final int MAX_DOUBLINGS = 10;
  private static final Map<String, String> ANSWER =
      Map.of("filter_path", "items.*.status,items.*.error.type,items.*.error.reason");

  private final Transport transport;
  private final Settings settings;
  private final Counters counters;
  private final LongUnaryOperator random;

  /**
   * @param random a number from 0 to below a bound
   */
  BulkWriter(Transport transport, Settings settings, Counters counters, LongUnaryOperator random) {
    this.transport = transport;
    this.settings = settings;
    this.counters = counters;
    this.random = random;
  }

  /** Takes the answers of the actions. */
  interface Outcome {
    void done(int place);

    void duplicate(int place);

    void rejected(int place, String reason);
  }

  /** Sends lines that fit into one request together. */
  Mono<Void> write(Lines lines, Outcome outcome) {
    return Mono.defer(() -> send(lines, outcome, new Attempt(0, System.nanoTime())));
  }

  private Mono<Void> send(Lines lines, Outcome outcome, Attempt attempt) {
    counters.bulks.increment();
    return transport
        .lines("/_bulk", ANSWER, lines.bytes(), lines.length())
        .map(answer -> sort(lines.actions(), answer, outcome))
        .onErrorResume(failure -> sortFailure(lines, outcome, attempt, failure))
        .flatMap(
            left ->
                left.actions().isEmpty()
                    ? Mono.<Void>empty()
                    : again(lines.only(left.actions()), outcome, attempt, left.cause()));
  }

  /** What is left to do, and why. */
  private record Left(List<Action> actions, Throwable cause) {}

  private static Left sort(List<Action> actions, Answer answer, Outcome outcome) {
    List<Answer> items = answer.at("items").elements();
    if (items.size() != actions.size()) {
      throw new BackendException.Unavailable(
          actions.size() + " actions were sent, " + items.size() + " were answered", null);
    }
    List<Action> left = new ArrayList<>();
    Throwable cause = new HttpFailure(0, "", "");
    HttpFailure fatal = null;
    for (int i = 0; i < actions.size(); i++) {
      Answer item = items.get(i).at(items.get(i).names().get(0));
      int status = (int) item.at("status").number();
      String type = item.at("error", "type").text();
      String reason = item.at("error", "reason").text();
      int place = actions.get(i).place();
      switch (ElasticsearchErrors.item(status, type)) {
        case STORED:
          outcome.done(place);
          break;
        case DUPLICATE:
          outcome.duplicate(place);
          break;
        case RETRY:
          left.add(actions.get(i));
          cause = new HttpFailure(status, type, reason);
          break;
        case REJECTED:
          outcome.rejected(place, type.isEmpty() ? "status " + status : type + ": " + reason);
          break;
        case BATCH_FAILS:
          fatal = new HttpFailure(status, type, reason);
          break;
      }
    }
    if (fatal != null) {
      throw fatal;
    }
    return new Left(left, cause);
  }

  private Mono<Left> sortFailure(Lines lines, Outcome outcome, Attempt attempt, Throwable failure) {
    List<Action> actions = lines.actions();
    boolean tooLarge =
        failure instanceof HttpFailure http && http.status() == ElasticsearchErrors.TOO_LARGE;
    if (tooLarge && actions.size() == 1) {
      outcome.rejected(actions.get(0).place(), "larger than the server takes in one request");
      return Mono.just(new Left(List.of(), failure));
    }
    if (tooLarge) {
      counters.splits.increment();
      int half = actions.size() / 2;
      return send(lines.only(actions.subList(0, half)), outcome, attempt)
          .then(
              Mono.defer(
                  () -> send(lines.only(actions.subList(half, actions.size())), outcome, attempt)))
          .thenReturn(new Left(List.of(), failure));
    }
    return ElasticsearchErrors.isPassing(failure)
        ? Mono.just(new Left(actions, failure))
        : Mono.error(failure);
  }

  private Mono<Void> again(Lines lines, Outcome outcome, Attempt attempt, Throwable cause) {
    long most =
        Math.min(
            LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(attempt.number(), MAX_DOUBLINGS));
    Duration wait = Duration.ofMillis(random.applyAsLong(most + 1));
    Duration spent = Duration.ofNanos(System.nanoTime() - attempt.startNanos());
    if (spent.plus(wait).compareTo(settings.retryFor()) > 0) {
      return Mono.error(cause);
    }
    counters.sentAgain.add(lines.actions().size());
    Attempt next = new Attempt(attempt.number() + 1, attempt.startNanos());
    return Mono.delay(wait, transport.workers()).then(Mono.defer(() -> send(lines, outcome, next)));
  }

  private record Attempt(int number, long startNanos) {}
}
