package dev.logdash.server;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.Headers;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import dev.logdash.core.decode.DecodeException;
import dev.logdash.core.decode.EventDecoder;
import dev.logdash.core.ingest.RecordReader;
import dev.logdash.core.template.Template;
import dev.logdash.otlp.OtlpLogs;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the messages of log lines. */
final class MessageLines {

  private static final String TEMPLATE = "log.template";

  private final EventDecoder decoder = new EventDecoder();
  private final Map<String, String> headers;
  private final int maxLineBytes;

  /**
   * @param format of all lines, {@code auto} to recognise it
   * @param maxLineBytes beyond which a line is cut
   */
  MessageLines(String format, int maxLineBytes) {
    this.headers = Map.of(Headers.FORMAT, format);
    this.maxLineBytes = maxLineBytes;
  }

  /** Takes messages. */
  @FunctionalInterface
  interface Taker {
    /**
     * Takes the next message.
     *
     * @param exact the statement that the line itself names, or null
     */
    void take(String message, @Nullable Template exact) throws IOException;
  }

  /** Reads a file to its end. */
  void read(String file, Taker taker) {
    InputFile.read(file, in -> read(in, file, taker));
  }

  /** Reads a stream to its end; it stays open. */
  void read(InputStream in, String source, Taker taker) throws IOException {
    RecordReader reader = new RecordReader(in, maxLineBytes, OtlpLogs::documentsOfLine);
    long offset = 0;
    while (reader.next(true)) {
      List<byte[]> parts = reader.parts();
      for (byte[] line : parts.isEmpty() ? List.of(reader.copy()) : parts) {
        RawRecord record =
            new RawRecord(
                new Origin("templates", 0, offset),
                offset++,
                0,
                RawRecord.DEFAULT_DATASET,
                source,
                reader.mark(headers),
                line,
                0,
                line.length);
        take(record, taker);
      }
    }
  }

  private void take(RawRecord record, Taker taker) throws IOException {
    LogEvent event;
    try {
      event = decoder.decode(record);
    } catch (DecodeException e) {
      taker.take(record.text(), null);
      return;
    }
    // A line of fields alone is its own message.
    String message = event.message().isBlank() ? record.text() : event.message();
    taker.take(message, exact(event));
  }

  private static @Nullable Template exact(LogEvent event) {
    if (!(event.attributes().get(TEMPLATE) instanceof String format)) {
      return null;
    }
    Object logger = event.attributes().get(EcsFields.LOGGER);
    return Template.exact(logger == null ? "" : logger.toString(), format);
  }
}
