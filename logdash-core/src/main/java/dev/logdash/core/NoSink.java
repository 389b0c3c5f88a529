package dev.logdash.core;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.util.List;
import reactor.core.publisher.Mono;

/** The way in of a process that takes nothing in. */
final class NoSink implements LogSink {

  @Override
  public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
    return Mono.error(
        () -> new BackendException.Misconfigured("this process takes no logs in", null));
  }

  /** There is nothing that could be amiss. */
  @Override
  public Mono<Void> check() {
    return Mono.empty();
  }

  @Override
  public void close() {}
}
