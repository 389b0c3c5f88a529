package dev.logdash.core.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;

/**
 * A sink in memory that keeps what it accepts, knows the positions in it, and refuses on demand.
 */
final class KeepingSink implements LogSink {

  private final List<Submission> kept = new ArrayList<>();
  private final Map<String, SourcePosition> ends = new HashMap<>();
  private final Deque<RuntimeException> failures = new ArrayDeque<>();
  private int room = Integer.MAX_VALUE;
  private Predicate<Submission> unacceptable = line -> false;
  private int batches;
  private int largestBatch;

  /** The next appends fail, one with each. */
  synchronized void failNext(RuntimeException... next) {
    failures.addAll(List.of(next));
  }

  /** Takes some more batches, then fails as a process does that dies. */
  synchronized void dieAfter(int moreBatches) {
    room = batches + moreBatches;
  }

  synchronized void reject(Predicate<Submission> lines) {
    unacceptable = lines;
  }

  synchronized List<SourcePosition> positions(String prefix) {
    return ends.values().stream().filter(end -> end.key().startsWith(prefix)).toList();
  }

  synchronized List<String> lines() {
    return kept.stream().map(line -> new String(line.body(), UTF_8)).toList();
  }

  synchronized List<Submission> submissions() {
    return List.copyOf(kept);
  }

  synchronized int largestBatch() {
    return largestBatch;
  }

  synchronized int batches() {
    return batches;
  }

  @Override
  public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
    return Mono.fromSupplier(() -> take(batch, atLeast));
  }

  private synchronized SinkAck take(List<Submission> batch, AckLevel atLeast) {
    if (!failures.isEmpty()) {
      throw failures.poll();
    }
    if (batches >= room) {
      throw new BackendException.Misconfigured("dead", null);
    }
    batches++;
    largestBatch = Math.max(largestBatch, batch.size());
    List<SinkAck.Rejected> rejected = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Submission line = batch.get(i);
      if (unacceptable.test(line)) {
        rejected.add(new SinkAck.Rejected(i, "unacceptable"));
        continue;
      }
      kept.add(line);
      if (line.position() != null) {
        ends.merge(line.position().key(), line.position(), (a, b) -> a.end() > b.end() ? a : b);
      }
    }
    return new SinkAck(atLeast, batch.size() - rejected.size(), rejected);
  }

  @Override
  public Mono<Void> check() {
    return Mono.empty();
  }

  @Override
  public void close() {}
}
