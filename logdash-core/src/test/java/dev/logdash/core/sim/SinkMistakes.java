package dev.logdash.core.sim;

import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import dev.logdash.api.store.AppendResult;
import dev.logdash.api.store.EventBatch;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogStore;
import dev.logdash.api.store.Retention;
import java.util.List;
import reactor.core.publisher.Mono;

/** Takes failures of what is written to for something else. */
final class SinkMistakes {

  private final Variant variant;

  SinkMistakes(Variant variant) {
    this.variant = variant;
  }

  LogStore logStore(LogStore right) {
    if (variant != Variant.REFUSED_FOR_NOW_TAKEN_FOR_STORED
        && variant != Variant.REFUSED_FOR_NOW_TAKEN_FOR_NEVER) {
      return right;
    }
    return new LogStore() {
      @Override
      public Mono<AppendResult> append(EventBatch batch) {
        return right
            .append(batch)
            .onErrorResume(
                error ->
                    error.getCause() instanceof SimSearch.RefusedForNow refused
                        ? Mono.just(mistaken(batch, refused.places()))
                        : Mono.error(error));
      }

      @Override
      public Mono<Void> flush() {
        return right.flush();
      }

      @Override
      public Mono<List<String>> retain(Retention policy) {
        return right.retain(policy);
      }

      @Override
      public Mono<Long> delete(LogQuery query) {
        return right.delete(query);
      }

      @Override
      public Mono<Void> check() {
        return right.check();
      }

      @Override
      public void close() {
        right.close();
      }
    };
  }

  private AppendResult mistaken(EventBatch batch, List<Integer> refused) {
    if (variant == Variant.REFUSED_FOR_NOW_TAKEN_FOR_STORED) {
      return new AppendResult(batch.events().size(), 0, List.of());
    }
    List<AppendResult.Rejection> never =
        refused.stream().map(i -> new AppendResult.Rejection(i, "simulated: now")).toList();
    return new AppendResult(batch.events().size() - never.size(), 0, never);
  }

  LogSink letters(LogSink right) {
    if (variant != Variant.LETTER_NOT_AWAITED) {
      return right;
    }
    return new LogSink() {
      @Override
      public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
        return right
            .append(batch, atLeast)
            .onErrorReturn(new SinkAck(atLeast, batch.size(), List.of()));
      }

      @Override
      public Mono<Void> check() {
        return right.check();
      }

      @Override
      public void close() {
        right.close();
      }
    };
  }
}
