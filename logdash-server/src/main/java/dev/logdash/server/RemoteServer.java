package dev.logdash.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running server, asked with the session of a person, which ends when this is closed. Follows no
 * redirect: the password goes to the address that was named and to no other.
 */
final class RemoteServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteServer.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration UNTIL_CONNECTED = Duration.ofSeconds(10);
  private static final Duration UNTIL_ANSWER = Duration.ofSeconds(30);
  private static final Duration UNTIL_SIGNED_OUT = Duration.ofSeconds(2);
  // A page of the largest events has a few megabytes.
  private static final int MAX_ANSWER = 64 << 20;
  private static final String SESSION = "api/v1/session";

  private final URI address;
  private final String user;
  private final String password;
  private final HttpClient client;
  private volatile String cookie = "";

  private RemoteServer(URI address, String user, String password) {
    this.address = address;
    this.user = user;
    this.password = password;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(UNTIL_CONNECTED)
            .build();
  }

  /**
   * Signs in.
   *
   * @param address with a slash at its end
   * @throws CommandFailed if the server does not answer or refuses
   */
  static RemoteServer open(URI address, String user, String password) {
    RemoteServer server = new RemoteServer(address, user, password);
    try {
      server.signIn();
    } catch (IOException e) {
      throw server.unreachable(e);
    }
    return server;
  }

  URI address() {
    return address;
  }

  /**
   * Asks.
   *
   * @throws CommandFailed if the server does not answer, or refuses
   */
  JsonNode get(String path, Map<String, String> parameters) {
    try {
      HttpResponse<InputStream> answer =
          send(request(path, parameters).timeout(UNTIL_ANSWER).build());
      return body(answer);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /**
   * Opens what goes on without an end. A session that has ended meanwhile is begun anew.
   *
   * @throws IOException if the server does not answer; another try may help
   * @throws CommandFailed if it refuses
   */
  InputStream follow(String path, Map<String, String> parameters) throws IOException {
    HttpResponse<InputStream> answer = open(path, parameters);
    if (answer.statusCode() == 401) {
      answer.body().close();
      signIn();
      answer = open(path, parameters);
    }
    if (answer.statusCode() == 429 || answer.statusCode() >= 500) {
      answer.body().close();
      throw new IOException("the server answers " + answer.statusCode());
    }
    if (answer.statusCode() != 200) {
      JsonNode unused = body(answer);
    }
    return answer.body();
  }

  /** Ends the session, if the server can be reached. */
  @Override
  public void close() {
    try {
      HttpRequest signOut =
          request(SESSION, Map.of())
              .timeout(UNTIL_SIGNED_OUT)
              .header("X-Logdash", "1")
              .DELETE()
              .build();
      send(signOut).body().close();
    } catch (IOException e) {
      LOG.debug("The session was not ended; it ends by itself", e);
    }
  }

  private void signIn() throws IOException {
    String body = JSON.writeValueAsString(Map.of("name", user, "password", password));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(SESSION))
            .timeout(UNTIL_ANSWER)
            .header("X-Logdash", "1")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    HttpResponse<InputStream> answer = send(request.build());
    if (answer.statusCode() == 401) {
      answer.body().close();
      throw new CommandFailed(
          ExitCode.SOFTWARE, address + " knows no " + user + " with this password");
    }
    JsonNode unused = body(answer);
    cookie = answer.headers().firstValue("Set-Cookie").map(set -> set.split(";", 2)[0]).orElse("");
  }

  private HttpResponse<InputStream> open(String path, Map<String, String> parameters)
      throws IOException {
    return send(request(path, parameters).timeout(UNTIL_ANSWER).build());
  }

  private HttpRequest.Builder request(String path, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .filter(parameter -> !parameter.getValue().isEmpty())
            .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder(address.resolve(query.isEmpty() ? path : path + "?" + query))
        .header("Cookie", cookie);
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the request was interrupted", e);
    }
  }

  private JsonNode body(HttpResponse<InputStream> answer) throws IOException {
    JsonNode json;
    try (InputStream in = answer.body()) {
      byte[] bytes = in.readNBytes(MAX_ANSWER);
      json = JSON.readTree(bytes);
    } catch (JacksonException e) {
      throw noLogdash(answer.statusCode(), e);
    }
    if (answer.statusCode() == 200) {
      return json;
    }
    JsonNode error = json.path("error");
    if (!error.has("message")) {
      throw noLogdash(answer.statusCode(), null);
    }
    boolean misused = answer.statusCode() == 400;
    throw new CommandFailed(
        misused ? ExitCode.USAGE : ExitCode.SOFTWARE,
        address
            + " answers: "
            + error.path("message").asString("")
            + (error.has("hint") ? ". " + error.path("hint").asString("") : ""));
  }

  private CommandFailed noLogdash(int status, @Nullable Exception cause) {
    String message =
        address + " is no logdash: it answers " + status + "; --url names the page of logdash";
    return cause == null
        ? new CommandFailed(ExitCode.SOFTWARE, message)
        : new CommandFailed(ExitCode.SOFTWARE, message, cause);
  }

  private CommandFailed unreachable(IOException error) {
    String reason = error.getMessage() == null ? "no connection" : CommandLines.sentence(error);
    return new CommandFailed(
        ExitCode.SOFTWARE,
        address + " cannot be reached (" + reason + "); 'logdash serve' starts a server",
        error);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
