package dev.logdash.server;

import dev.logdash.api.event.Headers;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.Enricher;
import dev.logdash.core.decode.DecodeException;
import dev.logdash.core.decode.EventDecoder;
import dev.logdash.core.decode.EventJson;
import dev.logdash.core.decode.SourceRules;
import dev.logdash.core.ingest.RecordReader;
import dev.logdash.core.parse.DetectingParser;
import dev.logdash.core.parse.LineParser;
import dev.logdash.core.parse.Parsers;
import dev.logdash.core.redact.Redactor;
import dev.logdash.otlp.OtlpLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Turns lines into JSON on all processors, in the order of the lines and in constant memory. When
 * the input pauses, everything read so far is written.
 */
final class ParseRun implements AutoCloseable {

  // Large enough that handing over costs nothing, small enough that a few fit into the heap.
  private static final int BATCH_RECORDS = 1_000;
  private static final int BATCH_BYTES = 256 * 1024;
  // The records of a batch, what is made of them, and the bytes of their JSON.
  private static final long HEAP_PER_BATCH = 16L << 20;
  private static final String PRODUCER = "parse";

  private final OutputStream out;
  private final Clock clock;
  private final How how;
  private final Map<String, String> headers;

  private final int workers = Runtime.getRuntime().availableProcessors();
  // What waits to be written is bounded by the heap too, however many processors there are.
  private final long mostPending =
      Math.max(2, Math.min(2L * workers, Runtime.getRuntime().maxMemory() / HEAP_PER_BATCH));
  private final ExecutorService pool;
  private final BlockingQueue<EventDecoder> decoders = new ArrayBlockingQueue<>(workers);
  private final EventJson json = new EventJson(false);
  private final ArrayDeque<Future<ByteArrayOutputStream>> pending = new ArrayDeque<>();

  private List<RawRecord> batch = new ArrayList<>();
  private int batchBytes;
  private long offset;
  private long bytes;
  private final long started = System.nanoTime();

  /**
   * What becomes of a line.
   *
   * @param first tried first, where the format is to be recognised
   * @param sources what is known about the files
   * @param multiline whether the lines of a stack trace are joined to the line before them
   * @param redactor masks secrets; null to show lines as they are
   * @param enrichment adds what the lines do not say
   * @param maxLineBytes beyond which a line is cut
   */
  record How(
      String format,
      @Nullable LineParser first,
      SourceRules sources,
      boolean multiline,
      @Nullable Redactor redactor,
      Enricher enrichment,
      int maxLineBytes) {}

  ParseRun(OutputStream out, Clock clock, How how) {
    this.out = out;
    this.clock = clock;
    this.how = how;
    this.headers = Map.of(Headers.FORMAT, how.format());
    LineParser first = how.first();
    DetectingParser shared = first == null ? Parsers.detecting() : Parsers.detecting(first);
    for (int i = 0; i < workers; i++) {
      decoders.add(new EventDecoder(shared, how.sources()));
    }
    this.pool =
        Executors.newFixedThreadPool(
            workers,
            task -> {
              Thread thread = new Thread(task, "logdash-parse");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Reads a stream to its end; it stays open. */
  void read(InputStream in, String source) throws IOException {
    RecordReader reader = new RecordReader(in, how.maxLineBytes(), OtlpLogs::documentsOfLine);
    Instant now = clock.instant();
    long received = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    @Nullable LineJoiner joiner = how.multiline() ? new LineJoiner() : null;
    while (next(reader)) {
      bytes += reader.fullLength() + 1;
      List<byte[]> parts = reader.parts();
      for (byte[] part : parts.isEmpty() ? List.of(reader.copy()) : parts) {
        RawRecord record = record(part, source, reader, received);
        add(joiner == null ? record : joiner.accept(record));
      }
      if (batch.size() >= BATCH_RECORDS || batchBytes >= BATCH_BYTES) {
        submit();
      } else if (!reader.isReady()) {
        flush();
      }
    }
    if (joiner != null) {
      add(joiner.end());
    }
    flush();
  }

  /** Reads the next record; what was read before is written before it is waited for. */
  private boolean next(RecordReader reader) throws IOException {
    RecordReader.Next next = reader.next(true, false);
    if (next == RecordReader.Next.LATER) {
      flush();
      return reader.next(true);
    }
    return next == RecordReader.Next.RECORD;
  }

  /** How much was read so far, and how fast. */
  String report() {
    long nanos = Math.max(1, System.nanoTime() - started);
    return Numbers.grouped(offset)
        + " lines, "
        + Numbers.bytes(bytes)
        + " in "
        + Numbers.nanos((double) nanos)
        + ": "
        + Numbers.rate(offset * 1e9 / nanos)
        + ", "
        + Numbers.bytes(Math.round(bytes * 1e9 / nanos))
        + "/s";
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }

  private RawRecord record(byte[] raw, String source, RecordReader reader, long received) {
    Redactor redactor = how.redactor();
    byte[] line = redactor == null ? raw : redactor.redact(raw);
    Origin origin = new Origin(PRODUCER, 0, offset);
    return new RawRecord(
        origin,
        offset++,
        received,
        RawRecord.DEFAULT_DATASET,
        source,
        reader.mark(headers),
        line,
        0,
        line.length);
  }

  private void add(@Nullable RawRecord record) {
    if (record != null) {
      batch.add(record);
      batchBytes += record.length();
    }
  }

  private void submit() throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    List<RawRecord> records = batch;
    int bytes = batchBytes;
    batch = new ArrayList<>(BATCH_RECORDS);
    batchBytes = 0;
    pending.add(pool.submit(() -> write(records, bytes)));
    while (pending.size() > mostPending) {
      writeOldest();
    }
  }

  private void flush() throws IOException {
    submit();
    while (!pending.isEmpty()) {
      writeOldest();
    }
    out.flush();
  }

  private void writeOldest() throws IOException {
    try {
      pending.remove().get().writeTo(out);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private ByteArrayOutputStream write(List<RawRecord> records, int bytes)
      throws InterruptedException {
    EventDecoder decoder = decoders.take();
    try {
      ByteArrayOutputStream lines = new ByteArrayOutputStream(4 * bytes + 1_024);
      for (RawRecord record : records) {
        json.write(event(decoder, record), lines);
      }
      return lines;
    } finally {
      decoders.put(decoder);
    }
  }

  /** A line that its parser fails on is still a line. */
  private LogEvent event(EventDecoder decoder, RawRecord record) {
    try {
      return how.enrichment().enrich(decoder.decode(record));
    } catch (DecodeException e) {
      return LogEvent.builder(record.eventId())
          .timestampNanos(record.receivedNanos())
          .observedNanos(record.receivedNanos())
          .message(record.text())
          .build();
    }
  }
}
