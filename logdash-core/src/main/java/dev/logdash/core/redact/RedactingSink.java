package dev.logdash.core.redact;

import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * Takes secrets out of records before another sink accepts them, so that no disk and no wire behind
 * it sees one. Everything else of a record stays as it is; what the other sink promises holds.
 */
public final class RedactingSink implements LogSink {

  private final LogSink sink;
  private final Redactor redactor;

  /**
   * @param sink belongs to this sink from now on, which closes it
   */
  public RedactingSink(LogSink sink, Redactor redactor) {
    this.sink = Objects.requireNonNull(sink, "sink");
    this.redactor = Objects.requireNonNull(redactor, "redactor");
  }

  @Override
  public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
    // Assembled with an empty batch, so that a level out of reach is refused at once.
    Objects.requireNonNull(sink.append(List.of(), atLeast));
    return Mono.defer(() -> sink.append(redacted(batch), atLeast));
  }

  @Override
  public Mono<Void> check() {
    return sink.check();
  }

  @Override
  public void close() {
    sink.close();
  }

  private List<Submission> redacted(List<Submission> batch) {
    List<Submission> clean = new ArrayList<>(batch.size());
    for (Submission record : batch) {
      Redacted redacted = redactor.redact(record.body(), 0, record.body().length);
      clean.add(
          redacted == null
              ? record
              : record.withBody(redacted.text()).withHeaders(redacted.marked(record.headers())));
    }
    return clean;
  }
}
