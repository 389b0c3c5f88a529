package dev.logdash.elasticsearch;

import dev.logdash.api.error.BackendException;
import dev.logdash.elasticsearch.BulkBody.Lines;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
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

  /**
   * Sends lines that fit into one request together.
   *
   * @param answered runs once the server has answered for the very first request, so that nobody
   *     reads the lines any more; never, if that request failed as a whole
   */
  Mono<Void> write(Lines lines, Outcome outcome, Runnable answered) {
    return Mono.defer(() -> send(lines, outcome, new Attempt(0, System.nanoTime()), answered));
  }

  private Mono<Void> send(Lines lines, Outcome outcome, Attempt attempt, Runnable answered) {
    counters.bulks.increment();
    return transport
        .lines("/_bulk", ANSWER, lines.bytes(), lines.length())
        .map(
            answer -> {
              Left left = sort(lines, answer, outcome);
              answered.run();
              return left;
            })
        .onErrorResume(failure -> sortFailure(lines, outcome, attempt, failure))
        .flatMap(
            left ->
                left.lines().count() == 0
                    ? Mono.<Void>empty()
                    : again(left.lines(), outcome, attempt, left.cause()));
  }

  /** What is left to do, and why. */
  private record Left(Lines lines, Throwable cause) {}

  private static Left sort(Lines lines, BulkAnswer answer, Outcome outcome) {
    if (answer.count() != lines.count()) {
      throw new BackendException.Unavailable(
          lines.count() + " actions were sent, " + answer.count() + " were answered", null);
    }
    int[] left = new int[lines.count()];
    int leftCount = 0;
    Throwable cause = new HttpFailure(0, "", "");
    HttpFailure fatal = null;
    for (int i = 0; i < lines.count(); i++) {
      int status = answer.status(i);
      String type = answer.type(i);
      int place = lines.place(i);
      switch (ElasticsearchErrors.item(status, type)) {
        case STORED:
          outcome.done(place);
          break;
        case DUPLICATE:
          outcome.duplicate(place);
          break;
        case RETRY:
          left[leftCount++] = i;
          cause = new HttpFailure(status, type, answer.reason(i));
          break;
        case REJECTED:
          outcome.rejected(
              place, type.isEmpty() ? "status " + status : type + ": " + answer.reason(i));
          break;
        case BATCH_FAILS:
          fatal = new HttpFailure(status, type, answer.reason(i));
          break;
      }
    }
    if (fatal != null) {
      throw fatal;
    }
    return new Left(lines.only(Arrays.copyOf(left, leftCount)), cause);
  }

  private Mono<Left> sortFailure(Lines lines, Outcome outcome, Attempt attempt, Throwable failure) {
    int count = lines.count();
    boolean tooLarge =
        failure instanceof HttpFailure http && http.status() == ElasticsearchErrors.TOO_LARGE;
    if (tooLarge && count == 1) {
      outcome.rejected(lines.place(0), "larger than the server takes in one request");
      return Mono.just(new Left(lines.only(new int[0]), failure));
    }
    if (tooLarge) {
      counters.splits.increment();
      int half = count / 2;
      return send(part(lines, 0, half), outcome, attempt, BulkWriter::nothing)
          .then(
              Mono.defer(
                  () -> send(part(lines, half, count), outcome, attempt, BulkWriter::nothing)))
          .thenReturn(new Left(lines.only(new int[0]), failure));
    }
    return ElasticsearchErrors.isPassing(failure)
        ? Mono.just(new Left(lines, failure))
        : Mono.error(failure);
  }

  private static Lines part(Lines lines, int from, int to) {
    return lines.only(IntStream.range(from, to).toArray());
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
    counters.sentAgain.add(lines.count());
    Attempt next = new Attempt(attempt.number() + 1, attempt.startNanos());
    return Mono.delay(wait, transport.workers())
        .then(Mono.defer(() -> send(lines, outcome, next, BulkWriter::nothing)));
  }

  private static void nothing() {}

  private record Attempt(int number, long startNanos) {}
}
