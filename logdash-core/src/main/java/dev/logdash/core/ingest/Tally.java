package dev.logdash.core.ingest;

import dev.logdash.api.event.Headers;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of the lines and says it to the listener. */
final class Tally {

  private final IngestListener listener;
  private final LongAdder lines = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder cut = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder unreadable = new LongAdder();

  Tally(IngestListener listener) {
    this.listener = listener;
  }

  IngestCounts counts() {
    return new IngestCounts(lines.sum(), bytes.sum(), cut.sum(), rejected.sum(), unreadable.sum());
  }

  void answered(List<Submission> batch, SinkAck ack) {
    for (Submission line : batch) {
      add(line, 1);
    }
    for (SinkAck.Rejected refused : ack.rejected()) {
      Submission line = batch.get(refused.index());
      add(line, -1);
      rejected(line, refused.reason());
    }
  }

  void rejected(Submission line, String reason) {
    rejected.increment();
    listener.rejected(line, reason);
  }

  void unreadable(String path, IOException failure) {
    unreadable.increment();
    listener.unreadable(path, failure);
  }

  private void add(Submission line, int sign) {
    lines.add(sign);
    bytes.add((long) sign * line.body().length);
    if (line.headers().containsKey(Headers.TRUNCATED)) {
      cut.add(sign);
    }
  }
}
