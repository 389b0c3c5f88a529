package dev.logdash.dashboard;

import dev.logdash.api.event.Headers;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.Enricher;
import dev.logdash.core.decode.DecodeException;
import dev.logdash.core.decode.EventDecoder;
import dev.logdash.core.decode.SourceRules;
import dev.logdash.core.ingest.RecordReader;
import dev.logdash.core.parse.FieldSink;
import dev.logdash.core.parse.LineParser;
import dev.logdash.core.parse.Parsers;
import dev.logdash.core.parse.pattern.PatternParser;
import dev.logdash.core.pipeline.LineJoining;
import dev.logdash.core.pipeline.TraceJoining;
import dev.logdash.core.redact.Redactor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes lines the way that they would take if they were logged: secrets are blotted out, the lines
 * of a stack trace joined, the format recognised, and the event enriched.
 */
final class ParsePreview {

  private static final String SOURCE = "preview";
  private static final String PATTERN = "pattern";
  private static final String COLUMNS = "columns";
  private static final long MAX_RECORD_BYTES = 4L << 20;

  private final EventDecoder decoder;
  private final Redactor redactor;
  private final Enricher enrichment;
  private final TraceJoining joining = new TraceJoining();
  private final long received;

  private final List<Understood> events = new ArrayList<>();
  private int records;
  private long recordBytes;
  // Whether the last record fitted the pattern.
  private boolean fitted;
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();
  private Map<String, String> openHeaders = Map.of();
  private int openState;
  private int openFrom;
  private int openLines;

  /**
   * One event.
   *
   * @param line the number of its first line, from 1 on
   * @param lines how many lines it has
   * @param format the name of its format, {@value #PATTERN} where the pattern fits, {@value
   *     #COLUMNS} where it has those of a header before it
   */
  record Understood(int line, int lines, String format, LogEvent event) {}

  /**
   * @param enrichment adds what the lines do not say
   */
  ParsePreview(
      @Nullable PatternParser first,
      SourceRules sources,
      Redactor redactor,
      Enricher enrichment,
      Clock clock) {
    this.redactor = redactor;
    this.enrichment = enrichment;
    decoder =
        new EventDecoder(
            first == null
                ? Parsers.detecting()
                : Parsers.detecting(
                    (b, from, to, sink) -> {
                      fitted = first.parse(b, from, to, sink);
                      return fitted;
                    }),
            sources);
    received = ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
  }

  /**
   * The events of a text; blank lines count but are none.
   *
   * @param mostLines the most lines, and the most records that lines of several hold together
   */
  List<Understood> read(byte[] text, int mostLines) {
    RecordReader reader =
        new RecordReader(new ByteArrayInputStream(text), text.length + 1, OtlpRoutes.splitter());
    int line = 1;
    while (next(reader)) {
      if (line + reader.lineCount() - 1 > mostLines) {
        throw Problem.tooLarge("there are more than " + mostLines + " lines");
      }
      if (reader.length() > 0) {
        List<byte[]> parts = reader.parts();
        for (byte[] body : parts.isEmpty() ? List.of(reader.copy()) : parts) {
          recordBytes += body.length;
          if (++records > mostLines || recordBytes > MAX_RECORD_BYTES) {
            throw Problem.tooLarge(
                "the lines hold more than "
                    + mostLines
                    + " records, or more than "
                    + MAX_RECORD_BYTES
                    + " bytes of them");
          }
          add(body, reader, line);
        }
      }
      line += reader.lineCount();
    }
    end();
    return events;
  }

  private static boolean next(RecordReader reader) {
    try {
      return reader.next(true);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be read", e);
    }
  }

  private void add(byte[] body, RecordReader reader, int number) {
    byte[] line = redactor.redact(body);
    int next =
        openState == LineJoining.END
            ? LineJoining.END
            : joining.next(openState, line, 0, line.length);
    if (next != LineJoining.END) {
      openState = next;
      open.write('\n');
      open.writeBytes(line);
      openLines += reader.lineCount();
      return;
    }
    end();
    openHeaders = reader.mark(Map.of());
    open.writeBytes(line);
    openState = joining.begin(line, 0, line.length);
    openFrom = number;
    openLines = reader.lineCount();
  }

  private String formatOf(byte[] record) {
    String header = openHeaders.get(Headers.COLUMNS);
    LineParser parser = header == null ? null : Parsers.columns(header);
    boolean fits = parser != null && parser.parse(record, 0, record.length, new FieldSink());
    return fits ? COLUMNS : Parsers.formatOf(record, 0, record.length);
  }

  private void end() {
    if (openLines == 0) {
      return;
    }
    byte[] bytes = open.toByteArray();
    open.reset();
    RawRecord record =
        new RawRecord(
            Origin.ofProducer(0, 0, events.size()),
            events.size(),
            received,
            RawRecord.DEFAULT_DATASET,
            SOURCE,
            openHeaders,
            bytes,
            0,
            bytes.length);
    LogEvent event = decode(record);
    String format = fitted ? PATTERN : formatOf(bytes);
    events.add(new Understood(openFrom, openLines, format, event));
    openLines = 0;
    openState = LineJoining.END;
  }

  private LogEvent decode(RawRecord record) {
    try {
      return enrichment.enrich(decoder.decode(record));
    } catch (DecodeException e) {
      // It would be a dead letter.
      return LogEvent.builder(record.eventId())
          .timestampNanos(record.receivedNanos())
          .observedNanos(record.receivedNanos())
          .message(record.text())
          .build();
    }
  }
}
