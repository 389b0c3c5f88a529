package dev.logdash.dashboard;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.auth.Permission;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every route of the table for everybody: nobody, each built-in role for all logs and for those of
 * one service, and an API key. The oracle is a host that has the logs of that service alone.
 */
class RouteAccessTest {

  private static final String SCOPE = "service:checkout";
  private static final String SEARCH = "{\"name\":\"errors\",\"params\":{\"q\":\"level:error\"}}";
  private static final String PASSWORD = "a long enough one";

  // What a reading route is asked with, so that it has something to tell; all others need nothing.
  private static final Map<String, String> QUESTIONS =
      Map.ofEntries(
          entry("api/v1/search", "limit=1000"),
          entry("api/v1/facets", "fields=service.name,http.route,user.id,severity,customer"),
          entry(
              "api/v1/table",
              "q=*%7Cstats+count(),p95(event.duration),distinct(user.id)+by+service.name,customer"),
          entry("api/v1/patterns", "limit=1000"),
          entry("api/v1/event/{id}", ""),
          entry("api/v1/context/{id}", "before=9&after=9"),
          entry("api/v1/alerts", "state=firing"));

  // What differs between two hosts that hold the same events.
  private static final Set<String> OF_THE_HOST =
      Set.of("id", "next", "tookMillis", "ingested", "event.ingested", "created");

