package dev.logdash.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AccountRoutesTest {

  private static Host host;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    host = new Host(folder);
    host.ingest(
        "{\"message\":\"ours\",\"service\":\"cart\"}", "{\"message\":\"x\",\"service\":\"shop\"}");
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @Test
  void addsSomebodyWhoSeesTheirScopeOnlyUntilTheyMayNoMore() throws Exception {
    JsonNode bob =
        changed(
            "POST",
            "api/v1/users",
            "{\"name\":\"bob\",\"password\":\"a long enough one\",\"roles\":[\"viewer\"],"
                + "\"scope\":\"service:cart\"}");
    assertThat(bob.get("enabled").asBoolean()).isTrue();
    String cookie = signIn("bob", "a long enough one");
    assertThat(messages(cookie)).containsExactly("ours");
    assertThat(names(host.json("api/v1/users").get("users"))).contains("bob");

    assertThat(withCookie("api/v1/users", cookie).statusCode()).isEqualTo(403);
    assertThat(host.json("api/v1/audit").toString()).contains("access_denied");

    changed("PUT", "api/v1/users/bob", "{\"enabled\":false}");
    assertThat(withCookie("api/v1/search?from=1d", cookie).statusCode()).isEqualTo(401);
    changed("PUT", "api/v1/users/bob", "{\"enabled\":true,\"password\":\"yet another long one\"}");
    assertThat(messages(signIn("bob", "yet another long one"))).containsExactly("ours");

    changed("DELETE", "api/v1/users/bob", "");
    assertThat(names(host.json("api/v1/users").get("users"))).doesNotContain("bob");
    assertThat(change("DELETE", "api/v1/users/bob", "").statusCode()).isEqualTo(404);
    assertThat(host.json("api/v1/audit").toString()).contains("user_added", "user_removed", "bob");
  }

  @Test
  void saysWhyAnAccountIsRefused() throws Exception {
    HttpResponse<String> weak =
        change(
            "POST", "api/v1/users", "{\"name\":\"eve\",\"password\":\"x\",\"roles\":[\"viewer\"]}");
    assertThat(weak.statusCode()).isEqualTo(400);
    assertThat(change("POST", "api/v1/users", "{\"name\":\"eve\"}").body())
        .contains("password is missing");
    assertThat(
            change(
                    "POST",
                    "api/v1/users",
                    "{\"name\":\"eve\",\"password\":\"a long enough one\",\"roles\":[\"root\"]}")
                .statusCode())
        .isEqualTo(400);
    assertThat(change("POST", "api/v1/users", "{\"name\":\"eve\",\"admin\":true}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void changesOnlyWhatIsNamedAndNothingWhereThatIsNotClear() throws Exception {
    changed(
        "POST",
        "api/v1/users",
        "{\"name\":\"kim\",\"password\":\"a long enough one\",\"roles\":[\"viewer\"]}");

    assertThat(change("PUT", "api/v1/users/kim", "{\"scope\":\"service:cart\"}").body())
        .contains("roles is missing");
    HttpResponse<String> nothing = change("PUT", "api/v1/users/kim", "{}");
    assertThat(nothing.statusCode()).isEqualTo(400);
    assertThat(nothing.body()).contains("nothing");
    assertThat(
            change("POST", "api/v1/users", "{\"name\":\"lee\",\"password\":\"a long enough one\"}")
                .body())
        .contains("roles is missing");

    JsonNode kim = changed("PUT", "api/v1/users/kim", "{\"enabled\":false}");
    assertThat(kim.get("roles").toString()).isEqualTo("[\"viewer\"]");
    JsonNode scoped =
        changed("PUT", "api/v1/users/kim", "{\"roles\":[\"viewer\"],\"scope\":\"service:cart\"}");
    assertThat(scoped.get("grants").toString()).contains("service:cart");
    assertThat(scoped.get("enabled").asBoolean()).isFalse();
    assertThat(change("PUT", "api/v1/users/nobody", "{\"enabled\":true}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void makesAKeyThatTakesLogsInUntilItIsRemoved() throws Exception {
    JsonNode made =
        changed("POST", "api/v1/api-keys", "{\"name\":\"checkout\",\"dataset\":\"default\"}");
    String key = made.get("key").asString();
    assertThat(sentWith(key).statusCode()).isEqualTo(200);
    assertThat(host.get("api/v1/api-keys").body()).contains("checkout").doesNotContain(key);

    changed("DELETE", "api/v1/api-keys/" + made.get("id").asString(), "");
    assertThat(sentWith(key).statusCode()).isEqualTo(401);
  }

  @Test
  void isForAdministratorsOfAllLogsOnly() throws Exception {
    for (String path : List.of("api/v1/users", "api/v1/api-keys")) {
      HttpResponse<String> answer = host.send(host.request(path, "al service:cart").GET());
      assertThat(answer.statusCode()).as(path).isEqualTo(403);
    }
  }

  private static HttpResponse<String> change(String method, String path, String body)
      throws Exception {
    return host.send(host.own(method, path, Host.ADMIN, body));
  }

  private static JsonNode changed(String method, String path, String body) throws Exception {
    HttpResponse<String> answer = change(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Host.JSON.readTree(answer.body());
  }

  private static HttpResponse<String> sentWith(String key) throws Exception {
    HttpRequest.Builder request =
        host.request("api/v1/ingest?source=s", "")
            .header("Authorization", "Bearer " + key)
            .POST(BodyPublishers.ofString("a line"));
    return host.send(request);
  }

  private static String signIn(String name, String password) throws Exception {
    HttpResponse<String> answer =
        host.send(
            host.own(
                "POST",
                "api/v1/session",
                "",
                "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
  }

  private static HttpResponse<String> withCookie(String path, String cookie) throws Exception {
    return host.send(host.request(path, "").header("Cookie", cookie).GET());
  }

  private static List<String> messages(String cookie) throws Exception {
    HttpResponse<String> answer = withCookie("api/v1/search?from=1d", cookie);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<String> messages = new ArrayList<>();
    Host.JSON
        .readTree(answer.body())
        .get("events")
        .forEach(event -> messages.add(event.get("message").asString()));
    return messages;
  }

  private static List<String> names(JsonNode users) {
    List<String> names = new ArrayList<>();
    users.forEach(user -> names.add(user.get("name").asString()));
    return names;
  }
}
