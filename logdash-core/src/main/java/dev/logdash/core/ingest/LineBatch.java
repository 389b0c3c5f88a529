package dev.logdash.core.ingest;

import dev.logdash.api.event.Headers;
import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.Submission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Consecutive lines of one input on their way to the sink; whole events where possible. */
final class LineBatch {

  private static final int MAX_LINES = 512;
  private static final int MAX_BYTES = 256 * 1024;

  private final List<Submission> lines = new ArrayList<>(MAX_LINES);
  private final EventLines events = new EventLines();
  private final @Nullable FollowedFile file;
  private long bytes;
  private long end;
  private int check;
  private long progress;

  LineBatch(@Nullable FollowedFile file) {
    this.file = file;
  }

  List<Submission> lines() {
    return lines;
  }

  /** The bytes of the input that were read when the batch was complete. */
  long progress() {
    return progress;
  }

  void progress(long value) {
    progress = value;
  }

  /** Tells the file that the sink has the lines. */
  void accepted() {
    if (file != null) {
      file.accepted(end, check);
    }
  }

  /**
   * Adds lines until the batch is full and an event ends, or the input would have to be waited for.
   *
   * @param print names the content; null where it cannot be read again
   * @return false if the input has no more lines
   */
  boolean fill(
      RecordReader reader,
      String source,
      @Nullable Fingerprint print,
      IngestOptions options,
      boolean unterminatedToo)
      throws IOException {
    while (true) {
      if (!lines.isEmpty() && !reader.isReady()) {
        return true;
      }
      RecordReader.Next next = reader.next(unterminatedToo, lines.isEmpty());
      if (next != RecordReader.Next.RECORD) {
        return next == RecordReader.Next.LATER;
      }
      if (isFull() && !events.goOn(lines, reader)) {
        reader.unread();
        return true;
      }
      Submission line =
          Submission.of(reader.copy(), source)
              .withDataset(options.dataset())
              .withHeaders(reader.mark(options.headers()));
      if (print != null) {
        SourcePosition position = reader.behind(print);
        line = line.withPosition(position);
        end = position.end();
        check = position.check();
      }
      List<byte[]> records = reader.parts();
      if (records.isEmpty()) {
        bytes += reader.length();
        lines.add(line);
      } else {
        addRecords(records, line);
      }
    }
  }

  /**
   * Adds the records of a line. The last one carries its position: where the sink has only some of
   * them, the line is read again, and those it has are known by their ids.
   */
  private void addRecords(List<byte[]> records, Submission line) {
    SourcePosition position = line.position();
    for (int i = 0; i < records.size(); i++) {
      Submission record =
          Submission.of(records.get(i), line.source())
              .withDataset(line.dataset())
              .withHeaders(line.headers());
      if (position != null) {
        Map<String, String> marked = new HashMap<>(line.headers());
        marked.put(Headers.EVENT_ID, position.key() + ':' + position.end() + ':' + i);
        record = record.withHeaders(marked);
        if (i == records.size() - 1) {
          record = record.withPosition(position);
        }
      }
      // They may be far more together than the line is.
      bytes += records.get(i).length;
      lines.add(record);
    }
  }

  private boolean isFull() {
    return lines.size() >= MAX_LINES || bytes >= MAX_BYTES;
  }
}