  private static final Map<String, Set<String>> PERMISSIONS = new LinkedHashMap<>();
  private static final Map<String, String> COOKIES = new LinkedHashMap<>();
  private static Host host;
  private static Host oracle;
  private static String span;
  private static String key;
  private static String rule;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    host = new Host(folder.resolve("all"));
    oracle = new Host(folder.resolve("checkout"));
    long first = Instant.now().toEpochMilli() / 60_000 * 60_000 - 300_000;
    span = "from=" + (first - 60_000) + "&to=" + (first + 240_000);
    List<String> all = new ArrayList<>();
    List<String> checkout = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String service = i % 3 == 0 ? "checkout" : i % 3 == 1 ? "payment" : "";
      String line = line(i, service, first + i * 1_000L);
      all.add(line);
      if (service.equals("checkout")) {
        checkout.add(line);
      }
    }
    all.add("<14>1 - - - - - [x" + members(5_000) + "] too wide");
    host.ingest(all.toArray(String[]::new));
    oracle.ingest(checkout.toArray(String[]::new));
    for (String role : List.of("viewer", "analyst", "admin")) {
      addUser(role, role, "");
      addUser(role + " of checkout", role, SCOPE);
    }
    rule = watch();
    keepASearch(oracle, oracle.own("POST", "api/v1/saved-searches", Host.ADMIN, SEARCH));
    key =
        answer("POST", "api/v1/api-keys", Host.ADMIN, "{\"name\":\"k\",\"dataset\":\"default\"}")
            .get("key")
            .asString();
  }

  @AfterAll
  static void stop() {
    host.close();
    oracle.close();
  }

  @Test
  void everyReadingRouteTellsAnAdministratorSomethingAndAScopedViewerTheirPartOfIt()
      throws Exception {
    int compared = 0;
    for (Route route : host.routes().routes()) {
      boolean reads = route.method().equals("GET") && route.permission() != Permission.INGEST;
      if (!reads || route.permission() == null || route.stays()) {
        continue;
      }
      HttpResponse<String> all = get(host, route, "admin", id(host, "payment"));
      assertThat(all.statusCode()).as(route.path() + " " + all.body()).isEqualTo(200);
      assertThat(all.body()).as(route.path()).isNotEmpty();
      if (route.path().equals("metrics") || route.path().endsWith("openapi.json")) {
        continue;
      }
      JsonNode everything = Host.JSON.readTree(all.body());
      assertThat(hasContent(everything)).as(route.path() + " " + all.body()).isTrue();

      HttpResponse<String> part = get(host, route, "viewer of checkout", id(host, "checkout"));
      if (!permissions("viewer of checkout").contains(permission(route))) {
        assertThat(part.statusCode()).as(route.path()).isEqualTo(403);
        continue;
      }
      HttpResponse<String> expected =
          oracle.send(oracle.request(address(route, id(oracle, "checkout")), Host.ADMIN));
      assertThat(expected.statusCode()).as(route.path()).isEqualTo(200);
      assertThat(part.statusCode()).as(route.path() + " " + part.body()).isEqualTo(200);
      assertThat(ofTheEvents(part.body())).as(route.path()).isEqualTo(ofTheEvents(expected.body()));
      assertThat(part.body()).as(route.path()).doesNotContain("payment", "too wide");
      compared++;
      if (route.path().contains("{id}")) {
        assertThat(get(host, route, "viewer of checkout", id(host, "payment")).statusCode())
            .as("somebody else's " + route.path())
            .isEqualTo(404);
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(9);
  }

  @Test
  void everyRouteIsForThoseAloneWhoHoldItsPermission() throws Exception {
    int refused = 0;
    for (Route route : host.routes().routes()) {
      if (route.permission() == null) {
        continue;
      }
      assertThat(status(route, request(route, ""))).as("nobody: " + route).isEqualTo(401);
      boolean ingests = permission(route).equals("ingest");
      assertThat(
              status(route, request(route, "").header("Authorization", "Bearer " + key))
                  == 403
                  != ingests)
          .as("a key: " + route)
          .isTrue();
      for (String user : COOKIES.keySet()) {
        int status = status(route, request(route, "").header("Cookie", COOKIES.get(user)));
        if (permissions(user).contains(permission(route))) {
          assertThat(status).as(user + ": " + route).isNotIn(401, 403);
        } else {
          assertThat(status).as(user + ": " + route).isEqualTo(403);
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(30);
  }

  @Test
  void whatConcernsTheWholeInstallationIsNotForWhoeverSeesAPart() throws Exception {
    assertThat(permissions("admin of checkout"))
        .contains("search", "rules")
        .doesNotContain("pipeline", "users", "roles", "api_keys", "channels", "settings", "audit");
    assertThat(permissions("admin")).containsAll(permissions("analyst")).contains("audit");
    assertThat(permissions("viewer")).doesNotContain("rules", "dead_letters");
  }

  /** A rule of somebody who sees all, which fires for each service, and gives its id. */
  private static String watch() throws Exception {
    answer(
        "POST",
        "api/v1/channels",
        Host.ADMIN,
        "{\"kind\":\"webhook\",\"name\":\"hook\",\"settings\":{\"url\":\"https://example.com/\"}}");
    String id =
        answer(
                "POST",
                "api/v1/rules",
                Host.ADMIN,
                "{\"name\":\"any\",\"window\":\"1h\",\"groupBy\":[\"service.name\"]}")
            .at("/rule/id")
            .asString();
    answer(
        "POST",
        "api/v1/silences",
        Host.ADMIN,
        "{\"rule\":\"" + id + "\",\"until\":\"" + Instant.now().plusSeconds(3_600) + "\"}");
    long end = System.nanoTime() + 60_000_000_000L;
    while (host.json("api/v1/alerts").get("alerts").size() < 3) {
      assertThat(System.nanoTime()).as("the rule must fire within a minute").isLessThan(end);
      Thread.onSpinWait();
    }
    return id;
  }

  private static String line(int i, String service, long millis) {
    ObjectNode line = Host.JSON.createObjectNode();
    line.put("@timestamp", Instant.ofEpochMilli(millis).toString());
    line.put("message", "order " + i + " of " + service);
    line.put("log.level", i % 4 == 0 ? "ERROR" : "INFO");
    if (!service.isEmpty()) {
      line.put("service.name", service);
    }
    line.put("http.request.method", "GET");
    line.put("http.response.status_code", i % 4 == 0 ? 500 : 200);
    line.put("http.route", "/" + service + "/{id}");
    line.put("event.duration", 1_000_000L * (i + 1));
    line.put("user.id", "u" + i % 5);
    line.put(service.isEmpty() ? "nameless" : "customer", i);
    return line.toString();
  }

  private static String members(int count) {
    StringBuilder members = new StringBuilder();
    for (int i = 0; i < count; i++) {
      members.append(" m").append(i).append("=\"1\"");
    }
    return members.toString();
  }

  private static void addUser(String name, String role, String scope) throws Exception {
    String account = name.replace(' ', '.');
    ObjectNode body = Host.JSON.createObjectNode();
    body.put("name", account).put("password", PASSWORD).put("scope", scope);
    body.putArray("roles").add(role);
    answer("POST", "api/v1/users", Host.ADMIN, body.toString());
    ObjectNode credentials = Host.JSON.createObjectNode();
    credentials.put("name", account).put("password", PASSWORD);
    HttpResponse<String> session =
        host.send(host.own("POST", "api/v1/session", "", credentials.toString()));
    assertThat(session.statusCode()).as(session.body()).isEqualTo(200);
    String cookie = session.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    COOKIES.put(name, cookie);
    keepASearch(
        host, host.own("POST", "api/v1/saved-searches", "", SEARCH).header("Cookie", cookie));
    Set<String> permissions = new TreeSet<>();
    Host.JSON
        .readTree(host.send(host.request("api/v1/session", "").header("Cookie", cookie)).body())
        .at("/user/permissions")
        .forEach(one -> permissions.add(one.asString()));
    PERMISSIONS.put(name, permissions);
  }

  private static void keepASearch(Host where, HttpRequest.Builder request) throws Exception {
    assertThat(where.send(request).statusCode()).isEqualTo(200);
  }

  private static JsonNode answer(String method, String path, String user, String body)
      throws Exception {
    HttpResponse<String> answer = host.send(host.own(method, path, user, body));
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    return Host.JSON.readTree(answer.body());
  }

  private static Set<String> permissions(String user) {
    return PERMISSIONS.get(user);
  }

  private static String permission(Route route) {
    return route.permission().name().toLowerCase(Locale.ROOT);
  }

  /** The id of the first event of a service. */
  private static String id(Host where, String service) throws Exception {
    return where
        .json("api/v1/search?order=oldest&q=service:" + service + "&" + span)
        .at("/events/0/id")
        .asString();
  }

  private static String address(Route route, String id) {
    String question = QUESTIONS.getOrDefault(route.path(), "");
    return route.path().replace("{id}", route.path().startsWith("api/v1/rules/") ? rule : id)
        + "?"
        + question
        + (route.parameters().contains("from") ? "&" + span : "");
  }

  private static HttpResponse<String> get(Host where, Route route, String user, String id)
      throws Exception {
    return where.send(
        where.request(address(route, id), "").header("Cookie", COOKIES.get(user)).GET());
  }

  private static HttpRequest.Builder request(Route route, String user) {
    String path = route.path().replaceAll("\\{\\w+}", "nobody-has-this");
    return (route.selector().isEmpty()
            ? host.request(path, user)
            : host.request(path + "?" + route.selector() + "=1", user))
        .header("X-Logdash", "1")
        .header("Content-Type", "application/json")
        .header("Accept", "application/json")
        .method(
            route.method(),
            route.method().equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
  }

  private static int status(Route route, HttpRequest.Builder request) throws Exception {
    HttpResponse<InputStream> answer =
        host.client().send(request.build(), BodyHandlers.ofInputStream());
    answer.body().close();
    return answer.statusCode();
  }

  private static boolean hasContent(JsonNode answer) {
    if (!answer.isContainer()) {
      return !answer.isNull();
    }
    List<JsonNode> inner = new ArrayList<>();
    answer.forEach(inner::add);
    return answer.isArray()
        ? !inner.isEmpty()
        : inner.stream().anyMatch(one -> hasContent(one) && (!one.isArray() || one.size() > 0))
            && inner.stream().filter(JsonNode::isArray).findFirst().map(JsonNode::size).orElse(1)
                > 0;
  }

  private static JsonNode ofTheEvents(String body) throws Exception {
    JsonNode answer = Host.JSON.readTree(body);
    removeWhatIsOfTheHost(answer);
    return answer;
  }

  private static void removeWhatIsOfTheHost(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(OF_THE_HOST);
    }
    node.forEach(RouteAccessTest::removeWhatIsOfTheHost);
  }
}
