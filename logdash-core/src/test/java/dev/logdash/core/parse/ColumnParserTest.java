package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ColumnParserTest {

  private static final String IIS =
      "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip"
          + " cs(User-Agent) sc-status sc-substatus time-taken x-own";

  @Test
  void knowsTheHeadersOfLogs() {
    isHeader("timestamp,level,message");
    isHeader("Time;Level;Logger;Message");
    isHeader("\"Date\",\"Time\",\"Source IP\",\"Status\"");
    isHeader("ts\tseverity\tmsg\tuser_id");
    isHeader("@timestamp|log.level|service.name|message");
    isHeader("level,message,thread");
    isHeader(IIS);
    isHeader("#Fields: time c-ip cs-uri\r");
  }

  @Test
  void takesNoOtherLineForOne() {
    isNoHeader("");
    isNoHeader("time,level");
    isNoHeader("level,thread,line");
    isNoHeader("timestamp,a,b");
    isNoHeader("timestamp,level,message,level");
    isNoHeader("timestamp,level,");
    isNoHeader("2024-05-01,level,message");
    isNoHeader("timestamp,level,message: it works");
    isNoHeader("error, time and message");
    isNoHeader("ERROR time is up, level 7, message lost");
    isNoHeader("host,region,count");
    isNoHeader("#Fields: a b c");
    isNoHeader("#Fields: date-time,connector-id,session-id");
    isNoHeader("# timestamp,level,message");
    isNoHeader("timestamp,level,message" + ",x".repeat(3_000));
  }

  @Test
  void readsCellsByTheNamesOfTheirColumns() {
    assertThat(
            parsed(
                "timestamp,level,message,user,duration_ms,order",
                "2024-05-01T10:00:00.5Z,WARN,\"slow, \"\"very\"\" slow\",ada,12,0017"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "@timestamp",
                "2024-05-01T10:00:00.500Z",
                "severity",
                13L,
                "level",
                "WARN",
                "message",
                "slow, \"very\" slow",
                "user.name",
                "ada",
                "event.duration",
                12_000_000L,
                "order",
                "0017"));
    assertThat(parsed("time\tmsg\tstatus\tx", "1714557600\tit works\t503\t"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "@timestamp",
                "2024-05-01T10:00:00Z",
                "message",
                "it works",
                "http.response.status_code",
                503L));
  }

  @Test
  void aQuotedCellHasSeveralLines() {
    String header = "timestamp,level,message,cart";

    assertThat(parsed(header, "2024-05-01T10:00:00Z,WARN,\"a \"\"b\"\"\r\n\nc, d\",7"))
        .containsEntry("message", "a \"b\"\r\n\nc, d")
        .containsEntry("level", "WARN")
        .containsEntry("cart", 7L)
        .doesNotContainKey("error.stack_trace");
    // What follows a row follows it as it follows any line.
    assertThat(
            parsed(
                header,
                "2024-05-01T10:00:00Z,ERROR,\"a\nb\",7\njava.io.IOException: gone\n\tat a.B.c(B.java:1)"))
        .containsEntry("message", "a\nb")
        .containsEntry("error.type", "java.io.IOException");
    assertThat(fits(header, "2024-05-01T10:00:00Z,WARN,\"a\nb,7")).isFalse();
  }

  @Test
  void putsDateAndTimeTogether() {
    assertThat(parsed("Date;Time;Client IP;Status", "2024-05-01;10:00:00.25;203.0.113.9;ok"))
        .containsEntry("@timestamp", "2024-05-01T10:00:00.250Z")
        .containsEntry("source.ip", "203.0.113.9")
        .containsEntry("message", "2024-05-01;10:00:00.25;203.0.113.9;ok");
    assertThat(parsed("Time;Level;Date;Message", "10:00:00;INFO;2024-05-01;hi"))
        .containsEntry("@timestamp", "2024-05-01T10:00:00Z")
        .containsEntry("message", "hi");
  }

  @Test
  void readsTheExtendedFormat() {
    String line =
        "2024-05-01 10:00:00 10.0.0.2 POST /cart q=1 443 ada 203.0.113.9 Mozilla/5.0+(X) 503 19 15 z";

    assertThat(parsed(IIS, line))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("@timestamp", "2024-05-01T10:00:00Z"),
                Map.entry("severity", 17L),
                Map.entry("message", line),
                Map.entry("destination.ip", "10.0.0.2"),
                Map.entry("destination.port", 443L),
                Map.entry("http.request.method", "POST"),
                Map.entry("url.original", "/cart?q=1"),
                Map.entry("url.path", "/cart"),
                Map.entry("url.query", "q=1"),
                Map.entry("user.name", "ada"),
                Map.entry("source.ip", "203.0.113.9"),
                Map.entry("user_agent.original", "Mozilla/5.0 (X)"),
                Map.entry("http.response.status_code", 503L),
                Map.entry("iis.access.sub_status", 19L),
                Map.entry("event.duration", 15_000_000L),
                Map.entry("x-own", "z")));
    assertThat(
            parsed(
                "#Fields: time c-ip cs-method cs-uri time-taken", "10:00:01 10.0.0.1 GET /a 0.25"))
        .containsEntry("time of day", "10:00:01")
        .containsEntry("url.path", "/a")
        .containsEntry("event.duration", 250_000_000L);
  }

  @Test
  void readsLogsOfZeek() {
    String header =
        "#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice"
            + "\tduration\torig_bytes\tresp_bytes\tconn_state\tlocal_orig\thistory\torig_pkts"
            + "\ttunnel_parents\trtt\tnick\n"
            + "#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount"
            + "\tstring\tbool\tstring\tcount\tset[string]\tinterval\tstring";
    String line =
        "1714557600.123456\tCab1\t10.0.0.9\t50000\t203.0.113.7\t53\tudp\tdns\t0.250000\t34\t-\tSF\tT"
            + "\tDd\t1\tCa,Cb\t0.5\t007";

    assertThat(parsed(header, line))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("@timestamp", "2024-05-01T10:00:00.123456Z"),
                Map.entry("message", line),
                Map.entry("event.dataset", "zeek.conn"),
                Map.entry("zeek.session_id", "Cab1"),
                Map.entry("source.ip", "10.0.0.9"),
                Map.entry("source.port", 50_000L),
                Map.entry("destination.ip", "203.0.113.7"),
                Map.entry("destination.port", 53L),
                Map.entry("network.transport", "udp"),
                Map.entry("network.protocol", "dns"),
                Map.entry("event.duration", 250_000_000L),
                Map.entry("source.bytes", 34L),
                Map.entry("zeek.connection.state", "SF"),
                Map.entry("zeek.local_orig", true),
                Map.entry("zeek.history", "Dd"),
                Map.entry("source.packets", 1L),
                Map.entry("zeek.tunnel_parents", List.of("Ca", "Cb")),
                Map.entry("zeek.rtt", 0.5),
                Map.entry("zeek.nick", "007")));
    // Without types the values tell.
    assertThat(
            parsed(
                "#fields\tts\tid.orig_h\thost\turi\tstatus_code\ttags",
                "1714557600.5\t10.0.0.9\ta.example\t/cart?q=1\t503\t(empty)"))
        .containsEntry("url.path", "/cart")
        .containsEntry("destination.domain", "a.example")
        .containsEntry("http.response.status_code", 503L);
    assertThat(fits(header, "#close\t2024-05-01-10-00-00")).isFalse();
  }

  @Test
  void readsLogsOfZeekWithOtherSeparators() {
    for (String separator : List.of(",", ";", "|", " ")) {
      String header =
          "#path~conn\n#fields~ts~id.orig_h~note~service\n#types~time~addr~string~string"
              .replace("~", separator);
      String escaped = String.format("\\x%02x", (int) separator.charAt(0));

      assertThat(
              parsed(
                  header,
                  "1714557600.5~10.0.0.9~\"aB~dns".replace("~", separator).replace("B", escaped)))
          .containsEntry("@timestamp", "2024-05-01T10:00:00.500Z")
          .containsEntry("source.ip", "10.0.0.9")
          .containsEntry("rule.name", "\"a" + separator)
          .containsEntry("network.protocol", "dns")
          .containsEntry("event.dataset", "zeek.conn");
    }
    assertThat(parsed("#fields,ts,id.orig_h", "1714557600.5,10.0.0.9"))
        .containsEntry("source.ip", "10.0.0.9");
    assertThat(Parsers.columns("#fields:ts:id.orig_h")).isNull();
    assertThat(Parsers.columns("#fields")).isNull();
  }

  @Test
  void readsLogsOfZeekAsJson() {
    assertThat(
            Parsed.of(
                "{\"ts\":1714557600.123456,\"uid\":\"Cab1\",\"id.orig_h\":\"10.0.0.9\",\"id.orig_p\":50000,"
                    + "\"id.resp_h\":\"203.0.113.7\",\"id.resp_p\":80,\"proto\":\"tcp\",\"service\":\"http\","
                    + "\"duration\":2,\"conn_state\":\"SF\",\"local_orig\":true}"))
        .containsEntry("@timestamp", "2024-05-01T10:00:00.123456Z")
        .containsEntry("source.ip", "10.0.0.9")
        .containsEntry("source.port", 50_000L)
        .containsEntry("destination.ip", "203.0.113.7")
        .containsEntry("network.transport", "tcp")
        .containsEntry("network.protocol", "http")
        .containsEntry("event.duration", 2_000_000_000L)
        .containsEntry("zeek.connection.state", "SF")
        .containsEntry("zeek.local_orig", true)
        .doesNotContainKey("service.name");
    // A service of others stays one, before and behind.
    assertThat(Parsed.of("{\"ts\":1714557600.1,\"service\":\"cart\",\"msg\":\"hi\"}"))
        .containsEntry("service.name", "cart");
  }

  @Test
  void refusesLinesWithOtherColumns() {
    String header = "timestamp,level,message";

    assertThat(fits(header, "2024-05-01T10:00:00Z,INFO,hi")).isTrue();
    assertThat(fits(header, "2024-05-01T10:00:00Z,INFO,hi,ho")).isFalse();
    assertThat(fits(header, "2024-05-01T10:00:00Z,INFO")).isFalse();
    assertThat(fits(header, "noon,INFO,hi")).isFalse();
    assertThat(fits(header, "")).isFalse();
    assertThat(fits(IIS, "#Date: 2024-05-01 10:00:00")).isFalse();
    assertThat(Parsers.columns("no header")).isNull();
  }

  private static void isHeader(String line) {
    assertThat(found(line)).as(line).isEqualTo(line.strip());
  }

  private static void isNoHeader(String line) {
    assertThat(found(line)).as(line).isNull();
  }

  private static String found(String line) {
    byte[] bytes = (",," + line + ",,").getBytes(UTF_8);
    return HeaderLine.find(bytes, 2, bytes.length - 2);
  }

  private static Map<String, Object> parsed(String header, String line) {
    return Parsed.of(Objects.requireNonNull(Parsers.columns(header)), line.getBytes(UTF_8));
  }

  private static boolean fits(String header, String line) {
    byte[] bytes = line.getBytes(UTF_8);
    FieldSink sink = new FieldSink();
    boolean fits =
        Objects.requireNonNull(Parsers.columns(header)).parse(bytes, 0, bytes.length, sink);
    assertThat(fits || sink.isClear()).isTrue();
    return fits;
  }
}
