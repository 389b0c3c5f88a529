package dev.logdash.core.redact;

import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.api.ingest.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes secrets out of what others wrote to a topic, before it is stored. Records of our own
 * producers had theirs taken out on the way in. Everything else of a record stays as it is; what
 * the other source promises holds.
 */
public final class RedactingSource implements LogSource {

  private final LogSource source;
  private final Redactor redactor;

  /**
   * @param source belongs to this source from now on, which closes it
   */
  public RedactingSource(LogSource source, Redactor redactor) {
    this.source = Objects.requireNonNull(source, "source");
    this.redactor = Objects.requireNonNull(redactor, "redactor");
  }

  @Override
  public Flux<Assignment> assignments() {
    return source.assignments().map(Cleaned::new);
  }

  @Override
  public Mono<Void> check() {
    return source.check();
  }

  @Override
  public void close() {
    source.close();
  }

  private RecordBatch redacted(RecordBatch batch) {
    List<RawRecord> records = batch.records();
    List<RawRecord> clean = null;
    for (int i = 0; i < records.size(); i++) {
      RawRecord record = records.get(i);
      Redacted redacted =
          record.origin().isForeign()
              ? redactor.redact(record.array(), record.start(), record.start() + record.length())
              : null;
      if (redacted != null) {
        clean = clean == null ? new ArrayList<>(records) : clean;
        clean.set(i, record.withBody(redacted.text(), redacted.marked(record.headers())));
      }
    }
    return clean == null ? batch : new RecordBatch(clean, batch.nextOffset(), batch.boundNanos());
  }

  private final class Cleaned implements Assignment {

    private final Assignment assignment;

    Cleaned(Assignment assignment) {
      this.assignment = assignment;
    }

    @Override
    public PartitionId id() {
      return assignment.id();
    }

    @Override
    public Flux<RecordBatch> read(long fromOffset) {
      return assignment.read(fromOffset).map(RedactingSource.this::redacted);
    }

    @Override
    public Mono<Long> end() {
      return assignment.end();
    }

    @Override
    public Mono<Void> acknowledge(long nextOffset) {
      return assignment.acknowledge(nextOffset);
    }
  }
}
