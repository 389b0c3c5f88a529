package dev.logdash.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ParseTest {

  private Host host;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    host = new Host(folder);
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  @Test
  void showsEachEventWithItsFormatAndBlotsOutSecrets() throws Exception {
    JsonNode answer =
        ok(
            "{\"lines\":[\"2024-05-01 10:00:00,123 [main] ERROR a.b.Shop - no\","
                + "\"java.lang.IllegalStateException: gone\",\"\\tat a.b.Shop.buy(Shop.java:7)\",\"\","
                + "\"level=warn msg=slow password=hunter2secret\"]}");

    JsonNode first = answer.get("events").get(0);
    assertThat(first.get("format").asString()).isEqualTo("layout");
    assertThat(first.get("lines").asInt()).isEqualTo(3);
    assertThat(first.at("/event/level").asString()).isEqualTo("ERROR");
    assertThat(first.get("event").get("attributes").get("error.type").asString())
        .isEqualTo("java.lang.IllegalStateException");
    JsonNode second = answer.get("events").get(1);
    assertThat(second.get("format").asString()).isEqualTo("logfmt");
    assertThat(second.get("line").asInt()).isEqualTo(5);
    assertThat(answer.toString()).doesNotContain("hunter2secret").doesNotContain("\"pattern\"");
    host.settle();
    assertThat(host.json("api/v1/count").get("count").asLong()).isZero();
  }

  @Test
  void triesAPatternFirstAndCountsWhatItDoesNotFit() throws Exception {
    JsonNode answer =
        ok(
            "{\"lines\":[\"ada|WARN|slow cart\",\"{\\\"message\\\":\\\"m\\\"}\"],"
                + "\"pattern\":\"dissect:%{user}|%{level}|%{message}\"}");

    assertThat(answer.at("/events/0/format").asString()).isEqualTo("pattern");
    assertThat(answer.at("/events/0/event/level").asString()).isEqualTo("WARN");
    assertThat(answer.at("/events/0/event/message").asString()).isEqualTo("slow cart");
    assertThat(answer.at("/events/1/format").asString()).isEqualTo("json");
    assertThat(answer.at("/pattern/unfitting").asInt()).isEqualTo(1);
    assertThat(answer.at("/pattern/slow").asInt()).isZero();
  }

  @Test
  void takesTheLinesAsText() throws Exception {
    HttpResponse<String> answer =
        host.send(
            host.request(
                    "api/v1/parse?text=1&pattern=dissect:%25%7Buser%7D%20%25%7Bmessage%7D",
                    Host.ADMIN)
                .header("X-Logdash", "1")
                .POST(BodyPublishers.ofString("ada hello\r\nbob bye\n")));

    JsonNode events = Host.JSON.readTree(answer.body()).get("events");
    assertThat(events.get(0).at("/event/message").asString()).isEqualTo("hello");
    assertThat(events.get(1).get("event").get("attributes").get("user.name").asString())
        .isEqualTo("bob");
  }

  @Test
  void showsWhatIsAddedToWhomMaySearchAll() throws Exception {
    String body =
        "{\"lines\":[\"level=warn msg=slow traceparent=00-4bf92f3577b34da6a3ce929d0e0e4736-"
            + "00f067aa0ba902b7-01 container_name=cart\"]}";

    assertThat(ok(body).at("/events/0/event/attributes").get("container.name").asString())
        .isEqualTo("cart");

    JsonNode scoped =
        Host.JSON.readTree(
            host.send(host.own("POST", "api/v1/parse", "kim service:cart", body)).body());
    assertThat(scoped.at("/events/0/event/attributes").has("container_name")).isTrue();
    assertThat(scoped.at("/events/0/event/attributes").has("container.name")).isFalse();
  }

  @Test
  void saysWhereAPatternIsWrong() throws Exception {
    HttpResponse<String> answer = post("{\"lines\":[\"a\"],\"pattern\":\"logback:%d %thred\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = Host.JSON.readTree(answer.body()).get("error");
    assertThat(error.get("code").asString()).isEqualTo("pattern_syntax");
    assertThat(error.get("column").asInt()).isEqualTo(4);
    assertThat(error.get("message").asString()).contains("did you mean 'thread'?");
  }

  @Test
  void refusesTooMuchAndWhoeverMayNotSearchOrSendsFromElsewhere() throws Exception {
    String many = "{\"lines\":[\"" + "x\\n".repeat(1_001) + "\"]}";
    assertThat(post(many).statusCode()).isEqualTo(413);
    assertThat(post("{\"lines\":[\"" + "x".repeat(1 << 20) + "\"]}").statusCode()).isEqualTo(413);
    assertThat(post("{\"lines\":null}").statusCode()).isEqualTo(400);

    String body = "{\"lines\":[\"a\"]}";
    assertThat(host.send(host.own("POST", "api/v1/parse", "", body)).statusCode()).isEqualTo(401);
    assertThat(
            host.send(
                    host.request("api/v1/parse", Host.ADMIN)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)))
                .statusCode())
        .isEqualTo(403);
  }

  private JsonNode ok(String body) throws Exception {
    HttpResponse<String> answer = post(body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Host.JSON.readTree(answer.body());
  }

  private HttpResponse<String> post(String body) throws Exception {
    return host.send(host.own("POST", "api/v1/parse", Host.ADMIN, body));
  }
}
