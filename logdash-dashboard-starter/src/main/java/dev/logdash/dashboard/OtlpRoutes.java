package dev.logdash.dashboard;

import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.ingest.LineSplitter;
import dev.logdash.otlp.OtlpAnswer;
import dev.logdash.otlp.OtlpEncoding;
import dev.logdash.otlp.OtlpLogs;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Takes in what OpenTelemetry exports; there where its classes are. */
final class OtlpRoutes {

  private static final int MAX_BYTES = 16 << 20;
  private static final int MAX_RECORDS = 100_000;
  // A resource is written into each of its records, so that a short request can become very much.
  private static final long MAX_RECORD_BYTES = IngestBody.MAX_INFLATED;

  private final LogSink sink;
  private final int maxLineBytes;
  private final IngestPlaces places;

  OtlpRoutes(LogSink sink, int maxLineBytes, IngestPlaces places) {
    this.sink = sink;
    this.maxLineBytes = maxLineBytes;
    this.places = places;
  }

  /** Whether the classes that read it are on the class path. */
  static boolean isPossible() {
    try {
      Class.forName("dev.logdash.otlp.OtlpLogs", false, OtlpRoutes.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Takes lines apart that are requests, if that is possible. */
  static LineSplitter splitter() {
    return isPossible() ? Lines.SPLITTER : LineSplitter.none();
  }

  /** Loaded only where the classes are there. */
  private static final class Lines {
    static final LineSplitter SPLITTER = OtlpLogs::documentsOfLine;
  }

  List<Route> routes() {
    return List.of(Route.ingest("POST", "v1/logs", List.of(), this::logs));
  }

  private Mono<Reply> logs(Exchange exchange) {
    String dataset = IngestRoutes.dataset(exchange.principal(), "");
    OtlpEncoding encoding =
        OtlpEncoding.of(exchange.header("Content-Type"))
            .orElseThrow(
                () ->
                    Problem.of(
                        415,
                        "content_type",
                        "the content type is application/x-protobuf or application/json",
                        ""));
    return places.during(
        () -> {
          byte[] body = IngestBody.open(exchange).readNBytes(MAX_BYTES + 1);
          if (body.length > MAX_BYTES) {
            throw Problem.tooLarge("the body has more than " + MAX_BYTES + " bytes");
          }
          return take(body, encoding, dataset, exchange.credentials().clientAddress());
        });
  }

  private Mono<Reply> take(byte[] body, OtlpEncoding encoding, String dataset, String peer) {
    OtlpLogs logs;
    try {
      logs = OtlpLogs.read(body, encoding);
    } catch (IllegalArgumentException e) {
      return Mono.just(failed(400, encoding, String.valueOf(e.getMessage())));
    }
    if (logs.size() > MAX_RECORDS || logs.bytes() > MAX_RECORD_BYTES) {
      String reason =
          "the request has more than "
              + MAX_RECORDS
              + " records, or each with its resource they have more than "
              + MAX_RECORD_BYTES
              + " bytes; send smaller batches";
      return Mono.just(failed(413, encoding, reason));
    }
    Iterator<Submission> records = logs.submissions(dataset, peer).iterator();
    return new IngestRun(sink, items(records)).run().map(run -> answer(run, encoding));
  }

  private static Reply failed(int status, OtlpEncoding encoding, String reason) {
    byte[] told = OtlpAnswer.failed(encoding, reason);
    return new Reply.Body(status, encoding.contentType(), told, Map.of());
  }

  private IngestRun.Items items(Iterator<Submission> records) {
    return new IngestRun.Items() {
      private int index;

      @Override
      public IngestRun.@Nullable Item next() {
        if (!records.hasNext()) {
          return null;
        }
        Submission record = records.next();
        return record.body().length > maxLineBytes
            ? new IngestRun.Item(
                index++, null, "the record has more than " + maxLineBytes + " bytes")
            : new IngestRun.Item(index++, record, "");
      }
    };
  }

  // What did not fit is to be sent again, and the protocol can say that of a whole request alone:
  // then records that were taken come twice.
  private static Reply answer(IngestRun run, OtlpEncoding encoding) {
    boolean full = run.refused().stream().anyMatch(item -> item.reason().equals(IngestRun.FULL));
    if (full) {
      throw Problem.busy("the spool filled up; the records are to be sent again", 1);
    }
    String reason = run.refused().isEmpty() ? "" : run.refused().get(0).reason();
    return new Reply.Body(
        200,
        encoding.contentType(),
        OtlpAnswer.taken(encoding, run.refused().size(), reason),
        Map.of());
  }
}
