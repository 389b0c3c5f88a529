package dev.logdash.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.logdash.api.event.Headers;
import dev.logdash.api.ingest.Submission;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OtlpLogsTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String TRACE = "5b8efff798038103d269b633813fc60c";
  private static final String SPAN = "eee19b7ec3c1b174";

  // The example of the specification, with the members that logdash reads.
  private static final String JSON =
      """
      {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},
        "scopeLogs":[{"scope":{"name":"shop.Cart","version":"1"},
          "logRecords":[{"timeUnixNano":"1544712660300000000","observedTimeUnixNano":"1544712660300000001",
            "severityNumber":10,"severityText":"Information","traceId":"5B8EFFF798038103D269B633813FC60C",
            "spanId":"EEE19B7EC3C1B174","body":{"stringValue":"put \\"x\\""},"unknown":{"a":[1]},
            "attributes":[{"key":"count","value":{"intValue":"3"}},{"key":"ok","value":{"boolValue":true}},
              {"key":"ratio","value":{"doubleValue":0.5}},{"key":"raw","value":{"bytesValue":"AQI="}},
              {"key":"list","value":{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":2}]}}},
              {"key":"map","value":{"kvlistValue":{"values":[{"key":"k","value":{"stringValue":"v"}}]}}}]}]}]}]}
      """;

  @Test
  void readsTheJsonFormAsTheBinaryOne() {
    List<Submission> binary = read(request().toByteArray(), OtlpEncoding.PROTOBUF);
    List<Submission> json = read(JSON.getBytes(UTF_8), OtlpEncoding.JSON);

    assertThat(binary).hasSize(1);
    assertThat(json.get(0).body())
        .asString(UTF_8)
        .isEqualTo(new String(binary.get(0).body(), UTF_8));
    assertThat(json.get(0).headers()).isEqualTo(Map.of(Headers.SERVICE, "cart"));
    assertThat(json.get(0).source()).isEqualTo("192.0.2.1/cart");
    assertThat(json.get(0).dataset()).isEqualTo("shop");
  }

  @Test
  void keepsAllThatARecordSays() {
    JsonNode document = document(read(request().toByteArray(), OtlpEncoding.PROTOBUF).get(0));

    assertThat(document.get("@timestamp").asString()).isEqualTo("2018-12-13T14:51:00.300Z");
    assertThat(document.get("severity_text").asString()).isEqualTo("Information");
    assertThat(document.get("severity_number").asInt()).isEqualTo(10);
    assertThat(document.get("body").asString()).isEqualTo("put \"x\"");
    assertThat(document.get("trace.id").asString()).isEqualTo(TRACE);
    assertThat(document.get("span.id").asString()).isEqualTo(SPAN);
    assertThat(document.get("log.logger").asString()).isEqualTo("shop.Cart");
    assertThat(document.get("service.name").asString()).isEqualTo("cart");
    assertThat(document.get("count").asInt()).isEqualTo(3);
    assertThat(document.get("ok").asBoolean()).isTrue();
    assertThat(document.get("ratio").asDouble()).isEqualTo(0.5);
    assertThat(document.get("raw").asString()).isEqualTo("AQI=");
    assertThat(document.get("list").toString()).isEqualTo("[\"a\",2]");
    assertThat(document.get("map").toString()).isEqualTo("{\"k\":\"v\"}");
  }

  @Test
  void takesTheAttributeOfTheRecordBeforeThatOfTheResource() {
    ExportLogsServiceRequest request =
        request(
            LogRecord.newBuilder()
                .addAttributes(attribute("service.name", string("inner")))
                .addAttributes(attribute("service.name", string("again")))
                .build());

    assertThat(
            document(read(request.toByteArray(), OtlpEncoding.PROTOBUF).get(0))
                .get("service.name")
                .asString())
        .isEqualTo("inner");
  }

  @Test
  void usesTheTimeOfObservationWhereThereIsNoOther() {
    ExportLogsServiceRequest request =
        request(LogRecord.newBuilder().setObservedTimeUnixNano(1_000_000_000).build());

    assertThat(
            document(read(request.toByteArray(), OtlpEncoding.PROTOBUF).get(0))
                .get("@timestamp")
                .asString())
        .isEqualTo("1970-01-01T00:00:01Z");
  }

  @Test
  void keepsAStructuredBodyAsDataAndNumbersThatJsonHasNot() {
    AnyValue body =
        AnyValue.newBuilder()
            .setKvlistValue(
                KeyValueList.newBuilder()
                    .addValues(
                        attribute("x", AnyValue.newBuilder().setDoubleValue(Double.NaN).build())))
            .build();

    JsonNode document =
        document(
            read(
                    request(LogRecord.newBuilder().setBody(body).build()).toByteArray(),
                    OtlpEncoding.PROTOBUF)
                .get(0));

    assertThat(document.has("body")).isFalse();
    assertThat(document.get("body_fields").get("x").asString()).isEqualTo("NaN");
  }

  @Test
  void endsWhatIsNestedWithoutEnd() {
    AnyValue value = string("core");
    for (int i = 0; i < 30; i++) {
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }

    List<Submission> read =
        read(
            request(LogRecord.newBuilder().setBody(value).build()).toByteArray(),
            OtlpEncoding.PROTOBUF);

    assertThat(new String(read.get(0).body(), UTF_8)).contains("nested too deep");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"resourceLogs\":{}}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"traceId\":\"xyz\"}]}]}]}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"soon\"}]}]}]}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"severityNumber\":\"HIGH\"}]}]}]}"
      })
  void refusesWhatIsNoRequest(String body) {
    assertThatThrownBy(() -> OtlpLogs.read(body.getBytes(UTF_8), OtlpEncoding.JSON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesALineApartThatBecomesMuchButNotTooMuch() {
    assertThat(documentsOfLine("x".repeat(600), 10_000)).hasSize(10_000);
  }

  @Test
  void leavesALineAsItIsThatHasTooManyRecordsOrWouldBecomeTooMuch() {
    assertThat(documentsOfLine("x", 10_001)).isEmpty();
    // 85 GB.
    assertThat(documentsOfLine("x".repeat(500_000), 170_000)).isEmpty();
    assertThat(documentsOfLine("x".repeat(500_000), 10_000)).isEmpty();
    // Longer as a document than in the request.
    assertThat(documentsOfLine("\\u0001".repeat(800), 9_000)).isEmpty();
  }

  @Test
  void tellsHowMuchARequestIsWithoutMakingIt() {
    String line = line("x".repeat(500_000), 170_000);
    OtlpLogs logs = OtlpLogs.read(line.getBytes(UTF_8), OtlpEncoding.JSON);

    assertThat(logs.size()).isEqualTo(170_000);
    assertThat(logs.bytes()).isBetween(170_000L * 500_000, 170_000L * 500_100);
    assertThat(logs.submissions("shop", "192.0.2.1").limit(3)).hasSize(3);

    OtlpLogs one = OtlpLogs.read(request().toByteArray(), OtlpEncoding.PROTOBUF);
    long document = read(request().toByteArray(), OtlpEncoding.PROTOBUF).get(0).body().length;
    assertThat(one.bytes()).isBetween(document / 3, document);
  }

  private static List<byte[]> documentsOfLine(String attribute, int records) {
    byte[] line = line(attribute, records).getBytes(UTF_8);
    return OtlpLogs.documentsOfLine(line, 0, line.length);
  }

  private static String line(String attribute, int records) {
    return "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"a\",\"value\":{\"stringValue\":\""
        + attribute
        + "\"}}]},\"scopeLogs\":[{\"logRecords\":[{}"
        + ",{}".repeat(records - 1)
        + "]}]}]}";
  }

  @Test
  void refusesBytesThatAreNoRequest() {
    assertThatThrownBy(() -> OtlpLogs.read(new byte[] {8, 1, 2, 3, -1}, OtlpEncoding.PROTOBUF))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void answersInTheEncodingOfTheQuestion() throws Exception {
    assertThat(OtlpAnswer.taken(OtlpEncoding.PROTOBUF, 0, "")).isEmpty();
    assertThat(
            ExportLogsServiceResponse.parseFrom(
                    OtlpAnswer.taken(OtlpEncoding.PROTOBUF, 2, "too long"))
                .getPartialSuccess()
                .getRejectedLogRecords())
        .isEqualTo(2);
    assertThat(OtlpAnswer.taken(OtlpEncoding.JSON, 0, "")).asString(UTF_8).isEqualTo("{}");
    assertThat(OtlpAnswer.taken(OtlpEncoding.JSON, 2, "too long"))
        .asString(UTF_8)
        .isEqualTo(
            "{\"partialSuccess\":{\"rejectedLogRecords\":\"2\",\"errorMessage\":\"too long\"}}");
    assertThat(OtlpAnswer.failed(OtlpEncoding.PROTOBUF, "full"))
        .asString(UTF_8)
        .isEqualTo("\u0012\u0004full");
    assertThat(OtlpEncoding.of("application/json; charset=utf-8")).hasValue(OtlpEncoding.JSON);
    assertThat(OtlpEncoding.of("text/plain")).isEmpty();
  }

  private static List<Submission> read(byte[] body, OtlpEncoding encoding) {
    return OtlpLogs.read(body, encoding).submissions("shop", "192.0.2.1").toList();
  }

  private static JsonNode document(Submission submission) {
    return MAPPER.readTree(submission.body());
  }

  private static ExportLogsServiceRequest request() {
    return request(
        LogRecord.newBuilder()
            .setTimeUnixNano(1_544_712_660_300_000_000L)
            .setObservedTimeUnixNano(1_544_712_660_300_000_001L)
            .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO2)
            .setSeverityText("Information")
            .setTraceId(hex(TRACE))
            .setSpanId(hex(SPAN))
            .setBody(string("put \"x\""))
            .addAttributes(attribute("count", AnyValue.newBuilder().setIntValue(3).build()))
            .addAttributes(attribute("ok", AnyValue.newBuilder().setBoolValue(true).build()))
            .addAttributes(attribute("ratio", AnyValue.newBuilder().setDoubleValue(0.5).build()))
            .addAttributes(
                attribute(
                    "raw",
                    AnyValue.newBuilder()
                        .setBytesValue(ByteString.copyFrom(new byte[] {1, 2}))
                        .build()))
            .addAttributes(
                attribute(
                    "list",
                    AnyValue.newBuilder()
                        .setArrayValue(
                            ArrayValue.newBuilder()
                                .addValues(string("a"))
                                .addValues(AnyValue.newBuilder().setIntValue(2)))
                        .build()))
            .addAttributes(
                attribute(
                    "map",
                    AnyValue.newBuilder()
                        .setKvlistValue(
                            KeyValueList.newBuilder().addValues(attribute("k", string("v"))))
                        .build()))
            .build());
  }

  private static ExportLogsServiceRequest request(LogRecord record) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .setResource(
                    Resource.newBuilder().addAttributes(attribute("service.name", string("cart"))))
                .addScopeLogs(
                    ScopeLogs.newBuilder()
                        .setScope(InstrumentationScope.newBuilder().setName("shop.Cart"))
                        .addLogRecords(record)))
        .build();
  }

  private static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static AnyValue string(String text) {
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  private static ByteString hex(String text) {
    return ByteString.copyFrom(java.util.HexFormat.of().parseHex(text));
  }
}
