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

/**
 * The logs of one request.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">OTLP/HTTP</a>
 */
public final class OtlpLogs {

  private static final String SERVICE = "service.name";
  private static final byte[] START = "{\"resourceLogs\":".getBytes(US_ASCII);

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
   * the request been posted. None if the line is no such request; looks at few bytes of other
   * lines, and does not fail.
   */
  public static List<byte[]> documentsOfLine(byte[] buffer, int from, int to) {
    if (to - from <= START.length
        || buffer[from] != '{'
        || !Arrays.equals(buffer, from, from + START.length, START, 0, START.length)) {
      return List.of();
    }
    try {
      OtlpLogs logs = read(Arrays.copyOfRange(buffer, from, to), OtlpEncoding.JSON);
      return logs.submissions("", "").stream().map(Submission::body).toList();
    } catch (IllegalArgumentException e) {
      // It begins like a request and is none: a line like any other.
      return List.of();
    }
  }

  private int size() {
    int size = 0;
    for (ResourceLogs logs : request.getResourceLogsList()) {
      for (ScopeLogs scope : logs.getScopeLogsList()) {
        size += scope.getLogRecordsCount();
      }
    }
    return size;
  }

  /**
   * The records in their order, each as a JSON document with the names of OpenTelemetry: those of
   * the resource and of the record beside each other, the name of the scope as {@code log.logger}.
   *
   * @param peer who sent them; lines of one peer and one service keep their order
   */
  public List<Submission> submissions(String dataset, String peer) {
    List<Submission> all = new ArrayList<>(size());
    for (ResourceLogs logs : request.getResourceLogsList()) {
      Resource resource = logs.getResource();
      String service = service(resource);
      String source = service.isEmpty() ? peer : peer + '/' + service;
      Map<String, String> headers = service.isEmpty() ? Map.of() : Map.of(Headers.SERVICE, service);
      for (ScopeLogs scope : logs.getScopeLogsList()) {
        for (LogRecord record : scope.getLogRecordsList()) {
          byte[] document = RecordDocument.write(resource, scope.getScope().getName(), record);
          all.add(Submission.of(document, source).withDataset(dataset).withHeaders(headers));
        }
      }
    }
    return all;
  }

  private static String service(Resource resource) {
    return resource.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals(SERVICE))
        .map(attribute -> attribute.getValue().getStringValue())
        .findFirst()
        .orElse("");
  }
}
