package dev.logdash.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The routes over a real container: what they answer, and what they refuse. */
class DashboardServletTest {

  private static Host host;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    host = new Host(folder);
    for (int i = 0; i < 30; i++) {
      host.ingest(
          "{\"message\":\"order "
              + i
              + " shipped\",\"log.level\":\""
              + (i % 10 == 0 ? "ERROR" : "INFO")
              + "\",\"service.name\":\""
              + (i % 3 == 0 ? "payment" : "checkout")
              + "\",\"http.request.method\":\"GET\",\"http.response.status_code\":"
              + (i % 10 == 0 ? 500 : 200)
              + ",\"http.route\":\"/orders/{id}\",\"event.duration\":5000000,\"user.id\":\"u"
              + i % 4
              + "\"}");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    host.close();
  }

  @Test
  void findsEventsPageByPage() throws Exception {
    JsonNode first = host.json("api/v1/search?q=service:checkout&limit=15");
    assertThat(first.get("events").size()).isEqualTo(15);
    assertThat(first.get("more").asBoolean()).isTrue();
    JsonNode rest =
        host.json(
            "api/v1/search?q=service:checkout&limit=15&after=" + first.get("next").asString());

    assertThat(rest.get("events").size()).isEqualTo(5);
    assertThat(rest.get("more").asBoolean()).isFalse();
    assertThat(first.get("events").get(0).get("message").asString()).isEqualTo("order 29 shipped");
    assertThat(rest.get("events").get(4).get("message").asString()).isEqualTo("order 1 shipped");
  }

  @Test
  void turnsTheOrder() throws Exception {
    JsonNode page = host.json("api/v1/search?order=oldest&limit=1");

    JsonNode event = page.get("events").get(0);
    assertThat(event.get("message").asString()).isEqualTo("order 0 shipped");
    assertThat(event.get("severity").asInt()).isEqualTo(17);
    assertThat(event.get("level").asString()).isEqualTo("ERROR");
    assertThat(event.get("service").asString()).isEqualTo("payment");
    assertThat(event.get("source").asString()).isEqualTo("app.log");
    assertThat(event.get("attributes").get("http.response.status_code").asInt()).isEqualTo(500);
  }

  @Test
  void countsAndDraws() throws Exception {
    assertThat(host.json("api/v1/count?q=level:error").get("count").asLong()).isEqualTo(3);
    JsonNode histogram = host.json("api/v1/histogram?buckets=60");

    assertThat(histogram.get("total").asLong()).isEqualTo(30);
    assertThat(histogram.get("series").size()).isEqualTo(7);
    long errors = 0;
    for (JsonNode count : histogram.get("series").get(1).get("counts")) {
      errors += count.asLong();
    }
    assertThat(errors).isEqualTo(3);
    assertThat(histogram.get("series").get(0).get("counts").size()).isBetween(2, 60);
  }

  @Test
  void makesATableOfAQueryWithPipes() throws Exception {
    JsonNode table =
        table("* | stats count(), p50(event.duration), distinct(user.id) by service | sort -count");

    assertThat(table.get("columns").toString())
        .isEqualTo(
            "[{\"name\":\"service\",\"type\":\"text\",\"approximate\":false,\"field\":\"service.name\"},"
                + "{\"name\":\"count\",\"type\":\"number\",\"approximate\":false},"
                + "{\"name\":\"p50(event.duration)\",\"type\":\"number\",\"approximate\":true},"
                + "{\"name\":\"distinct(user.id)\",\"type\":\"number\",\"approximate\":false}]");
    assertThat(table.get("rows").size()).isEqualTo(2);
    JsonNode first = table.get("rows").get(0);
    assertThat(first.get(0).asString()).isEqualTo("checkout");
    assertThat(first.get(1).toString()).isEqualTo("20");
    assertThat(first.get(2).asDouble()).isBetween(4_950_000.0, 5_050_000.0);
    assertThat(first.get(3).toString()).isEqualTo("4");
    assertThat(table.get("truncated").asBoolean()).isFalse();
  }

