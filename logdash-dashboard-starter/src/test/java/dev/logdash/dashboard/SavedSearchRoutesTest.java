package dev.logdash.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SavedSearchRoutesTest {

  private static final String ROUTE = "api/v1/saved-searches";

  private Host host;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    host = new Host(folder);
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void keepsWhatTheAddressHasForWhoeverKeptItAlone() throws Exception {
    save("ada", "Zoë's <errors>", "{\"q\":\"level:error\",\"from\":\"7d\",\"cols\":\"user.id\"}");
    save("bob", "mine", "{}");

    JsonNode kept = host.json(ROUTE, "ada").get("searches");
    assertThat(kept).hasSize(1);
    assertThat(kept.get(0).get("name").asString()).isEqualTo("Zoë's <errors>");
    assertThat(kept.get(0).get("params").toString())
        .isEqualTo("{\"cols\":\"user.id\",\"from\":\"7d\",\"q\":\"level:error\"}");
    assertThat(names("bob")).containsExactly("mine");
    assertThat(names("eve")).isEmpty();
  }

  @Test
  void putsASearchInThePlaceOfTheOneOfThatName() throws Exception {
    save("ada", "a", "{\"q\":\"1\"}");
    save("ada", "b", "{\"q\":\"2\"}");
    save("ada", " a ", "{\"q\":\"3\"}");

    assertThat(names("ada")).containsExactly("b", "a");
    assertThat(host.json(ROUTE, "ada").at("/searches/1/params/q").asString()).isEqualTo("3");
  }

  @Test
  void removesOnesOwnAndNobodyElses() throws Exception {
    save("ada", "a", "{}");
    save("bob", "b", "{}");
    String id = host.json(ROUTE, "ada").at("/searches/0/id").asString();

    assertThat(host.send(host.own("DELETE", ROUTE + "/" + id, "bob", "")).statusCode())
        .isEqualTo(404);
    assertThat(names("ada")).containsExactly("a");
    assertThat(host.send(host.own("DELETE", ROUTE + "/" + id, "ada", "")).statusCode())
        .isEqualTo(200);
    assertThat(names("ada")).isEmpty();
    assertThat(names("bob")).containsExactly("b");
  }

  @Test
  void losesNoneOfSeveralThatAreKeptAtOnce() {
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    host.client()
                        .sendAsync(
                            host.own("POST", ROUTE, "ada", "{\"name\":\"n" + i + "\"}").build(),
                            BodyHandlers.ofString()))
            .toList();

    assertThat(answers)
        .allSatisfy(
            answer -> assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200));
    assertThat(List.of("n0", "n7")).allSatisfy(name -> assertThat(names("ada")).contains(name));
  }

  @Test
  void saysWhatIsWrongAndKeepsNothingOfIt() throws Exception {
    for (String body :
        List.of(
            "{}",
            "{\"name\":\"  \"}",
            "{\"name\":\"" + "n".repeat(101) + "\"}",
            "{\"name\":\"n\",\"params\":{\"live\":\"1\"}}",
            "{\"name\":\"n\",\"params\":{\"q\":null}}",
            "{\"name\":\"n\",\"params\":{\"q\":\"" + "x".repeat(4_097) + "\"}}")) {
      HttpResponse<String> answer = host.send(host.own("POST", ROUTE, "ada", body));
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
    }
    assertThat(names("ada")).isEmpty();
  }

  @Test
  void hasABound() throws Exception {
    for (int i = 0; i < 200; i++) {
      save("ada", "n" + i, "{}");
    }

    HttpResponse<String> more = host.send(host.own("POST", ROUTE, "ada", "{\"name\":\"more\"}"));

    assertThat(more.statusCode()).isEqualTo(400);
    assertThat(more.body()).contains("200");
    save("ada", "n7", "{\"q\":\"again\"}");
  }

  @Test
  void areForgottenWithTheirOwner() throws Exception {
    String bob = "{\"name\":\"Bob\",\"password\":\"a long enough one\",\"roles\":[\"viewer\"]}";
    assertThat(host.send(host.own("POST", "api/v1/users", Host.ADMIN, bob)).statusCode())
        .isEqualTo(200);
    save("bob", "secret", "{}");

    host.send(host.own("DELETE", "api/v1/users/Bob", Host.ADMIN, ""));

    assertThat(names("bob")).isEmpty();
  }

  private void save(String user, String name, String params) throws Exception {
    String body =
        Host.JSON
            .createObjectNode()
            .put("name", name)
            .set("params", Host.JSON.readTree(params))
            .toString();
    HttpResponse<String> answer = host.send(host.own("POST", ROUTE, user, body));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private List<String> names(String user) throws Exception {
    List<String> names = new ArrayList<>();
    host.json(ROUTE, user).get("searches").forEach(one -> names.add(one.get("name").asString()));
    return names;
  }
}
