package dev.logdash.core.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.event.Headers;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.event.Severity;
import dev.logdash.core.store.EventLimits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventDecoderTest {

  private static final String RECEIVED = "2024-05-01T12:00:00Z";

  private final EventDecoder decoder = new EventDecoder();

  @Test
  void buildsTheWholeEvent() {
    RawRecord record =
        record(
            "{\"@timestamp\":\"2024-05-01T10:00:00.5Z\",\"level\":\"WARN\",\"message\":\"m\",\"service\":\"shop\","
                + "\"traceId\":\"ab\",\"spanId\":\"cd\",\"n\":7}",
            RECEIVED,
            Map.of());

    LogEvent event = decoder.decode(record);

    assertThat(event.id()).isEqualTo(record.eventId());
    assertThat(event.dataset()).isEqualTo("web");
    assertThat(event.source()).isEqualTo("/var/log/x");
    assertThat(event.producer()).isEqualTo(record.origin().producer());
    assertThat(event.seq()).isEqualTo(3);
    assertThat(event.observedNanos()).isEqualTo(record.receivedNanos());
    assertThat(event.timestampNanos()).isEqualTo(nanos("2024-05-01T10:00:00.5Z"));
    assertThat(event.severity()).isEqualTo(Severity.WARN);
    assertThat(event.severityText()).isEqualTo("WARN");
    assertThat(event.message()).isEqualTo("m");
    assertThat(event.service()).isEqualTo("shop");
    assertThat(event.traceId()).isEqualTo("ab");
    assertThat(event.spanId()).isEqualTo("cd");
    assertThat(event.attributes().size()).isEqualTo(1);
    assertThat(event.attributes().get("n")).isEqualTo(7L);
    assertThat(decoder.decode(record)).isEqualTo(event);
  }

  @Test
  void takesTheServiceFromLineHeaderOrProgram() {
    String line = "May  1 10:00:00 h sshd[7]: x";
    Map<String, String> header = Map.of(Headers.SERVICE, "login");

    assertThat(decode(line, Map.of()).service()).isEqualTo("sshd");
    assertThat(decode(line, header).service()).isEqualTo("login");
    assertThat(decode("a=1 service=shop", header).service()).isEqualTo("shop");
    assertThat(decode("text", Map.of()).service()).isEmpty();
  }

  @Test
  void givesAYearlessTimeTheYearNearestToItsReception() {
    assertThat(time("Dec 31 23:59:59 h a: x", "2024-01-01T00:00:05Z"))
        .isEqualTo("2023-12-31T23:59:59Z");
    assertThat(time("Jan  1 00:00:05 h a: x", "2023-12-31T23:59:59Z"))
        .isEqualTo("2024-01-01T00:00:05Z");
    assertThat(time("May  1 10:00:00 h a: x", RECEIVED)).isEqualTo("2024-05-01T10:00:00Z");
    assertThat(time("May  3 10:00:00 h a: x", RECEIVED)).isEqualTo("2023-05-03T10:00:00Z");
    assertThat(time("Feb 29 10:00:00 h a: x", "2027-05-01T10:00:00Z"))
        .isEqualTo("2024-02-29T10:00:00Z");
    assertThat(time("Mar  1 10:00:00 h a: x", "2023-03-01T11:00:00Z"))
        .isEqualTo("2023-03-01T10:00:00Z");
  }

  @Test
  void understandsTimesByTheFirstReception() {
    String first = Long.toString(nanos("2023-12-31T23:59:58Z"));
    Map<String, String> shipped = Map.of(Headers.RECEIVED, first);

    assertThat(decode("no time", shipped).timestampNanos())
        .isEqualTo(nanos("2023-12-31T23:59:58Z"));
    assertThat(decode("Dec 31 23:59:57 h a: x", shipped).timestampNanos())
        .isEqualTo(nanos("2023-12-31T23:59:57Z"));
    assertThat(decode("no time", shipped).observedNanos()).isEqualTo(nanos(RECEIVED));
    for (String wrong : List.of("", "x", "-5", "99999999999999999999", "8999999999999999999")) {
      assertThat(decode("no time", Map.of(Headers.RECEIVED, wrong)).timestampNanos())
          .as(wrong)
          .isEqualTo(nanos(RECEIVED));
    }
  }

  @Test
  void givesATimeOfDayTheDayNearestToItsReception() {
    assertThat(time("09:59:59.5 [main] INFO a.B - x", "2024-05-01T10:00:00Z"))
        .isEqualTo("2024-05-01T09:59:59.500Z");
    assertThat(time("23:59:59 [main] INFO a.B - x", "2024-05-01T00:00:05Z"))
        .isEqualTo("2024-04-30T23:59:59Z");
    assertThat(time("00:00:05 [main] INFO a.B - x", "2024-04-30T23:59:59Z"))
        .isEqualTo("2024-05-01T00:00:05Z");
  }

  @Test
  void replacesATimeThatIsNotBelieved() {
    for (String time :
        new String[] {
          "1969-12-31T23:59:59Z",
          "2262-01-01T00:00:00Z",
          "9999-12-31T23:59:59Z",
          "2024-05-02T12:00:00.000000001Z",
          "0001-01-01T00:00:00Z"
        }) {
      LogEvent event = decode(time + " INFO x", Map.of());

      assertThat(event.timestampNanos()).as(time).isEqualTo(nanos(RECEIVED));
      assertThat(event.attributes().get(EventDecoder.TIME_REPLACED)).isEqualTo(true);
      assertThat(event.attributes().get(EventDecoder.ORIGINAL_TIME)).isEqualTo(time);
    }
    assertThat(time("2024-05-02T12:00:00Z INFO x", RECEIVED)).isEqualTo("2024-05-02T12:00:00Z");
    assertThat(time("1970-01-01T00:00:00Z INFO x", RECEIVED)).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(time("no time", RECEIVED)).isEqualTo(RECEIVED);
    assertThat(decode("no time", Map.of()).attributes().size()).isZero();
  }

  @Test
  void namesTheRouteOfARequest() {
    LogEvent event =
        decode(
            "10.0.0.1 - - [01/May/2024:10:00:00 +0000] \"GET /users/42?x=1 HTTP/1.1\" 200 5",
            Map.of());

    assertThat(event.attributes().get("http.route")).isEqualTo("/users/{id}");
    assertThat(decode("a=1 path=/users/42", Map.of()).attributes().get("http.route")).isNull();
  }

  @Test
  void usesTheFormatOfTheHeaderAndKeepsWhatIsNotOfItAsText() {
    assertThat(decode("{\"msg\":\"x\"}", Map.of(Headers.FORMAT, "text")).message())
        .isEqualTo("{\"msg\":\"x\"}");
    assertThat(decode("plain", Map.of(Headers.FORMAT, "json")).message()).isEqualTo("plain");
    assertThat(decode("{\"msg\":\"x\"}", Map.of(Headers.FORMAT, "no such")).message())
        .isEqualTo("x");
  }

  @Test
  void keepsReservedNamesOutOfTheAttributes() {
    LogEvent event =
        decode(
            "{\"message\":\"a\",\"msg\":\"b\",\"event.id\":\"c\",\"event.severity\":9}", Map.of());

    assertThat(event.message()).isEqualTo("a");
    assertThat(event.attributes().get("msg")).isEqualTo("b");
    assertThat(event.attributes().get("event.id")).isNull();
    assertThat(event.attributes().get("labels.event.id")).isEqualTo("c");
  }

  @Test
  void keepsTheBeginningOfANameThatNoStoreTakes() {
    for (String letter : List.of("k", "é", "日", "😀")) {
      String name = letter.repeat(700 / letter.getBytes(UTF_8).length);
      LogEvent event = decode("CEF:0|V|P|1|1|N|5|" + name + "=7", Map.of());
      LogEvent other = decode("{\"msg\":\"x\",\"" + name + "\":7}", Map.of());

      assertThat(EventLimits.refusal(event)).isNull();
      assertThat(EventLimits.refusal(other)).isNull();
      assertThat(event.attributes().get(letter.repeat(512 / letter.getBytes(UTF_8).length)))
          .isNotNull();
    }
  }

  @Test
  void neverFailsOnBytesThatAreNotUtf8() {
    byte[] bytes = {(byte) 0xC3, 'x', (byte) 0xFF, 0};

    LogEvent event = decoder.decode(record(bytes, RECEIVED, Map.of()));

    assertThat(event.message()).isEqualTo("\ufffdx\ufffd\0");
  }

  @Test
  void keepsWhatKindsOfSecretsWereTakenOut() {
    LogEvent event = decode("login password=***", Map.of(Headers.REDACTED, "jwt,named-secret"));

    assertThat(event.attributes().get("logdash.redacted"))
        .isEqualTo(List.of("jwt", "named-secret"));
    assertThat(decode("login", Map.of()).attributes().get("logdash.redacted")).isNull();
  }

  @Test
  void reportsAParserThatFailsAndGoesOn() {
    EventDecoder failing =
        new EventDecoder(
            Map.of(
                "text",
                (buffer, from, to, sink) -> {
                  sink.put("left", "behind");
                  throw new StackOverflowError();
                }));

    assertThatThrownBy(
            () ->
                failing.decode(
                    record("x".getBytes(UTF_8), RECEIVED, Map.of(Headers.FORMAT, "text"))))
        .isInstanceOf(DecodeException.class)
        .hasCauseInstanceOf(StackOverflowError.class);
    assertThat(failing.decode(record("a", RECEIVED, Map.of())).attributes().size()).isZero();
  }

  @Test
  void letsOtherErrorsOfTheMachineThrough() {
    EventDecoder failing =
        new EventDecoder(
            Map.of(
                "text",
                (buffer, from, to, sink) -> {
                  throw new OutOfMemoryError("test");
                }));

    assertThatThrownBy(
            () ->
                failing.decode(
                    record("x".getBytes(UTF_8), RECEIVED, Map.of(Headers.FORMAT, "text"))))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void readsALineByTheColumnsOfItsHeader() {
    Map<String, String> columns = Map.of(Headers.COLUMNS, "time,level,message");
    String line = "2024-05-01T10:00:00Z,WARN,slow";

    assertThat(decode(line, columns).message()).isEqualTo("slow");
    assertThat(decode(line, columns).severity()).isEqualTo(Severity.WARN);
    assertThat(decode(line, Map.of()).message()).isEqualTo("WARN,slow");
    assertThat(decode("WARN: not a cell", columns).message()).isEqualTo("WARN: not a cell");
    assertThat(decode(line, Map.of(Headers.COLUMNS, "no header")).message()).isEqualTo("WARN,slow");
    assertThat(
            decode(line, Map.of(Headers.COLUMNS, "time,level,message", Headers.FORMAT, "text"))
                .message())
        .isEqualTo(line);
  }

  private LogEvent decode(String line, Map<String, String> headers) {
    return decoder.decode(record(line, RECEIVED, headers));
  }

  private String time(String line, String received) {
    LogEvent event = decoder.decode(record(line, received, Map.of()));
    return Instant.ofEpochSecond(0, event.timestampNanos()).toString();
  }

  private static RawRecord record(String line, String received, Map<String, String> headers) {
    return record(line.getBytes(UTF_8), received, headers);
  }

  private static RawRecord record(byte[] bytes, String received, Map<String, String> headers) {
    byte[] array = new byte[bytes.length + 4];
    System.arraycopy(bytes, 0, array, 2, bytes.length);
    return new RawRecord(
        Origin.ofProducer(7, 1, 3),
        5,
        nanos(received),
        "web",
        "/var/log/x",
        headers,
        array,
        2,
        bytes.length);
  }

  private static long nanos(String instant) {
    Instant time = Instant.parse(instant);
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }
}
