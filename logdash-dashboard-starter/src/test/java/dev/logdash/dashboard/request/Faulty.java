package dev.logdash.dashboard.request;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.util.List;
import reactor.core.publisher.Mono;

/** A sink that takes nothing until it is mended. */
final class Faulty implements LogSink {

  private final BackendException failure;
  private volatile LogSink mended;

  Faulty(BackendException failure) {
    this.failure = failure;
  }

  void mend(LogSink sink) {
    mended = sink;
  }

  @Override
  public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
    return mended == null ? Mono.error(failure) : mended.append(batch, atLeast);
  }

  @Override
  public Mono<Void> check() {
    return mended == null ? Mono.error(failure) : mended.check();
  }

  @Override
  public void close() {}
}
