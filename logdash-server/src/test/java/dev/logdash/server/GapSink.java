package dev.logdash.server;

import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.util.List;
import reactor.core.publisher.Mono;

/** The way in, with the gap before its answer. */
final class GapSink implements LogSink {

  private final LogSink sink;
  private final GapWatch watch;
  private final Fault fault;

  GapSink(LogSink sink, GapWatch watch, Fault fault) {
    this.sink = sink;
    this.watch = watch;
    this.fault = fault;
  }

  @Override
  public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
    List<Submission> taken =
        fault == Fault.RECORD_WITHOUT_POSITION
            ? batch.stream().map(GapSink::withoutPosition).toList()
            : batch;
    return sink.append(taken, atLeast).doOnNext(ack -> watch.pass(Gap.FILE_POSITION));
  }

  private static Submission withoutPosition(Submission line) {
    return Submission.of(line.body(), line.source())
        .withDataset(line.dataset())
        .withHeaders(line.headers());
  }

  @Override
  public Mono<Void> check() {
    return sink.check();
  }

  @Override
  public void close() {
    sink.close();
  }
}
