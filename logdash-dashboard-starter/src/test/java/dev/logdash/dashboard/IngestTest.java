package dev.logdash.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.store.Filter;
import dev.logdash.core.auth.Actor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Taking logs in over HTTP. */
class IngestTest {

  private Host host;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    host = new Host(folder, Map.of("logdash.spool.max-bytes", "16MB"), builder -> builder);
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  @Test
  void takesLinesOfAnyFormat() throws Exception {
    HttpResponse<String> answer =
        host.post(
            "api/v1/ingest?source=a.log&service=cart",
            "plain words\r\n\n{\"message\":\"as json\",\"service.name\":\"payment\"}\nlast");
    host.settle();

    assertThat(answer.body()).isEqualTo("{\"accepted\":3,\"rejected\":[]}");
    JsonNode events = host.json("api/v1/search?order=oldest").get("events");
    assertThat(events.findValuesAsString("message"))
        .containsExactly("plain words", "as json", "last");
    assertThat(events.findValuesAsString("service")).containsExactly("cart", "payment", "cart");
  }

  @Test
  void takesRecordsOfSeveralLinesAndLinesOfSeveralRecords() throws Exception {
    String body =
        "__CURSOR=x\n__REALTIME_TIMESTAMP=1714557600123456\nSYSLOG_IDENTIFIER=shop\n"
            + "MESSAGE\n\u0003\0\0\0\0\0\0\0a\nb\n\n"
            + "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":"
            + "\"one\"}},{\"body\":{\"stringValue\":\"two\"}}]}]}]}\n"
            + "timestamp,level,message\n2024-05-01T10:00:00Z,WARN,\"c\nd\"\n";

    HttpResponse<String> answer = null;
    for (int i = 0; i < 2; i++) {
      answer =
          host.send(
              host.request("api/v1/ingest", Host.ADMIN)
                  .header("Idempotency-Key", "batch-8")
                  .POST(BodyPublishers.ofString(body)));
    }
    host.settle();

    assertThat(answer.body()).isEqualTo("{\"accepted\":5,\"rejected\":[]}");
    String ever = "from=2024-01-01T00:00:00Z";
    assertThat(host.json("api/v1/search?" + ever).get("events").findValuesAsString("message"))
        .containsExactlyInAnyOrder("a\nb", "one", "two", "timestamp,level,message", "c\nd");
    assertThat(host.json("api/v1/count?q=service:shop&" + ever).get("count").asLong()).isEqualTo(1);
  }

  @Test
  void takesGzip() throws Exception {
    byte[] body = gzip("one\ntwo\n".getBytes(UTF_8));

    HttpResponse<String> answer =
        host.send(
            host.request("api/v1/ingest", Host.ADMIN)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(body)));

