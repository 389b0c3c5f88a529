package dev.logdash.server;

import dev.logdash.api.event.PartitionId;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.api.ingest.RecordBatch;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A source with a step of its own behind each acknowledgement: what a fault does too late. */
final class DeadlySource implements LogSource {

  private final LogSource source;
  private final Function<PartitionId, Mono<Void>> afterwards;

  DeadlySource(LogSource source, Function<PartitionId, Mono<Void>> afterwards) {
    this.source = source;
    this.afterwards = afterwards;
  }

  @Override
  public Flux<Assignment> assignments() {
    return source.assignments().map(Late::new);
  }

  @Override
  public Mono<Void> check() {
    return source.check();
  }

  @Override
  public void close() {
    source.close();
  }

  private final class Late implements Assignment {

    private final Assignment assignment;

    Late(Assignment assignment) {
      this.assignment = assignment;
    }

    @Override
    public PartitionId id() {
      return assignment.id();
    }

    @Override
    public Flux<RecordBatch> read(long fromOffset) {
      return assignment.read(fromOffset);
    }

    @Override
    public Mono<Long> end() {
      return assignment.end();
    }

    @Override
    public Mono<Void> persist(long nextOffset) {
      return assignment.persist(nextOffset);
    }

    @Override
    public Mono<Void> acknowledge(long nextOffset) {
      return assignment.acknowledge(nextOffset).then(afterwards.apply(id()));
    }
  }
}
