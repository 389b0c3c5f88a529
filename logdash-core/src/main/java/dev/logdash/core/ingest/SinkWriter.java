package dev.logdash.core.ingest;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.Submission;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Appends batches one after the other. A later batch of a file never goes before an earlier one:
 * its position would claim lines that the sink does not have yet.
 */
final class SinkWriter {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final LogSink sink;
  private final IngestOptions options;
  private final Tally tally;
  private final Retry patience;

  SinkWriter(LogSink sink, Scheduler scheduler, IngestOptions options, Tally tally) {
    this.sink = sink;
    this.options = options;
    this.tally = tally;
    this.patience =
        Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
            .maxBackoff(LONGEST_PAUSE)
            .jitter(0)
            .scheduler(scheduler)
            .filter(SinkWriter::passes)
            .doBeforeRetry(signal -> options.listener().waiting(signal.failure()));
  }

  /** Completes when the sink has taken or finally refused each line. */
  Mono<Void> writeAll(Flux<LineBatch> batches, Consumer<LineBatch> written) {
    return batches
        .concatMap(
            batch -> write(batch).then(Mono.<Void>fromRunnable(() -> written.accept(batch))),
            options.readAhead() - 1)
        .then();
  }

  private Mono<Void> write(LineBatch batch) {
    return Mono.defer(() -> sink.append(batch.lines(), options.atLeast()))
        .retryWhen(patience)
        .doOnNext(ack -> tally.answered(batch.lines(), ack))
        .onErrorResume(BackendException.Rejected.class, e -> refused(batch, e))
        .then(Mono.fromRunnable(batch::accepted));
  }

  private <T> Mono<T> refused(LineBatch batch, BackendException.Rejected refusal) {
    for (Submission line : batch.lines()) {
      tally.rejected(line, String.valueOf(refusal.getMessage()));
    }
    return Mono.empty();
  }

  private static boolean passes(Throwable failure) {
    return failure instanceof BackendException.Overloaded
        || failure instanceof BackendException.Unavailable;
  }
}
