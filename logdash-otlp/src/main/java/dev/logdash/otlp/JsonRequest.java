package dev.logdash.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the JSON form. It is that of Protocol Buffers but for ids, which are hexadecimal; numbers
 * of 64 bits may be texts; members that are not known are passed over.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">JSON encoding</a>
 */
final class JsonRequest {

  private static final JsonMapper MAPPER = new JsonMapper();

  private JsonRequest() {}

  static ExportLogsServiceRequest read(byte[] body) {
    try {
      JsonNode root = MAPPER.readTree(body);
      if (!root.isObject()) {
        throw new IllegalArgumentException("the body is no JSON object");
      }
      ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
      for (JsonNode logs : list(root, "resourceLogs", "resource_logs")) {
        request.addResourceLogs(resourceLogs(logs));
      }
      return request.build();
    } catch (JacksonException e) {
      throw new IllegalArgumentException("the body is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static ResourceLogs resourceLogs(JsonNode node) {
    ResourceLogs.Builder logs = ResourceLogs.newBuilder();
    Resource.Builder resource = Resource.newBuilder();
    for (JsonNode attribute : list(node.path("resource"), "attributes", "attributes")) {
      resource.addAttributes(keyValue(attribute));
    }
    logs.setResource(resource);
    for (JsonNode scope : list(node, "scopeLogs", "scope_logs")) {
      ScopeLogs.Builder scopeLogs =
          ScopeLogs.newBuilder()
              .setScope(
                  InstrumentationScope.newBuilder().setName(text(scope.path("scope"), "name")));
      for (JsonNode record : list(scope, "logRecords", "log_records")) {
        scopeLogs.addLogRecords(record(record));
      }
      logs.addScopeLogs(scopeLogs);
    }
    return logs.build();
  }

  private static LogRecord record(JsonNode node) {
    LogRecord.Builder record =
        LogRecord.newBuilder()
            .setTimeUnixNano(number(member(node, "timeUnixNano", "time_unix_nano")))
            .setObservedTimeUnixNano(
                number(member(node, "observedTimeUnixNano", "observed_time_unix_nano")))
            .setSeverityText(text(node, "severityText"))
            .setEventName(text(node, "eventName"))
            .setTraceId(id(text(node, "traceId")))
            .setSpanId(id(text(node, "spanId")));
    severity(record, member(node, "severityNumber", "severity_number"));
    JsonNode body = node.path("body");
    if (body.isObject()) {
      record.setBody(value(body));
    }
    for (JsonNode attribute : list(node, "attributes", "attributes")) {
      record.addAttributes(keyValue(attribute));
    }
    return record.build();
  }

  // A number, or the name of one.
  private static void severity(LogRecord.Builder record, JsonNode node) {
    if (node.isString()) {
      try {
        record.setSeverityNumber(SeverityNumber.valueOf(node.asString("")));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("severityNumber is no number of severity", e);
      }
    } else if (node.isNumber()) {
      record.setSeverityNumberValue((int) number(node));
    }
  }

  private static KeyValue keyValue(JsonNode node) {
    return KeyValue.newBuilder()
        .setKey(text(node, "key"))
        .setValue(value(node.path("value")))
        .build();
  }

  private static AnyValue value(JsonNode node) {
    AnyValue.Builder value = AnyValue.newBuilder();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      JsonNode content = member.getValue();
      switch (member.getKey()) {
        case "stringValue", "string_value":
          value.setStringValue(content.asString(""));
          break;
        case "boolValue", "bool_value":
          value.setBoolValue(content.asBoolean(false));
          break;
        case "intValue", "int_value":
          value.setIntValue(number(content));
          break;
        case "doubleValue", "double_value":
          value.setDoubleValue(real(content));
          break;
        case "bytesValue", "bytes_value":
          value.setBytesValue(bytes(content.asString("")));
          break;
        case "arrayValue", "array_value":
          ArrayValue.Builder array = ArrayValue.newBuilder();
          for (JsonNode each : list(content, "values", "values")) {
            array.addValues(value(each));
          }
          value.setArrayValue(array);
          break;
        case "kvlistValue", "kvlist_value":
          KeyValueList.Builder pairs = KeyValueList.newBuilder();
          for (JsonNode each : list(content, "values", "values")) {
            pairs.addValues(keyValue(each));
          }
          value.setKvlistValue(pairs);
          break;
        default:
          break;
      }
    }
    return value.build();
  }

  private static Iterable<JsonNode> list(JsonNode node, String name, String other) {
    JsonNode list = member(node, name, other);
    if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
      throw new IllegalArgumentException(name + " is no array");
    }
    return list;
  }

  private static JsonNode member(JsonNode node, String name, String other) {
    JsonNode member = node.path(name);
    return member.isMissingNode() ? node.path(other) : member;
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }

  // Unsigned where it is a time, which fits until 2262 all the same.
  private static long number(JsonNode node) {
    if (node.isString()) {
      try {
        return Long.parseLong(node.asString(""));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("a number was expected", e);
      }
    }
    return node.asLong(0);
  }

  private static double real(JsonNode node) {
    if (node.isString()) {
      try {
        return Double.parseDouble(node.asString(""));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("a number was expected", e);
      }
    }
    return node.asDouble(0);
  }

  private static ByteString bytes(String base64) {
    return ByteString.copyFrom(Base64.getDecoder().decode(base64));
  }

  private static ByteString id(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }
}
