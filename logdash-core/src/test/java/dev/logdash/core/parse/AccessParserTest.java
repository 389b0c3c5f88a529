package dev.logdash.core.parse;

import static dev.logdash.core.parse.Parsed.parses;
import static dev.logdash.core.parse.Parsed.parsesExactly;
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
}
