package dev.logdash.otlp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.logdash.api.event.Headers;
import dev.logdash.api.ingest.Submission;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The logs of one request.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">OTLP/HTTP</a>
 */
public final class OtlpLogs {

  private static final String SERVICE = "service.name";
  private static final byte[] START = "{\"resourceLogs\":".getBytes(US_ASCII);
  // A resource is written into each of its records, so that a short line can become very much.
  private static final int MAX_RECORDS_OF_LINE = 10_000;
  private static final int MAX_BYTES_OF_LINE = 8 << 20;

  private final ExportLogsServiceRequest request;

  private OtlpLogs(ExportLogsServiceRequest request) {
    this.request = request;
  }

  /**
   * Reads the body of a request.
   *
   * @throws IllegalArgumentException if it is none, with the reason
   */
  public static OtlpLogs read(byte[] body, OtlpEncoding encoding) {
    if (encoding == OtlpEncoding.JSON) {
      return new OtlpLogs(JsonRequest.read(body));
    }
    try {
      return new OtlpLogs(ExportLogsServiceRequest.parseFrom(body));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("the body is no ExportLogsServiceRequest", e);
    }
  }

  /**
   * The documents of the records of a line that is a request as JSON, as the collector of
   * OpenTelemetry writes them into files and topics, in their order: each is what it would be had
   * the request been posted. None if the line is no such request, or one of more than 10,000
   * records or of documents of more than 8 MiB together; looks at few bytes of other lines, and
   * does not fail.
   */
  public static List<byte[]> documentsOfLine(byte[] buffer, int from, int to) {
    if (to - from <= START.length
        || buffer[from] != '{'
        || !Arrays.equals(buffer, from, from + START.length, START, 0, START.length)) {
      return List.of();
    }
    try {
      return read(Arrays.copyOfRange(buffer, from, to), OtlpEncoding.JSON).documentsOfLine();
    } catch (IllegalArgumentException e) {
      // It begins like a request and is none: a line like any other.
      return List.of();
    }
  }

  private List<byte[]> documentsOfLine() {
    if (size() > MAX_RECORDS_OF_LINE) {
      return List.of();
    }
    List<byte[]> documents = new ArrayList<>();
    long bytes = 0;
    for (Found found : found()) {
      byte[] document = found.document();
      bytes += document.length;
      if (bytes > MAX_BYTES_OF_LINE) {
        return List.of();
      }
      documents.add(document);
    }
    return documents;
  }

  /** How many records there are. */
  public int size() {
    int size = 0;
    for (ResourceLogs logs : request.getResourceLogsList()) {
      for (ScopeLogs scope : logs.getScopeLogsList()) {
        size += scope.getLogRecordsCount();
      }
    }
    return size;
  }

  /**
   * About how many bytes the documents of all records have, each with its resource: what they have
   * in the binary form. Makes none of them.
   */
  public long bytes() {
    long bytes = 0;
    for (ResourceLogs logs : request.getResourceLogsList()) {
      long resource = logs.getResource().getSerializedSize();
      for (ScopeLogs scope : logs.getScopeLogsList()) {
        long around = resource + scope.getScope().getNameBytes().size();
        bytes += around * scope.getLogRecordsCount();
        for (LogRecord record : scope.getLogRecordsList()) {
          bytes += record.getSerializedSize();
        }
      }
    }
    return bytes;
  }

  /**
   * The records in their order, each as a JSON document with the names of OpenTelemetry: those of
   * the resource and of the record beside each other, the name of the scope as {@code log.logger}.
   * A document is made when the stream comes to it.
   *
   * @param peer who sent them; lines of one peer and one service keep their order
   */
  public Stream<Submission> submissions(String dataset, String peer) {
    return found().stream().map(found -> found.submission(dataset, peer));
  }

  private List<Found> found() {
    List<Found> all = new ArrayList<>(size());
    for (ResourceLogs logs : request.getResourceLogsList()) {
      Resource resource = logs.getResource();
      String service = service(resource);
      for (ScopeLogs scope : logs.getScopeLogsList()) {
        String name = scope.getScope().getName();
        for (LogRecord record : scope.getLogRecordsList()) {
          all.add(new Found(resource, service, name, record));
        }
      }
    }
    return all;
  }

  private record Found(Resource resource, String service, String scope, LogRecord record) {
    byte[] document() {
      return RecordDocument.write(resource, scope, record);
    }

    Submission submission(String dataset, String peer) {
      String source = service.isEmpty() ? peer : peer + '/' + service;
      Map<String, String> headers = service.isEmpty() ? Map.of() : Map.of(Headers.SERVICE, service);
      return Submission.of(document(), source).withDataset(dataset).withHeaders(headers);
    }
  }

  private static String service(Resource resource) {
    return resource.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals(SERVICE))
        .map(attribute -> attribute.getValue().getStringValue())
        .findFirst()
        .orElse("");
  }
}
