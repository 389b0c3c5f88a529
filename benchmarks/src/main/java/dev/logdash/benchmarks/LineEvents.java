package dev.logdash.benchmarks;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import dev.logdash.core.decode.EventDecoder;
import dev.logdash.core.ingest.LineReader;
import dev.logdash.core.pipeline.LineJoining;
import dev.logdash.core.pipeline.TraceJoining;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes the events of files as the product does, in one thread and without storing anything. */
final class LineEvents {

  private static final int MAX_LINE = 1 << 20;
  private static final long PRODUCER = 0x1122334455667788L;

  private final EventDecoder decoder = new EventDecoder();
  private final LineJoining joining = new TraceJoining();
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream(4_096);
  private final long receivedNanos = System.currentTimeMillis() * 1_000_000;
  private long seq;

  /** Takes an event and the bytes that it was made of. */
  interface Taker {
    void take(LogEvent event, int rawBytes) throws IOException;
  }

  /** Answers how many lines there were. */
  long read(List<Path> files, Taker taker) throws IOException {
    long count = 0;
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        count += read(file.toString(), new LineReader(in, 0, MAX_LINE), taker);
      }
    }
    return count;
  }

  private long read(String source, LineReader reader, Taker taker) throws IOException {
    long count = 0;
    int joined = 0;
    int state = LineJoining.END;
    while (reader.next(true)) {
      byte[] line = reader.copy();
      count++;
      state =
          state == LineJoining.END ? LineJoining.END : joining.next(state, line, 0, line.length);
      if (joined > 0 && state == LineJoining.END) {
        emit(source, taker);
        joined = 0;
      }
      if (joined > 0) {
        lines.write('\n');
      } else {
        state = joining.begin(line, 0, line.length);
      }
      lines.writeBytes(line);
      joined++;
    }
    if (joined > 0) {
      emit(source, taker);
    }
    return count;
  }

  private void emit(String source, Taker taker) throws IOException {
    byte[] raw = lines.toByteArray();
    lines.reset();
    // A batch of about 500 lines is received in one moment.
    long received = receivedNanos + seq / 500 * 1_000_000;
    RawRecord record =
        new RawRecord(
            Origin.ofProducer(PRODUCER, 1, seq),
            seq,
            received,
            RawRecord.DEFAULT_DATASET,
            source,
            Map.of(),
            raw,
            0,
            raw.length);
    seq++;
    taker.take(decoder.decode(record), raw.length);
  }
}
