package dev.logdash.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.logdash.api.event.EcsFields;
import dev.logdash.core.decode.Surrogates;
import dev.logdash.core.parse.Parsers;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Marker;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes an event as one JSON object with ECS names, which the parser of JSON reads back exactly. A
 * name of the context or of a pair that means a field which is there already gets the prefix {@code
 * labels.}, so that neither value is lost. For use by one thread.
 */
final class EventEncoder {

  /** The SLF4J format string, where it has arguments: with the logger it names the statement. */
  static final String TEMPLATE = "log.template";

  private static final String TAGS = "tags";
  private static final String FILE = "log.origin.file.name";
  private static final String LINE = "log.origin.file.line";
  private static final String FUNCTION = "log.origin.function";

  // OpenTelemetry, Micrometer and Brave, older Brave, Datadog, ECS.
  private static final List<String> TRACE_KEYS =
      List.of("trace_id", "traceId", "X-B3-TraceId", "dd.trace_id", EcsFields.TRACE_ID);
  private static final List<String> SPAN_KEYS =
      List.of("span_id", "spanId", "X-B3-SpanId", "dd.span_id", EcsFields.SPAN_ID);

  // The reader leaves these to the first member that means them and keeps others as they are.
  private static final Set<String> LEFT_TO_THE_READER =
      Set.of(EcsFields.TIMESTAMP, EcsFields.LOG_LEVEL);
  // Names that would take the place of the message or of the severity.
  private static final Set<String> TAKEN =
      Set.of(EcsFields.MESSAGE, "level_value", "severity_number");
  // The reader takes 1,024 bytes.
  private static final int MAX_NAME = 256;

  private final JsonFactory json = new JsonFactory();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
  private final Set<String> fields = new HashSet<>();

  byte[] encode(QueuedEvent queued, String service) {
    ILoggingEvent event = queued.event();
    try (JsonGenerator line = begin()) {
      Instant time = event.getInstant();
      line.writeStringProperty(
          EcsFields.TIMESTAMP,
          (time != null ? time : Instant.ofEpochMilli(event.getTimeStamp())).toString());
      line.writeStringProperty(EcsFields.LOG_LEVEL, event.getLevel().toString());
      text(line, EcsFields.MESSAGE, event.getFormattedMessage());
      optional(line, EcsFields.LOGGER, event.getLoggerName());
      optional(line, EcsFields.THREAD_NAME, event.getThreadName());
      optional(line, EcsFields.SERVICE_NAME, service);
      Object[] arguments = event.getArgumentArray();
      if (arguments != null && arguments.length > 0) {
        optional(line, TEMPLATE, event.getMessage());
      }
      error(line, event.getThrowableProxy());
      markers(line, event.getMarkerList());
      if (event.hasCallerData()) {
        origin(line, event.getCallerData());
      }
      Map<String, String> context = event.getMDCPropertyMap();
      Object[] pairs = queued.pairs();
      String traceKey = id(line, EcsFields.TRACE_ID, TRACE_KEYS, pairs, context);
      String spanKey = id(line, EcsFields.SPAN_ID, SPAN_KEYS, pairs, context);
      for (int i = 0; i < pairs.length; i += 2) {
        if (!pairs[i].equals(traceKey) && !pairs[i].equals(spanKey)) {
          attribute(line, (String) pairs[i], pairs[i + 1]);
        }
      }
      for (Map.Entry<String, String> entry : context.entrySet()) {
        String name = entry.getKey();
        String value = entry.getValue();
        boolean known = name == null || name.equals(traceKey) || name.equals(spanKey);
        if (!known && value != null) {
          attribute(line, name, value);
        }
      }
      line.writeEndObject();
    }
    return out.toByteArray();
  }