  @Test
  void showsTimesValuesAndWhatIsMissingInATable() throws Exception {
    JsonNode row = table("level:error | fields @timestamp, status, nowhere").get("rows").get(0);
    assertThat(row.get(0).asString()).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    assertThat(row.get(1).toString()).isEqualTo("500");
    assertThat(row.get(2).toString()).isEqualTo("\"\"");

    JsonNode spans = table("| stats max(nowhere) by bin(1h)").get("rows").get(0);
    assertThat(spans.get(0).asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:00:00.000Z");
    assertThat(spans.get(1).isNull()).isTrue();
  }

  @Test
  void namesTheColumnOfWhatIsWrongWithAPipe() throws Exception {
    HttpResponse<String> answer = host.get("api/v1/table?q=" + encoded("a | stats mode(x)"));

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = Host.JSON.readTree(answer.body()).get("error");
    assertThat(error.get("code").asString()).isEqualTo("query_syntax");
    assertThat(error.get("column").asInt()).isEqualTo(11);
    assertThat(error.get("message").asString()).contains("no function 'mode'", "distinct(field)");
    assertThat(host.get("api/v1/search?q=" + encoded("a | stats count()")).body())
        .contains("\"column\":3", "begins a pipe");
  }

  @Test
  void tellsThePatternsOfAQueryAndWhatSelectsThem() throws Exception {
    JsonNode answer = host.json("api/v1/patterns?q=" + encoded("NOT nothing"));

    long all = host.json("api/v1/count").get("count").asLong();
    long sum = answer.at("/without/count").asLong() + answer.at("/other/count").asLong();
    assertThat(answer.get("total").asLong()).isEqualTo(all);
    assertThat(answer.at("/more/count").asLong()).isZero();
    JsonNode most = answer.get("patterns").get(0);
    assertThat(most.get("template").asString()).isEqualTo("order <num> shipped");
    assertThat(most.get("kind").asString()).isEqualTo("message");
    assertThat(most.get("worst").asString()).isEqualTo("error");
    assertThat(most.get("example").asString()).startsWith("order ");
    for (JsonNode pattern : answer.get("patterns")) {
      long count = pattern.get("count").asLong();
      sum += count;
      String filter = pattern.get("filter").asString();
      assertThat(host.json("api/v1/count?q=" + encoded(filter)).get("count").asLong())
          .as(filter)
          .isEqualTo(count);
      assertThat(host.json("api/v1/count?q=" + encoded("NOT " + filter)).get("count").asLong())
          .as(filter)
          .isEqualTo(all - count);
    }
    assertThat(sum).isEqualTo(all);
    assertThat(host.get("api/v1/patterns?q=" + encoded("a | top 3 b")).statusCode()).isEqualTo(400);
    assertThat(host.get("api/v1/patterns?limit=1001").statusCode()).isEqualTo(400);
  }

  private static JsonNode table(String query) throws Exception {
    return host.json("api/v1/table?q=" + encoded(query));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void countsTheValuesOfFields() throws Exception {
    JsonNode facets = host.json("api/v1/facets?fields=service.name,user.id&top=2");

    assertThat(facets.get("fields").get(0).get("values").get(0).get("value").asString())
        .isEqualTo("checkout");
    assertThat(facets.get("fields").get(0).get("values").get(0).get("count").asLong())
        .isEqualTo(20);
    assertThat(facets.get("fields").get(1).get("values").size()).isEqualTo(2);
    assertThat(host.json("api/v1/facets").get("fields").get(0).get("events").asLong())
        .isEqualTo(30);
  }

  @Test
  void showsAnEventWithItsNeighbours() throws Exception {
    String id =
        host.json("api/v1/search?q=%22order+15%22").get("events").get(0).get("id").asString();

    assertThat(host.json("api/v1/event/" + id).get("message").asString())
        .isEqualTo("order 15 shipped");
    JsonNode context = host.json("api/v1/context/" + id + "?before=2&after=3");
    assertThat(context.get("index").asInt()).isEqualTo(2);
    assertThat(context.get("events").findValuesAsString("message"))
        .containsExactly(
            "order 13 shipped",
            "order 14 shipped",
            "order 15 shipped",
            "order 16 shipped",
            "order 17 shipped",
            "order 18 shipped");
  }

  @Test
  void tellsNobodyOfWhatIsOutsideTheirScope() throws Exception {
    String bob = "bob service:payment";
    String foreign =
        host.json("api/v1/search?q=service:checkout").get("events").get(0).get("id").asString();

    assertThat(host.json("api/v1/count", bob).get("count").asLong()).isEqualTo(10);
    assertThat(host.json("api/v1/histogram", bob).get("total").asLong()).isEqualTo(10);
    assertThat(host.json("api/v1/facets?fields=service", bob).get("total").asLong()).isEqualTo(10);
    assertThat(host.send(host.request("api/v1/event/" + foreign, bob)).statusCode()).isEqualTo(404);
    assertThat(host.send(host.request("api/v1/context/" + foreign, bob)).statusCode())
        .isEqualTo(404);
    assertThat(host.send(host.request("api/v1/dead-letters", bob)).statusCode()).isEqualTo(403);
    JsonNode services = host.json("api/v1/rollups/services", bob).get("services");
    assertThat(services.size()).isEqualTo(1);
    assertThat(services.get(0).get("service").asString()).isEqualTo("payment");
  }

  @Test
  void tellsHowServicesAndRoutesDo() throws Exception {
    JsonNode services = host.json("api/v1/rollups/services").get("services");
    assertThat(services.get(0).get("service").asString()).isEqualTo("checkout");
    assertThat(services.get(0).get("events").asLong()).isEqualTo(20);
    assertThat(services.get(0).get("requests").get("count").asLong()).isEqualTo(20);
    assertThat(services.get(0).get("requests").get("p95").asLong())
        .isBetween(4_900_000L, 5_100_000L);

    JsonNode routes = host.json("api/v1/rollups/routes?service=payment").get("routes");
    assertThat(routes.get(0).get("route").asString()).isEqualTo("/orders/{id}");
    assertThat(routes.get(0).get("count").asLong()).isEqualTo(10);

    JsonNode series = host.json("api/v1/rollups/series");
    long events = 0;
    for (JsonNode count : series.get("events")) {
      events += count.asLong();
    }
    assertThat(events).isEqualTo(30);
    assertThat(series.get("times").size()).isEqualTo(series.get("p99").size());
  }

  @Test
  void tellsHowThePipelineDoes() throws Exception {
    JsonNode pipeline = host.json("api/v1/pipeline");

    assertThat(pipeline.get("totals").get("events").asLong()).isEqualTo(30);
    for (JsonNode part : pipeline.get("parts")) {
      assertThat(part.get("ok").asBoolean()).as(part.toString()).isTrue();
    }
    assertThat(host.get("metrics").body()).isEqualTo("up 1\n");
    assertThat(host.json("health").get("parts").size()).isPositive();
    HttpResponse<String> anonymous = host.send(host.request("health", ""));
    assertThat(anonymous.body()).isEqualTo("{\"status\":\"up\"}");
  }

  @Test
  void namesTheColumnOfAnErrorInAQuery() throws Exception {
    HttpResponse<String> answer = host.get("api/v1/search?q=level:error+AND+(a");

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = Host.JSON.readTree(answer.body()).get("error");
    assertThat(error.get("code").asString()).isEqualTo("query_syntax");
    assertThat(error.get("column").asInt()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api/v1/search?limit=0",
        "api/v1/search?limit=1001",
        "api/v1/search?limit=x",
        "api/v1/search?order=up",
        "api/v1/search?after=x",
        "api/v1/search?from=tomorrow",
        "api/v1/search?from=now&to=now-1h",
        "api/v1/search?q=a&q=b",
        "api/v1/histogram?buckets=401",
        "api/v1/histogram?buckets=1",
        "api/v1/histogram?by=host",
        "api/v1/facets?fields=message",
        "api/v1/facets?top=101&fields=a",
        "api/v1/facets?fields=a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u",
        "api/v1/context/x?before=201",
        "api/v1/dead-letters?limit=201",
        "api/v1/rollups/routes?top=201",
        "api/v1/tail?after=x"
      })
  void refusesWhatIsOutsideItsLimits(String path) throws Exception {
    HttpResponse<String> answer = host.get(path);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(Host.JSON.readTree(answer.body()).get("error").get("message").asString())
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api/v1/search?limit=1000",
        "api/v1/search?limit=1",
        "api/v1/histogram?buckets=400",
        "api/v1/histogram?buckets=2",
        "api/v1/facets?fields=a&top=100",
        "api/v1/facets?fields=a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t",
        "api/v1/dead-letters?limit=200",
        "api/v1/rollups/routes?top=200",
        "api/v1/search?from=0&to=now%2B1d"
      })
  void takesWhatIsAtItsLimits(String path) throws Exception {
    assertThat(host.get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void givesNothingToWhoIsUnknown() throws Exception {
    for (Route route : host.routes().routes()) {
      if (route.permission() == null) {
        continue;
      }
      String path = address(route);
      String query = route.selector().isEmpty() ? "" : "?" + route.selector() + "=1";
      HttpResponse<String> answer =
          host.send(
              host.own(route.method(), path + query, "", "{}")
                  .header("Accept", "application/json"));

      assertThat(answer.statusCode()).as(route.toString()).isEqualTo(401);
    }
  }

  @Test
  void sendsTheHeadersThatProtectWithEveryAnswer() throws Exception {
    List<String> paths =
        List.of("", "app.js", "explore", "api/v1/search", "api/v1/none", "health", "none/x.js");
    for (String path : paths) {
      for (String user : List.of(Host.ADMIN, "")) {
        HttpResponse<String> answer = host.send(host.request(path, user));
        for (Map.Entry<String, String> header : SecurityHeaders.ALL.entrySet()) {
          if (!header.getKey().equals("Cache-Control")) {
            assertThat(answer.headers().allValues(header.getKey()))
                .as(path + " " + header.getKey())
                .containsExactly(header.getValue());
          }
        }
        if (path.startsWith("api")) {
          assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        }
      }
    }
  }

  @Test
  void changesNothingForAPageOfSomebodyElse() throws Exception {
    for (Route route : host.routes().routes()) {
      if (route.guard() != Route.Guard.OWN_PAGE) {
        assertThat(route.method().equals("GET") || route.guard() == Route.Guard.API_KEY).isTrue();
        continue;
      }
      String path = address(route);
      String query = route.selector().isEmpty() ? "" : "?" + route.selector() + "=1";
      int withoutHeader =
          host.send(
                  host.request(path + query, Host.ADMIN)
                      .header("Content-Type", "application/json")
                      .method(route.method(), BodyPublishers.ofString("{}")))
              .statusCode();
      int foreign =
          host.send(
                  host.own(route.method(), path + query, Host.ADMIN, "{}")
                      .header("Origin", "https://evil.example"))
              .statusCode();
      int nobody =
          host.send(
                  host.own(route.method(), path + query, Host.ADMIN, "{}").header("Origin", "null"))
              .statusCode();
      int crossSite =
          host.send(
                  host.own(route.method(), path + query, Host.ADMIN, "{}")
                      .header("Sec-Fetch-Site", "cross-site"))
              .statusCode();

      assertThat(List.of(withoutHeader, foreign, nobody, crossSite))
          .as(route.toString())
          .containsOnly(403);
    }
  }

  @Test
  void namesTheMethodsThatAnAddressTakes() throws Exception {
    HttpResponse<String> answer = host.send(host.request("api/v1/search", Host.ADMIN).DELETE());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
  }

  @Test
  void leadsToTheSlashAtTheEndWhateverStandsInFront() throws Exception {
    String raw = raw("GET /app/logdash HTTP/1.1");

    assertThat(raw).startsWith("HTTP/1.1 302").contains("Location: logdash/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../etc/passwd",
        "..%2f..%2fetc/passwd",
        "%2e%2e/index.html",
        "..%5c..%5cwin.ini",
        "..;/index.html",
        "index.html;jsessionid=1",
        "index.html%00.js",
        "index.html%20",
        "index.html.",
        "INDEX.HTML",
        "/index.html",
        "//app.js",
        "./app.js",
        "vendor/../app.js",
        "files.txt",
        "META-INF/logdash/ui/index.html",
        "%252e%252e/app.js",
        "api/v1/../../app.js",
        "api/v1/search/",
        "api//v1/search",
        "API/v1/search",
        "api/v1/search;x=1",
        "api/v1/search%2f",
        "api/v1/..%2f",
        "\\app.js",
        "app.js%0d%0aX: y",
        "~root",
        ".git/config",
        "WEB-INF/web.xml"
      })
  void findsNothingAtATrickyAddress(String path) throws Exception {
    String raw = raw("GET /app/logdash/" + path + " HTTP/1.1");

    assertThat(raw.lines().findFirst().orElseThrow()).containsAnyOf(" 400 ", " 404 ", " 401 ");
    assertThat(raw).doesNotContain("<script").doesNotContain("\"events\"");
  }

  @Test
  void letsBrowsersKeepFilesOfAVersionForGood() throws Exception {
    HttpResponse<String> index = host.send(host.request("", ""));
    String versioned = index.body().replaceAll("(?s).*src=\"(app\\.js\\?v=[0-9a-f]+)\".*", "$1");
    HttpResponse<String> script = host.send(host.request(versioned, ""));
    String tag = index.headers().firstValue("ETag").orElseThrow();

    assertThat(index.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(script.headers().firstValue("Cache-Control"))
        .hasValue("public, max-age=31536000, immutable");
    assertThat(script.headers().firstValue("Content-Type"))
        .hasValue("text/javascript;charset=utf-8");
    assertThat(host.send(host.request("", "").header("If-None-Match", tag)).statusCode())
        .isEqualTo(304);
    assertThat(
            host.send(host.request("app.js?v=0123456789abcdef", ""))
                .headers()
                .firstValue("Cache-Control"))
        .hasValue("no-cache");
  }

  @Test
  void signsInWithACookieAndOutAgain() throws Exception {
    String code = host.access().firstAdministrator().offer().block();
    HttpResponse<String> setUp =
        host.send(
            host.own(
                "POST",
                "api/v1/setup",
                "",
                "{\"code\":\"" + code + "\",\"name\":\"root\",\"password\":\"a long password\"}"));
    assertThat(setUp.statusCode()).as(setUp.body()).isEqualTo(200);
    assertThat(setUp.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("logdash-")
        .contains("HttpOnly")
        .contains("SameSite=Strict");
    HttpResponse<String> wrong =
        host.send(
            host.own(
                "POST", "api/v1/session", "", "{\"name\":\"root\",\"password\":\"not this one\"}"));
    HttpResponse<String> right =
        host.send(
            host.own(
                "POST",
                "api/v1/session",
                "",
                "{\"name\":\"root\",\"password\":\"a long password\"}"));
    String cookie = right.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];

    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(host.send(host.request("api/v1/count", "").header("Cookie", cookie)).statusCode())
        .isEqualTo(200);
    assertThat(host.send(host.request("api/v1/session", "").header("Cookie", cookie)).body())
        .contains("\"name\":\"root\"", "\"setup\":false");
    host.send(host.own("DELETE", "api/v1/session", "", "").header("Cookie", cookie));
    assertThat(host.send(host.request("api/v1/count", "").header("Cookie", cookie)).statusCode())
        .isEqualTo(401);
  }

  private static String raw(String requestLine) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", host.mount().getPort())) {
      socket.setSoTimeout(20_000);
      String request = requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static String address(Route route) {
    return route.path().replaceAll("\\{\\w+}", "x");
  }
}
