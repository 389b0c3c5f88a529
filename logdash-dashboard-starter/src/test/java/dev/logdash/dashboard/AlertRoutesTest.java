package dev.logdash.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AlertRoutesTest {

  private static final String RULE =
      "{\"name\":\"errors\",\"query\":\"level:error\",\"measure\":{\"kind\":\"rate\"},"
          + "\"op\":\">=\",\"threshold\":0.5,\"window\":\"10m\",\"for\":\"30s\","
          + "\"groupBy\":[\"service\"],\"severity\":\"info\",\"note\":\"n\"}";

  private static Host host;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    host = new Host(folder);
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @Test
  void keepsARuleAsItWasGivenUntilItIsRemoved() throws Exception {
    ObjectNode rule = (ObjectNode) answer("POST", "api/v1/rules", RULE, 200).get("rule");
    String path = "api/v1/rules/" + rule.get("id").asString();
    assertThat(rule.get("groupBy").get(0).asString()).isEqualTo("service.name");
    assertThat(rule.get("owner").asString()).isEqualTo(Host.ADMIN);
    assertThat(rule.get("condition").asString()).isEqualTo("rate of level:error >= 0.5 /s in 10m");
    assertThat(host.json(path).get("rule")).isEqualTo(rule);

    // What a page read goes back as it is.
    JsonNode changed =
        answer("PUT", path, rule.deepCopy().put("threshold", 2).toString(), 200).get("rule");
    assertThat(changed.get("threshold").asDouble()).isEqualTo(2);
    assertThat(answer("PUT", path, rule.toString(), 409).at("/error/code").asString())
        .isEqualTo("stale");

    answer("DELETE", path, "", 200);
    answer("DELETE", path, "", 404);
    answer("PUT", path, rule.toString(), 404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST | api/v1/rules            | {}
          POST | api/v1/rules            | {"name":"n","query":"level:("}
          POST | api/v1/rules            | {"name":"n","window":"15s"}
          POST | api/v1/rules            | {"name":"n","window":"soon"}
          POST | api/v1/rules            | {"name":"n","op":"="}
          POST | api/v1/rules            | {"name":"n","severity":"loud"}
          POST | api/v1/rules            | {"name":"n","measure":{"kind":"mode"}}
          POST | api/v1/rules            | {"name":"n","groupBy":[null]}
          POST | api/v1/rules            | {"name":"n","groupBy":["message"]}
          POST | api/v1/rules            | {"name":"n","channels":[null]}
          POST | api/v1/rules            | {"name":"n","colour":"red"}
          POST | api/v1/rules/preview    | {}
          POST | api/v1/rules/preview    | {"rule":{"name":"n"},"from":"9d"}
          GET  | api/v1/alerts?state=odd |
          POST | api/v1/silences         | {}
          POST | api/v1/silences         | {"until":"soon"}
          POST | api/v1/silences         | {"until":"2001-01-01T00:00:00Z"}
          POST | api/v1/silences         | {"until":"2001-01-01T00:00:00Z","group":{"a":null}}
          POST | api/v1/channels         | {"name":"c","kind":"pigeon"}
          POST | api/v1/channels         | {"name":"c","kind":"webhook","settings":{}}
          POST | api/v1/channels         | {"name":"c","kind":"webhook","settings":{"url":null}}
          """)
  void saysWhatIsWrong(String method, String path, String body) throws Exception {
    JsonNode error = answer(method, path, body == null ? "" : body, 400).get("error");

    assertThat(error.get("message").asString()).isNotBlank();
  }

  @Test
  void silencesARuleUntilThatIsEnded() throws Exception {
    String rule = answer("POST", "api/v1/rules", RULE, 200).at("/rule/id").asString();
    String body = "{\"rule\":\"" + rule + "\",\"until\":\"" + Instant.now().plusSeconds(60) + "\"}";
    String silence = answer("POST", "api/v1/silences", body, 200).at("/silence/id").asString();

    assertThat(host.json("api/v1/silences").toString()).contains(silence);
    answer("DELETE", "api/v1/silences/" + silence, "", 200);
    answer("DELETE", "api/v1/silences/" + silence, "", 404);
    assertThat(host.json("api/v1/silences").toString()).doesNotContain(silence);
  }

  @Test
  void triesAChannelAndShowsItsSecretsToNobody() throws Exception {
    ObjectNode body = Host.JSON.createObjectNode().put("name", "c").put("kind", "webhook");
    body.set("settings", Host.JSON.valueToTree(Map.of("url", "https://127.0.0.1:9/s3cret")));
    JsonNode made = answer("POST", "api/v1/channels", body.toString(), 200).get("channel");
    assertThat(made.at("/settings/url").asString()).isEqualTo("***");
    String path = "api/v1/channels/" + made.get("id").asString();

    JsonNode tried = answer("POST", path + "/test", "{}", 200);

    assertThat(tried.get("ok").asBoolean()).isFalse();
    assertThat(tried.get("message").asString()).isNotBlank().doesNotContain("s3cret");
    assertThat(host.json("api/v1/channels").toString()).doesNotContain("s3cret");
    assertThat(host.json("api/v1/audit?limit=50").toString()).doesNotContain("s3cret");
    answer("DELETE", path, "", 200);
    answer("POST", path + "/test", "{}", 404);
  }

  private static JsonNode answer(String method, String path, String body, int status)
      throws Exception {
    HttpResponse<String> answer = host.send(host.own(method, path, Host.ADMIN, body));
    assertThat(answer.statusCode())
        .as(method + " " + path + ": " + answer.body())
        .isEqualTo(status);
    return Host.JSON.readTree(answer.body());
  }
}
