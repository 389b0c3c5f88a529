package dev.logdash.core.parse;

import static dev.logdash.core.parse.Parsed.parses;
import static dev.logdash.core.parse.Parsed.parsesExactly;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccessParserTest {

  @Test
  void readsEveryFieldOfACombinedLine() {
    String line =
        "203.0.113.9 - ada [17/May/2015:10:05:03 +0200] \"GET /shop/cart?id=7&x=1 HTTP/1.1\" 404 512"
            + " \"https://example.org/\" \"Mozilla/5.0 (X11) \\\"odd\\\"\"";

    parsesExactly(
        line,
        "@timestamp",
        "2015-05-17T08:05:03Z",
        "severity",
        13L,
        "message",
        line,
        "source.ip",
        "203.0.113.9",
        "user.name",
        "ada",
        "http.request.method",
        "GET",
        "url.original",
        "/shop/cart?id=7&x=1",
        "url.path",
        "/shop/cart",
        "url.query",
        "id=7&x=1",
        "http.version",
        "1.1",
        "http.response.status_code",
        404L,
        "http.response.body.bytes",
        512L,
        "http.request.referrer",
        "https://example.org/",
        "user_agent.original",
        "Mozilla/5.0 (X11) \\\"odd\\\"");
  }

  @Test
  void readsTheVariantsOfServers() {
    String common = "host.example - - [01/Jan/2024:00:00:00 +0000] \"POST / HTTP/2.0\" 500 -";
    parses(
        common,
        "source.address",
        "host.example",
        "http.version",
        "2.0",
        "http.response.status_code",
        500L,
        "severity",
        17L);
    assertThat(Parsed.of(common)).doesNotContainKeys("http.response.body.bytes", "user.name");
    parses(
        "www.example.org:443 2001:db8::7 - - [01/Jan/2024:00:00:00 +0000] \"GET /a HTTP/1.0\" 200 3",
        "destination.domain",
        "www.example.org",
        "source.ip",
        "2001:db8::7");
    parses(
        "10.0.0.1 - - [01/Jan/2024:00:00:00 +0000] \"GET /a HTTP/1.1\" 200 3 \"-\" \"curl/8\" 0.250",
        "event.duration",
        250_000_000L,
        "user_agent.original",
        "curl/8");
    parses(
        "10.0.0.1, 10.0.0.2 - - [01/Jan/2024:00:00:00 +0000] \"GET /a HTTP/1.1\" 200 3",
        "source.ip",
        "10.0.0.1");
  }

  @Test
  void keepsALineWhoseRequestIsGarbage() {
    String line =
        "10.0.0.1 - - [01/Jan/2024:00:00:00 +0000] \"\\x16\\x03\\x01\" 400 150 \"-\" \"-\"";

    parsesExactly(
        line,
        "@timestamp",
        "2024-01-01T00:00:00Z",
        "severity",
        13L,
        "message",
        line,
        "source.ip",
        "10.0.0.1",
        "http.response.status_code",
        400L,
        "http.response.body.bytes",
        150L);
  }

  @Test
  void refusesWhatIsNoAccessLine() {
    refuses("10.0.0.1 - - [01/Foo/2024:00:00:00 +0000] \"GET / HTTP/1.1\" 200 3");
    refuses("10.0.0.1 - - [01/Jan/2024:00:00:00 +0000] GET / 200 3");
    refuses("10.0.0.1 - - [01/Jan/2024:00:00:00 +0000] \"GET / HTTP/1.1 200 3");
    refuses("2024-01-01 00:00:00 x [01/Jan/2024:00:00:00 +0000] \"GET / HTTP/1.1\" 200 3");
  }

  private static void refuses(String line) {
    FieldSink sink = new FieldSink();
    byte[] bytes = line.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(Parsers.named("access").parse(bytes, 0, bytes.length, sink)).as(line).isFalse();
    assertThat(sink.isClear()).isTrue();
  }

  @Test
  void takesThePublicClientOfAListOfProxies() {
    parses(
        "10.0.0.2, 10.0.0.1, 203.0.113.9 - - [07/Dec/2016:11:05:07 +0100] \"GET / HTTP/1.1\" 200 5",
        "source.ip",
        "203.0.113.9");
    parses(
        "10.0.0.2, 10.0.0.1 - - [07/Dec/2016:11:05:07 +0100] \"GET / HTTP/1.1\" 200 5",
        "source.ip",
        "10.0.0.2");
    parses(
        "198.51.100.7 2001:db8::6fc6, 10.0.0.1 10.0.0.2 - ada [30/Dec/2016:06:47:09 +0000] \"GET / HTTP/1.1\""
            + " 404 8",
        "destination.ip",
        "198.51.100.7",
        "source.ip",
        "2001:db8::6fc6",
        "user.name",
        "ada");
  }

  @Test
  void readsTimesOfOtherServers() {
    parses(
        "172.18.0.1 - - [29/Aug/2023 22:02:58] \"GET / HTTP/1.1\" 200 -",
        "@timestamp",
        "2023-08-29T22:02:58Z",
        "http.response.status_code",
        200L);
    parses("127.0.0.1 bob ada [2000-10-10T20:55:36Z] \"GET / HTTP/1.0\" 200 5", "user.name", "ada");
    parses(
        "h.example - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 5",
        "source.domain",
        "h.example");
  }

  @Test
  void takesNoTimeOfDayForAnAddress() {
    byte[] text = "10:00:00 2001:db8::1 1:2:3:4:5:6:7:8 ::ffff:10.0.0.1 1:2:3".getBytes(UTF_8);
    assertThat(Addresses.end(text, 0, 8)).isEqualTo(-1);
    assertThat(Addresses.end(text, 9, 20)).isEqualTo(20);
    assertThat(Addresses.end(text, 21, 36)).isEqualTo(36);
    assertThat(Addresses.end(text, 37, 52)).isEqualTo(52);
    assertThat(Addresses.end(text, 53, 58)).isEqualTo(-1);
  }
}
