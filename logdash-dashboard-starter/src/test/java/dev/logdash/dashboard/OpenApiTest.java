package dev.logdash.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Holds the description of the HTTP API to the table of routes and to real answers. */
class OpenApiTest {

  private static Host host;
  private static JsonNode document;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    host = new Host(folder);
    host.ingest(
        "{\"message\":\"m\",\"service.name\":\"s\",\"http.request.method\":\"GET\","
            + "\"http.response.status_code\":200,\"http.route\":\"/r\",\"event.duration\":5}");
    document = host.json("api/v1/openapi.json");
  }

  @AfterAll
  static void stop() throws Exception {
    host.close();
  }

  @Test
  void describesTheRoutesAndNoOthersWithTheirParametersAndPermissions() {
    Map<String, Set<String>> table = new TreeMap<>();
    Map<String, String> permissions = new TreeMap<>();
    for (Route route : host.routes().routes()) {
      String key = route.method().toLowerCase(java.util.Locale.ROOT) + " /" + route.path();
      Set<String> parameters = table.computeIfAbsent(key, unused -> new TreeSet<>());
      parameters.addAll(route.parameters());
      for (String part : route.path().split("/")) {
        if (part.startsWith("{")) {
          parameters.add(part.substring(1, part.length() - 1));
        }
      }
      if (route.selector().isEmpty()) {
        permissions.put(key, route.permission() == null ? "none" : route.permission().name());
      }
    }
    Map<String, Set<String>> described = new TreeMap<>();
    Map<String, String> describedPermissions = new TreeMap<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          String key = operation.getKey() + " " + path.getKey();
                          Set<String> parameters = new TreeSet<>();
                          operation
                              .getValue()
                              .path("parameters")
                              .forEach(one -> parameters.add(one.get("name").asString()));
                          described.put(key, parameters);
                          describedPermissions.put(
                              key, operation.getValue().get("x-permission").asString());
                        }));

    assertThat(described).isEqualTo(table);
    assertThat(describedPermissions).isEqualTo(permissions);
  }

  @Test
  void describesWhatIsAnswered() throws Exception {
    String id = host.json("api/v1/search").get("events").get(0).get("id").asString();
    String rule =
        answer("api/v1/rules", "{\"name\":\"any\",\"channels\":[]}").at("/rule/id").asString();
    answer("api/v1/silences", "{\"until\":\"" + Instant.now().plusSeconds(60) + "\"}");
    answer("api/v1/saved-searches", "{\"name\":\"errors\"}");
    answer(
        "api/v1/channels",
        "{\"kind\":\"webhook\",\"name\":\"w\",\"settings\":{\"url\":\"https://example.com\"}}");
    int checked = 0;
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      JsonNode get = path.getValue().get("get");
      JsonNode content = get == null ? null : get.at("/responses/200/content/application~1json");
      if (content == null || content.isMissingNode()) {
        continue;
      }
      JsonNode schema = content.get("schema");
      List<String> problems = new ArrayList<>();
      String of = path.getKey().startsWith("/api/v1/rules/") ? rule : id;
      check(host.json(path.getKey().substring(1).replace("{id}", of)), schema, "", problems);
      assertThat(problems).as(path.getKey()).isEmpty();
      checked++;
    }
    List<String> problems = new ArrayList<>();
    JsonNode error = Host.JSON.readTree(host.get("api/v1/search?q=(").body());
    check(error, document.at("/components/schemas/Error"), "", problems);
    assertThat(problems).isEmpty();
    assertThat(checked).isGreaterThan(10);
  }

  @Test
  void saysWhatTheIndexOfARefusedRecordIs() {
    assertThat(
            document
                .at("/components/schemas/Ingested/properties/rejected/items/properties/index")
                .path("description")
                .asString(""))
        .contains("line of the body that the record begins with");
  }

  private static JsonNode answer(String path, String body) throws Exception {
    HttpResponse<String> answer = host.send(host.own("POST", path, Host.ADMIN, body));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Host.JSON.readTree(answer.body());
  }

  /** Notes what an answer has that its schema does not know, lacks, or has of another type. */
  private static void check(JsonNode value, JsonNode schema, String at, List<String> problems) {
    if (schema.has("$ref")) {
      String name = schema.get("$ref").asString().replaceFirst("#", "");
      check(value, document.at(name), at, problems);
      return;
    }
    JsonNode type = schema.get("type");
    List<String> types = new ArrayList<>();
    if (type.isArray()) {
      type.forEach(one -> types.add(one.asString()));
    } else {
      types.add(type.asString());
    }
    if (types.stream().noneMatch(one -> isOf(one, value))) {
      problems.add(at + " is " + value + ", expected " + types);
      return;
    }
    if (value.isArray()) {
      value.forEach(element -> check(element, schema.get("items"), at + "[]", problems));
    }
    if (value.isObject() && schema.has("properties")) {
      schema
          .path("required")
          .forEach(
              name -> {
                if (!value.has(name.asString())) {
                  problems.add(at + "/" + name.asString() + " is missing");
                }
              });
      value
          .properties()
          .forEach(
              member -> {
                JsonNode known = schema.get("properties").get(member.getKey());
                if (known == null) {
                  if (!at.isEmpty() || !member.getKey().matches("from|to|widthMillis")) {
                    problems.add(at + "/" + member.getKey() + " is not described");
                  }
                } else {
                  check(member.getValue(), known, at + "/" + member.getKey(), problems);
                }
              });
    }
  }

  private static boolean isOf(String type, JsonNode value) {
    switch (type) {
      case "string":
        return value.isString();
      case "integer":
        return value.isIntegralNumber();
      case "number":
        return value.isNumber();
      case "boolean":
        return value.isBoolean();
      case "array":
        return value.isArray();
      case "null":
        return value.isNull();
      default:
        return value.isObject();
    }
  }
}
