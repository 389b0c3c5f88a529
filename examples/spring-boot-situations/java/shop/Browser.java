package shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who uses a dashboard, with a cookie once signed in. */
final class Browser {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PASSWORD = "correct horse battery";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI dashboard;
  private String cookie = "";

  /**
   * @param dashboard with a slash at its end
   */
  Browser(URI dashboard) {
    this.dashboard = dashboard;
  }

  URI dashboard() {
    return dashboard;
  }

  HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return client.send(request(address).GET().build(), BodyHandlers.ofString());
  }

  /** An address below the dashboard. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get(dashboard.resolve(path));
  }

  HttpResponse<String> post(URI address) throws IOException, InterruptedException {
    return client.send(
        request(address).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  JsonNode search(String query) throws IOException, InterruptedException {
    return json("api/v1/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
        .get("events");
  }

  /** Follows the link for the first administrator that logdash has left in its folder. */
  Browser signInAsTheFirst(Path folder) throws Exception {
    Path file = folder.resolve("first-administrator.txt");
    Waiting.until(() -> Files.exists(file) && Files.readString(file).endsWith("\n"));
    String link = Files.readString(file).strip();
    assertThat(link).startsWith(dashboard + "setup#code=");
    String code = link.substring(link.indexOf('=') + 1);
    return begin(
        "setup",
        "{\"code\":\"%s\",\"name\":\"ada\",\"password\":\"%s\"}".formatted(code, PASSWORD));
  }

  /** Signs in as whoever {@link #signInAsTheFirst} made. */
  Browser signIn() throws Exception {
    return begin("session", "{\"name\":\"ada\",\"password\":\"%s\"}".formatted(PASSWORD));
  }

  /** Sends a form to a route of the API, as the pages do. */
  JsonNode send(String route, String body) throws IOException, InterruptedException {
    return JSON.readTree(posted(route, body).body());
  }

  private HttpResponse<String> posted(String route, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(dashboard.resolve("api/v1/" + route))
            .header("X-Logdash", "1")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    return answer;
  }

  private Browser begin(String route, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = posted(route, body);
    String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
    cookie = set.substring(0, set.indexOf(';'));
    return this;
  }

  private HttpRequest.Builder request(URI address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }
}
