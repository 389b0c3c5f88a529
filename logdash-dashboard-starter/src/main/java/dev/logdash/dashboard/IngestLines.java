package dev.logdash.dashboard;

import dev.logdash.api.event.Headers;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.ingest.RecordReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a body; blank ones count but are not taken. The index of a record, and its id under
 * a key, is the number of the line that it begins with.
 */
final class IngestLines implements IngestRun.Items {

  private static final int MAX_LINES = 100_000;
  // Lines that are taken apart can become far more than the body is.
  private static final int MAX_RECORDS = 100_000;
  private static final long MAX_RECORD_BYTES = 4 * IngestBody.MAX_INFLATED;

  private final RecordReader reader;
  private final String dataset;
  private final String source;
  private final Map<String, String> headers;
  private final String key;
  private final ArrayDeque<IngestRun.Item> parts = new ArrayDeque<>();
  private int line;
  private int records;
  private long recordBytes;

  /**
   * @param headers of every line
   * @param key names the body where it may come twice; else empty
   */
  IngestLines(
      RecordReader reader, String dataset, String source, Map<String, String> headers, String key) {
    this.reader = reader;
    this.dataset = dataset;
    this.source = source;
    this.headers = headers;
    this.key = key;
  }

  @Override
  public IngestRun.@Nullable Item next() throws IOException {
    while (parts.isEmpty() && reader.next(true)) {
      int own = line;
      line += reader.lineCount();
      if (line > MAX_LINES) {
        throw Problem.tooLarge("the body has more than " + MAX_LINES + " lines");
      }
      if (reader.length() > 0) {
        take(own);
      }
    }
    return parts.poll();
  }

  /** Takes what the reader has read: a record, or the records that a line holds. */
  private void take(int own) {
    Map<String, String> known = reader.mark(headers);
    List<byte[]> bodies = reader.parts();
    if (bodies.isEmpty()) {
      add(own, reader.copy(), known, String.valueOf(own));
    }
    for (int i = 0; i < bodies.size(); i++) {
      add(own, bodies.get(i), known, own + ":" + i);
    }
  }

  private void add(int own, byte[] body, Map<String, String> known, String id) {
    recordBytes += body.length;
    if (++records > MAX_RECORDS || recordBytes > MAX_RECORD_BYTES) {
      throw Problem.tooLarge(
          "the lines hold more than "
              + MAX_RECORDS
              + " records, or more than "
              + MAX_RECORD_BYTES
              + " bytes of them");
    }
    Map<String, String> marked = known;
    if (!key.isEmpty()) {
      marked = new HashMap<>(known);
      marked.put(Headers.EVENT_ID, key + ':' + id);
    }
    Submission record = Submission.of(body, source).withDataset(dataset).withHeaders(marked);
    parts.add(new IngestRun.Item(own, record, ""));
  }
}
