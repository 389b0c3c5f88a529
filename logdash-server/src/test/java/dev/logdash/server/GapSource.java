package dev.logdash.server;

import dev.logdash.api.event.PartitionId;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.api.ingest.RecordBatch;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The way out of the spool, with the gap behind an acknowledgement. */
final class GapSource implements LogSource {

  private final LogSource source;
  private final GapWatch watch;
  private final Map<PartitionId, Watched> assigned = new ConcurrentHashMap<>();
  private Function<PartitionId, Mono<Void>> afterwards = partition -> Mono.empty();

  GapSource(LogSource source, GapWatch watch) {
    this.source = source;
    this.watch = watch;
  }

  /** What a fault does behind each acknowledgement, and should have done before. */
  void afterwards(Function<PartitionId, Mono<Void>> step) {
    afterwards = step;
  }

  /** Acknowledges all that was handed out, whatever became of it. */
  Mono<Void> acknowledgeRead() {
    return Flux.fromIterable(assigned.values())
        .concatMap(watched -> watched.assignment.acknowledge(watched.read))
        .then();
  }

  @Override
  public Flux<Assignment> assignments() {
    return source.assignments().map(this::watched);
  }

  private Assignment watched(Assignment assignment) {
    Watched watched = new Watched(assignment);
    assigned.put(assignment.id(), watched);
    return watched;
  }

  @Override
  public Mono<Void> check() {
    return source.check();
  }

  @Override
  public void close() {
    source.close();
  }

  private final class Watched implements Assignment {

    private final Assignment assignment;
    private volatile long read;

    Watched(Assignment assignment) {
      this.assignment = assignment;
    }

    @Override
    public PartitionId id() {
      return assignment.id();
    }

    @Override
    public Flux<RecordBatch> read(long fromOffset) {
      return assignment.read(fromOffset).doOnNext(batch -> read = batch.nextOffset());
    }

    @Override
    public Mono<Long> end() {
      return assignment.end();
    }

    @Override
    public Mono<Void> acknowledge(long nextOffset) {
      return assignment
          .acknowledge(nextOffset)
          .then(Mono.<Void>fromRunnable(() -> watch.pass(Gap.ACKNOWLEDGED)))
          .then(Mono.defer(() -> afterwards.apply(id())));
    }
  }
}
