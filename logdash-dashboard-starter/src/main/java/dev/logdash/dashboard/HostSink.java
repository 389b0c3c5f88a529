package dev.logdash.dashboard;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The sink of an installation that may not be open yet; until then it takes nothing. */
final class HostSink implements LogSink {

  private volatile @Nullable LogSink target;

  /** From now on this one takes what comes; it stays the caller's to close. */
  void open(LogSink value) {
    target = value;
  }

  @Override
  public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
    LogSink open = target;
    return open != null ? open.append(batch, atLeast) : Mono.error(HostSink::notOpen);
  }

  @Override
  public Mono<Void> check() {
    LogSink open = target;
    return open != null ? open.check() : Mono.error(HostSink::notOpen);
  }

  @Override
  public void close() {
    target = null;
  }

  private static BackendException notOpen() {
    return new BackendException.Unavailable("the data folder of logdash is not open", null);
  }
}
