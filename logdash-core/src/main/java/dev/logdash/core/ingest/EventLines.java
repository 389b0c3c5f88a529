package dev.logdash.core.ingest;

import dev.logdash.api.ingest.Submission;
import dev.logdash.core.pipeline.JoinLimits;
import dev.logdash.core.pipeline.LineJoining;
import dev.logdash.core.pipeline.TraceJoining;
import java.util.List;

/**
 * Tells where a batch may end: between events, so that no pause on the way in, nor the end of the
 * process, comes between the lines of one. The lines of a batch are received together; those of two
 * batches may be received an hour apart, and would not be joined any more.
 */
final class EventLines {

  private final LineJoining joining = new TraceJoining();
  private final JoinLimits limits = JoinLimits.DEFAULTS;
  private int state;
  private int seen;
  private int lines;
  private int bytes;

  /**
   * Whether a line belongs to the last event of a batch.
   *
   * @param batch begins with the first line of an event, and grows from call to call
   */
  boolean goOn(List<Submission> batch, RecordReader line) {
    for (; seen < batch.size(); seen++) {
      byte[] body = batch.get(seen).body();
      int next = next(body, 0, body.length);
      if (next != LineJoining.END) {
        state = next;
        lines++;
        bytes += 1 + body.length;
      } else {
        state = joining.begin(body, 0, body.length);
        lines = 1;
        bytes = body.length;
      }
    }
    return next(line.array(), line.start(), line.start() + line.length()) != LineJoining.END;
  }

  private int next(byte[] array, int from, int to) {
    boolean open =
        state != LineJoining.END
            && lines < limits.maxLines()
            && bytes + 1 + to - from <= limits.maxBytes();
    return open ? joining.next(state, array, from, to) : LineJoining.END;
  }
}
