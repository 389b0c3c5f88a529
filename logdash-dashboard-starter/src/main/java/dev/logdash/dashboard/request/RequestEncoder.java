package dev.logdash.dashboard.request;

import dev.logdash.api.event.EcsFields;
import dev.logdash.core.decode.Surrogates;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a request as one JSON object with ECS names. For use by one thread. */
final class RequestEncoder {

  /** What the events name as their logger. */
  static final String LOGGER = "dev.logdash.request";

  private static final int FIRST_CLIENT_ERROR = 400;
  private static final int FIRST_ERROR = 500;

  private final JsonFactory json = new JsonFactory();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
  private final String service;

  RequestEncoder(String service) {
    this.service = service;
  }

  byte[] encode(RecordedRequest request) {
    out.reset();
    try (JsonGenerator line =
        json.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
      line.writeStartObject();
      line.writeStringProperty(
          EcsFields.TIMESTAMP, Instant.ofEpochMilli(request.atMillis()).toString());
      line.writeStringProperty(EcsFields.LOG_LEVEL, level(request.status()));
      text(
          line,
          EcsFields.MESSAGE,
          request.method() + ' ' + request.path() + ' ' + request.status());
      line.writeStringProperty(EcsFields.LOGGER, LOGGER);
      text(line, EcsFields.SERVICE_NAME, service);
      line.writeStringProperty(EcsFields.HTTP_METHOD, request.method());
      line.writeNumberProperty(EcsFields.HTTP_STATUS, request.status());
      text(line, EcsFields.URL_PATH, request.path());
      text(line, EcsFields.HTTP_ROUTE, request.route());
      line.writeNumberProperty(EcsFields.DURATION, request.nanos());
      text(line, EcsFields.TRACE_ID, request.trace());
      text(line, EcsFields.SPAN_ID, request.span());
      Throwable failure = request.failure();
      if (failure != null) {
        line.writeStringProperty(EcsFields.ERROR_TYPE, failure.getClass().getName());
        text(line, EcsFields.ERROR_MESSAGE, String.valueOf(failure.getMessage()));
      }
      line.writeEndObject();
    }
    return out.toByteArray();
  }

  // As the parser of access logs has it.
  private static String level(int status) {
    return status >= FIRST_ERROR ? "ERROR" : status >= FIRST_CLIENT_ERROR ? "WARN" : "INFO";
  }

  private static void text(JsonGenerator line, String name, String value) {
    if (!value.isEmpty()) {
      line.writeStringProperty(name, Surrogates.repair(value));
    }
  }
}
