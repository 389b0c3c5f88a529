package dev.logdash.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** One log record as a JSON document. */
final class RecordDocument {

  private static final JsonFactory JSON = new JsonFactory();
  // As deep as the parser reads on; what is nested further is written as text.
  private static final int MAX_DEPTH = 16;

  private RecordDocument() {}

  static byte[] write(Resource resource, String scope, LogRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json =
        JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      long nanos =
          record.getTimeUnixNano() != 0
              ? record.getTimeUnixNano()
              : record.getObservedTimeUnixNano();
      if (nanos > 0) {
        json.writeStringProperty(
            "@timestamp",
            Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000).toString());
      }
      text(json, "severity_text", record.getSeverityText());
      if (record.getSeverityNumberValue() > 0) {
        json.writeNumberProperty("severity_number", record.getSeverityNumberValue());
      }
      if (record.hasBody()) {
        body(json, record.getBody());
      }
      text(json, "trace.id", hex(record.getTraceId()));
      text(json, "span.id", hex(record.getSpanId()));
      text(json, "log.logger", scope);
      text(json, "event.action", record.getEventName());
      // Of two attributes of a name that of the record says more.
      Set<String> names = new HashSet<>();
      attributes(json, record.getAttributesList(), names);
      attributes(json, resource.getAttributesList(), names);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  // A structured body is data beside a message, not a message.
  private static void body(JsonGenerator json, AnyValue body) {
    json.writeName(body.getValueCase() == AnyValue.ValueCase.KVLIST_VALUE ? "body_fields" : "body");
    value(json, body, 0);
  }

  private static void attributes(JsonGenerator json, List<KeyValue> attributes, Set<String> names) {
    for (KeyValue attribute : attributes) {
      if (names.add(attribute.getKey())) {
        json.writeName(attribute.getKey());
        value(json, attribute.getValue(), 0);
      }
    }
  }

  private static void value(JsonGenerator json, AnyValue value, int depth) {
    if (depth == MAX_DEPTH) {
      json.writeString("nested too deep");
      return;
    }
    switch (value.getValueCase()) {
      case STRING_VALUE:
        json.writeString(value.getStringValue());
        break;
      case BOOL_VALUE:
        json.writeBoolean(value.getBoolValue());
        break;
      case INT_VALUE:
        json.writeNumber(value.getIntValue());
        break;
      case DOUBLE_VALUE:
        number(json, value.getDoubleValue());
        break;
      case BYTES_VALUE:
        json.writeBinary(value.getBytesValue().toByteArray());
        break;
      case ARRAY_VALUE:
        json.writeStartArray();
        value.getArrayValue().getValuesList().forEach(each -> value(json, each, depth + 1));
        json.writeEndArray();
        break;
      case KVLIST_VALUE:
        json.writeStartObject();
        Set<String> names = new HashSet<>();
        for (KeyValue each : value.getKvlistValue().getValuesList()) {
          if (names.add(each.getKey())) {
            json.writeName(each.getKey());
            value(json, each.getValue(), depth + 1);
          }
        }
        json.writeEndObject();
        break;
      default:
        json.writeNull();
        break;
    }
  }

  private static void number(JsonGenerator json, double value) {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeString(Double.toString(value));
    }
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static void text(JsonGenerator json, String name, String value) {
    if (!value.isEmpty()) {
      json.writeStringProperty(name, value);
    }
  }
}