    assertThat(answer.body()).isEqualTo("{\"accepted\":2,\"rejected\":[]}");
  }

  @Test
  void refusesABombAndABodyThatIsTooLong() throws Exception {
    byte[] bomb = gzip(new byte[65 << 20]);
    assertThat(bomb.length).isLessThan(1 << 20);
    assertThat(
            host.send(
                    host.request("api/v1/ingest", Host.ADMIN)
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofByteArray(bomb)))
                .statusCode())
        .isEqualTo(413);
    byte[] tooLong = new byte[(16 << 20) + 1];
    assertThat(host.post("api/v1/ingest", tooLong).statusCode()).isEqualTo(413);
    assertThat(
            host.send(
                    host.request("api/v1/ingest", Host.ADMIN)
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofString("no gzip")))
                .statusCode())
        .isEqualTo(400);
    assertThat(
            host.send(
                    host.request("api/v1/ingest", Host.ADMIN)
                        .header("Content-Encoding", "br")
                        .POST(BodyPublishers.ofString("x")))
                .statusCode())
        .isEqualTo(415);
    host.settle();
    assertThat(host.json("api/v1/count").get("count").asLong()).isZero();
  }

  @Test
  void storesOnceWhatIsSentTwiceUnderOneKey() throws Exception {
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer =
          host.send(
              host.request("api/v1/ingest", Host.ADMIN)
                  .header("Idempotency-Key", "batch-7")
                  .POST(BodyPublishers.ofString("one\ntwo\n")));
      assertThat(answer.statusCode()).isEqualTo(200);
    }
    host.settle();

    assertThat(host.json("api/v1/count").get("count").asLong()).isEqualTo(2);
  }

  @Test
  void keepsTheBeginningOfALineThatIsTooLong() throws Exception {
    host.post("api/v1/ingest", "x".repeat((1 << 20) + 5) + "\nnext\n");
    host.settle();

    JsonNode count = host.json("api/v1/count");
    assertThat(count.get("count").asLong()).isEqualTo(2);
  }

  @Test
  void takesNothingOfABatchThatItAnswersWith429() throws Exception {
    String line = "y".repeat(1_000) + "\n";
    int accepted = 0;
    HttpResponse<String> last = null;
    for (int i = 0; i < 200; i++) {
      last = host.post("api/v1/ingest?source=s" + i, line.repeat(1_000));
      if (last.statusCode() != 200) {
        break;
      }
      accepted += Host.JSON.readTree(last.body()).get("accepted").asInt();
    }
    if (last.statusCode() == 429) {
      assertThat(last.headers().firstValue("Retry-After")).isPresent();
    }
    host.settle();

    assertThat(last.statusCode()).isIn(200, 429);
    assertThat(host.json("api/v1/count?from=0").get("count").asInt()).isEqualTo(accepted);
  }

  @Test
  void showsHowLinesWouldBeUnderstoodAndStoresNothing() throws Exception {
    HttpResponse<String> answer =
        host.send(
            host.request("api/v1/ingest?debug=1&service=cart", Host.ADMIN)
                .header("X-Logdash", "1")
                .POST(
                    BodyPublishers.ofString(
                        "{\"message\":\"m\",\"log.level\":\"WARN\"}\npassword=hunter2secret\n")));
    host.settle();

    JsonNode events = Host.JSON.readTree(answer.body()).get("events");
    assertThat(events.get(0).get("level").asString()).isEqualTo("WARN");
    assertThat(events.get(0).get("service").asString()).isEqualTo("cart");
    assertThat(answer.body()).doesNotContain("hunter2secret");
    assertThat(host.json("api/v1/count").get("count").asLong()).isZero();
  }

  @Test
  void takesOnlyWhatAKeyIsFor() throws Exception {
    Actor admin =
        new Actor(
            new Principal("ada", Set.of(), Map.of(Permission.API_KEYS, Filter.ALL), Set.of()),
            "127.0.0.1");
    String token = host.access().apiKeys().create(admin, "test", "audit").block().token();

    assertThat(sendWith(token, "api/v1/ingest")).isEqualTo(200);
    assertThat(sendWith(token, "api/v1/ingest?dataset=default")).isEqualTo(403);
    assertThat(sendWith(token + "x", "api/v1/ingest")).isEqualTo(401);
    assertThat(
            host.send(host.request("api/v1/count", "").header("Authorization", "Bearer " + token))
                .statusCode())
        .isEqualTo(403);
    host.settle();
    assertThat(host.json("api/v1/count?dataset=audit").get("count").asLong()).isEqualTo(1);
  }

  @Test
  void takesWhatShippersSendToElasticsearch() throws Exception {
    String body =
        """
        {"create":{"_index":"logs-app-default"}}
        {"@timestamp":"2026-11-20T10:00:00Z","message":"created","log":{"level":"error"}}
        {"index":{"_index":"app","_id":"own-1"}}
        {"message":"with an id"}
        {"index":{"_id":"own-1"}}
        {"message":"again with it"}
        {"delete":{"_id":"own-1"}}
        {"update":{"_id":"own-1"}}
        {"doc":{"message":"changed"}}
        {"create":{}}
        no json
        {"create":{"_id":7,"routing":{"a":[1]}}}
        {"message":"last"}
        """;

    HttpResponse<String> answer =
        host.send(
            host.request("app/_bulk", Host.ADMIN)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(body)));
    host.settle();

    JsonNode bulk = Host.JSON.readTree(answer.body());
    assertThat(bulk.get("errors").asBoolean()).isTrue();
    assertThat(bulk.get("items").findValuesAsString("status"))
        .containsExactly("201", "201", "201", "400", "400", "400", "201");
    assertThat(bulk.get("items").get(0).get("create").get("_index").asString())
        .isEqualTo("logs-app-default");
    assertThat(bulk.get("items").get(2).get("index").get("_index").asString()).isEqualTo("app");
    JsonNode events = host.json("api/v1/search?from=0&order=oldest").get("events");
    assertThat(events.findValuesAsString("message"))
        .containsExactlyInAnyOrder("created", "with an id", "last");
    assertThat(host.json("api/v1/event/own-1").get("message").asString()).isEqualTo("with an id");
  }

  @Test
  void tellsShippersWhatTheyAskBeforeTheySend() throws Exception {
    for (String path : List.of("", "_license", "_cluster/health")) {
      HttpResponse<String> answer =
          host.send(
              host.request(path, Host.ADMIN)
                  .header("Accept", "application/vnd.elasticsearch+json; compatible-with=8"));

      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.headers().firstValue("X-Elastic-Product")).hasValue("Elasticsearch");
      assertThat(Host.JSON.readTree(answer.body()).isObject()).isTrue();
    }
    assertThat(host.send(host.request("", "").header("Accept", "application/json")).statusCode())
        .isEqualTo(401);
    for (String browser : List.of("text/html,application/json;q=0.9", "*/*")) {
      assertThat(host.send(host.request("", "").header("Accept", browser)).body())
          .startsWith("<!doctype html>");
    }
  }

  @Test
  void refusesABulkBodyThatIsNone() throws Exception {
    assertThat(host.post("_bulk", "what is this\n").statusCode()).isEqualTo(400);
    assertThat(host.post("_bulk", "{\"drop\":{}}\n{}\n").statusCode()).isEqualTo(400);
    assertThat(host.post("_bulk", "").statusCode()).isEqualTo(200);
  }

  private int sendWith(String token, String path) throws Exception {
    return host.send(
            host.request(path, "")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString("a line\n")))
        .statusCode();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