  /** What tells of dropped events; it gets the time of its reception. */
  byte[] encodeDrops(String message, Map<String, Long> reasons, String logger, String service) {
    try (JsonGenerator line = begin()) {
      line.writeStringProperty(EcsFields.LOG_LEVEL, "WARN");
      text(line, EcsFields.MESSAGE, message);
      text(line, EcsFields.LOGGER, logger);
      optional(line, EcsFields.SERVICE_NAME, service);
      for (Map.Entry<String, Long> reason : reasons.entrySet()) {
        line.writeNumberProperty("logdash.dropped." + reason.getKey(), reason.getValue());
      }
      line.writeEndObject();
    }
    return out.toByteArray();
  }

  private JsonGenerator begin() {
    out.reset();
    fields.clear();
    fields.addAll(TAKEN);
    JsonGenerator line = json.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8);
    line.writeStartObject();
    return line;
  }

  private void error(JsonGenerator line, IThrowableProxy error) {
    if (error != null) {
      optional(line, EcsFields.ERROR_TYPE, error.getClassName());
      optional(line, EcsFields.ERROR_MESSAGE, error.getMessage());
      optional(line, EcsFields.STACK_TRACE, ThrowableProxyUtil.asString(error));
    }
  }

  private void markers(JsonGenerator line, List<Marker> markers) {
    if (markers != null && !markers.isEmpty()) {
      fields.add(TAGS);
      line.writeArrayPropertyStart(TAGS);
      for (Marker marker : markers) {
        line.writeString(Surrogates.repair(marker.getName()));
      }
      line.writeEndArray();
    }
  }

  private void origin(JsonGenerator line, StackTraceElement[] frames) {
    if (frames.length > 0) {
      optional(line, FILE, frames[0].getFileName());
      if (frames[0].getLineNumber() > 0) {
        fields.add(LINE);
        line.writeNumberProperty(LINE, frames[0].getLineNumber());
      }
      optional(line, FUNCTION, frames[0].getMethodName());
    }
  }

  /** Writes the first id that is there, and answers its key, or the empty text. */
  private String id(
      JsonGenerator line,
      String field,
      List<String> keys,
      Object[] pairs,
      Map<String, String> context) {
    for (String key : keys) {
      for (int i = 0; i < pairs.length; i += 2) {
        if (pairs[i].equals(key) && !pairs[i + 1].toString().isEmpty()) {
          text(line, field, pairs[i + 1].toString());
          return key;
        }
      }
      String value = context.isEmpty() ? null : context.get(key);
      if (value != null && !value.isEmpty()) {
        text(line, field, value);
        return key;
      }
    }
    return "";
  }

  private void attribute(JsonGenerator line, String key, Object value) {
    line.writeName(name(key));
    if (value instanceof Long || value instanceof Integer) {
      line.writeNumber(((Number) value).longValue());
    } else if (value instanceof Short || value instanceof Byte) {
      line.writeNumber(((Number) value).longValue());
    } else if (value instanceof Double number && Double.isFinite(number)) {
      line.writeNumber(number);
    } else if (value instanceof Float number && Float.isFinite(number)) {
      // By its text, since 0.1f as a double is 0.10000000149011612.
      line.writeNumber(number.toString());
    } else if (value instanceof Boolean flag) {
      line.writeBoolean(flag);
    } else {
      line.writeString(Surrogates.repair(value.toString()));
    }
  }

  private String name(String key) {
    String name = Surrogates.repair(key.length() > MAX_NAME ? key.substring(0, MAX_NAME) : key);
    String field = Parsers.fieldOf(name);
    while (!LEFT_TO_THE_READER.contains(field) && !fields.add(field)) {
      name = "labels." + name;
      field = Parsers.fieldOf(name);
    }
    return name;
  }

  private void optional(JsonGenerator line, String name, String value) {
    if (value != null && !value.isEmpty()) {
      text(line, name, value);
    }
  }

  private void text(JsonGenerator line, String name, String value) {
    fields.add(name);
    line.writeStringProperty(name, value == null ? "" : Surrogates.repair(value));
  }
}
