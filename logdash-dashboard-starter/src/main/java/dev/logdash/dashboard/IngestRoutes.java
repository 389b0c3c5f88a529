package dev.logdash.dashboard;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.error.AccessDeniedException;
import dev.logdash.api.event.Headers;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.core.decode.EventDecoder;
import dev.logdash.core.ingest.RecordReader;
import dev.logdash.core.redact.Redactor;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/** Taking logs in: lines of any format, or a try of how they would be understood. */
final class IngestRoutes {

  private static final int MAX_NAME = 512;
  private static final int MAX_DEBUG_BYTES = 1 << 20;
  private static final int MAX_DEBUG_RECORDS = 200;
  private static final int MAX_DEBUG_RECORD_BYTES = 4 << 20;

  private static final Pattern PRODUCER = Pattern.compile("[0-9a-f]{16}");

  private final LogSink sink;
  private final int maxLineBytes;
  private final Clock clock;
  private final Redactor redactor;
  private final ToLongFunction<String> positions;
  private final Set<String> shipping = ConcurrentHashMap.newKeySet();
  private final IngestPlaces places;

  /**
   * @param positions how far a key has come in the sink, or -1
   * @param redactor of lines that are shown and not taken
   */
  IngestRoutes(
      LogSink sink,
      ToLongFunction<String> positions,
      int maxLineBytes,
      Clock clock,
      IngestPlaces places,
      Redactor redactor) {
    this.places = places;
    this.redactor = redactor;
    this.sink = sink;
    this.positions = positions;
    this.maxLineBytes = maxLineBytes;
    this.clock = clock;
  }

  List<Route> routes() {
    BulkFormat bulk = new BulkFormat(maxLineBytes);
    return List.of(
        Route.ingest(
            "POST", "api/v1/ingest", List.of("source", "service", "dataset"), this::ingest),
        new Route(
            "POST",
            "api/v1/ingest",
            Permission.INGEST_DEBUG,
            Route.Guard.OWN_PAGE,
            List.of("source", "service", "debug"),
            "debug",
            this::debug),
        Route.ingest("POST", "api/v1/ingest/records", List.of("producer"), this::records),
        Route.ingest("POST", "_bulk", List.of(), exchange -> bulk(exchange, bulk, "")),
        Route.ingest(
            "POST",
            "{index}/_bulk",
            List.of(),
            exchange -> bulk(exchange, bulk, exchange.variable("index"))));
  }

  private Mono<Reply> ingest(Exchange exchange) {
    String dataset = dataset(exchange.principal(), exchange.text("dataset", ""));
    String source = name(exchange, "source", exchange.credentials().clientAddress());
    Map<String, String> headers = headers(exchange);
    String key = exchange.header("Idempotency-Key");
    if (key.length() > MAX_NAME / 2) {
      throw Problem.badRequest("header", "the Idempotency-Key has more than 256 characters");
    }
    return places.during(
        () -> {
          RecordReader reader =
              new RecordReader(IngestBody.open(exchange), maxLineBytes, OtlpRoutes.splitter());
          IngestLines lines = new IngestLines(reader, dataset, source, headers, key);
          return new IngestRun(sink, lines).run().map(IngestRoutes::answer);
        });
  }

  private Mono<Reply> records(Exchange exchange) {
    Principal principal = exchange.principal();
    String producer = exchange.text("producer", "");
    if (!PRODUCER.matcher(producer).matches()) {
      throw Problem.badRequest("parameter", "producer has 16 hexadecimal digits");
    }
    String stream = "ship/" + principal.name() + '/' + producer;
    return places.during(
        () -> {
          // A request that its sender has given up may still be at work; what it appends must be
          // known before the same records are looked at again.
          if (!shipping.add(stream)) {
            throw Problem.busy("the records of this producer are being taken in", 1);
          }
          return Mono.fromCallable(
                  () ->
                      new ShippedRecords(
                          IngestBody.open(exchange),
                          maxLineBytes,
                          stream,
                          named -> dataset(principal, named),
                          positions))
              .flatMap(records -> new IngestRun(sink, records).run())
              .map(IngestRoutes::answer)
              .doFinally(signal -> shipping.remove(stream));
        });
  }

  private Mono<Reply> bulk(Exchange exchange, BulkFormat format, String index) {
    String dataset = dataset(exchange.principal(), "");
    String source = exchange.credentials().clientAddress();
    long started = System.nanoTime();
    return places.during(
        () -> {
          BulkFormat.Body body = format.read(IngestBody.open(exchange), dataset, source, index);
          return new IngestRun(sink, body).run().map(run -> body.answer(run, started));
        });
  }

  private Mono<Reply> debug(Exchange exchange) {
    String source = name(exchange, "source", "debug");
    Map<String, String> headers = headers(exchange);
    return Mono.fromCallable(
        () -> {
          byte[] body = exchange.body(MAX_DEBUG_BYTES);
          RecordReader lines =
              new RecordReader(new ByteArrayInputStream(body), maxLineBytes, OtlpRoutes.splitter());
          EventDecoder decoder = new EventDecoder();
          List<LogEvent> events = new ArrayList<>();
          int bytes = 0;
          while (events.size() < MAX_DEBUG_RECORDS
              && bytes < MAX_DEBUG_RECORD_BYTES
              && lines.next(true)) {
            if (lines.length() > 0) {
              Map<String, String> marked = lines.mark(headers);
              List<byte[]> parts = lines.parts();
              for (byte[] part : parts.isEmpty() ? List.of(lines.copy()) : parts) {
                if (events.size() < MAX_DEBUG_RECORDS && bytes < MAX_DEBUG_RECORD_BYTES) {
                  events.add(decoder.decode(record(part, events.size(), source, marked)));
                  bytes += part.length;
                }
              }
            }
          }
          return Reply.object(
              json -> {
                json.writeArrayPropertyStart("events");
                events.forEach(event -> EventWriter.write(event, json));
                json.writeEndArray();
              });
        });
  }

  private RawRecord record(byte[] line, int number, String source, Map<String, String> headers) {
    byte[] redacted = redactor.redact(line);
    return new RawRecord(
        Origin.ofProducer(0, 0, number),
        number,
        ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()),
        RawRecord.DEFAULT_DATASET,
        source,
        headers,
        redacted,
        0,
        redacted.length);
  }

  private static Reply answer(IngestRun run) {
    return Reply.object(
        json -> {
          json.writeNumberProperty("accepted", run.accepted());
          json.writeArrayPropertyStart("rejected");
          for (IngestRun.Refused refused : run.refused()) {
            json.writeStartObject();
            json.writeNumberProperty("index", refused.index());
            Json.text(json, "reason", refused.reason());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** The dataset to write to: the one that is named, else the only one of the key. */
  static String dataset(Principal principal, String named) {
    String dataset = named;
    if (dataset.isEmpty()) {
      dataset =
          principal.datasets().size() == 1
              ? principal.datasets().iterator().next()
              : RawRecord.DEFAULT_DATASET;
    }
    if (!principal.mayWrite(dataset)) {
      throw new AccessDeniedException("the key is not for the dataset " + dataset);
    }
    return dataset;
  }

  private static Map<String, String> headers(Exchange exchange) {
    String service = name(exchange, "service", "");
    return service.isEmpty() ? Map.of() : Map.of(Headers.SERVICE, service);
  }

  private static String name(Exchange exchange, String parameter, String defaultText) {
    String value = exchange.text(parameter, defaultText);
    if (value.length() > MAX_NAME) {
      throw Problem.badRequest(
          "parameter", parameter + " has more than " + MAX_NAME + " characters");
    }
    return value;
  }
}
