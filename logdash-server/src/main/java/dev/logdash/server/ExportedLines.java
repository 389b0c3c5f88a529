package dev.logdash.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.logdash.api.ingest.Submission;
import dev.logdash.core.ingest.LineSplitter;
import dev.logdash.otlp.OtlpEncoding;
import dev.logdash.otlp.OtlpLogs;
import java.util.Arrays;
import java.util.List;

/**
 * Lines that are requests of OTLP, as the collector of OpenTelemetry writes them into files: each
 * of their records is a record, and is what it would be had it been posted.
 */
final class ExportedLines implements LineSplitter {

  private static final byte[] START = "{\"resourceLogs\":".getBytes(US_ASCII);

  @Override
  public List<byte[]> split(byte[] buffer, int from, int to) {
    if (to - from <= START.length
        || buffer[from] != '{'
        || !Arrays.equals(buffer, from, from + START.length, START, 0, START.length)) {
      return List.of();
    }
    try {
      byte[] request = Arrays.copyOfRange(buffer, from, to);
      return OtlpLogs.read(request, OtlpEncoding.JSON).submissions("", "").stream()
          .map(Submission::body)
          .toList();
    } catch (IllegalArgumentException e) {
      // It begins like a request and is none: a line like any other.
      return List.of();
    }
  }
}
