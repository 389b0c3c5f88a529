package dev.logdash.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * People who are signed in and look at the same pages, each of them through one of the addresses.
 */
final class Viewers {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern CODE = Pattern.compile("#code=(\\S+)\\s");
  private static final String PORT = "<port>";
  private static final String PASSWORD = "a long password";
  // What the overview asks, and the explore page beside its table.
  private static final List<String> QUESTIONS =
      List.of(
          "api/v1/rollups/services?from=now-1h",
          "api/v1/rollups/series?from=now-1h",
          "api/v1/rollups/routes?from=now-1h&top=20",
          "api/v1/histogram?from=now-1h&q=log.level:error",
          "api/v1/facets?from=now-1h&fields=service.name,http.route");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> sessions = new ArrayList<>();

  /**
   * What one refresh took.
   *
   * @param nanos of each answer
   * @param errors answers that were not 200
   */
  record Refresh(List<Long> nanos, int errors) {}

  /**
   * Makes the first administrator with the link that a new installation prints, and so many people.
   */
  void signUp(StackProcess dashboard, int people) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Matcher code = CODE.matcher(dashboard.output());
    while (!code.find()) {
      if (System.nanoTime() > end) {
        throw new IOException("no link: " + dashboard.output());
      }
      TimeUnit.MILLISECONDS.sleep(50);
      code = CODE.matcher(dashboard.output());
    }
    URI address = dashboard.address();
    String admin =
        change(
            address.resolve("api/v1/setup"),
            "",
            Map.of("code", code.group(1), "name", "ada", "password", PASSWORD));
    for (int i = 0; i < people; i++) {
      change(
          address.resolve("api/v1/users"),
          admin,
          Map.of("name", "eve" + i, "password", PASSWORD, "roles", List.of("viewer")));
      String session =
          change(
              address.resolve("api/v1/session"),
              "",
              Map.of("name", "eve" + i, "password", PASSWORD));
      // On the loopback address each port has a cookie of its own name.
      sessions.add(session.replace(Integer.toString(address.getPort()) + "=", PORT + "="));
    }
  }

  /** Lets everybody ask everything at the same moment. */
  Refresh refresh(List<StackProcess> dashboards)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<CompletableFuture<Long>> answers = new ArrayList<>();
    for (int i = 0; i < sessions.size(); i++) {
      URI address = dashboards.get(i % dashboards.size()).address();
      for (String question : QUESTIONS) {
        long began = System.nanoTime();
        answers.add(
            client
                .sendAsync(
                    HttpRequest.newBuilder(address.resolve(question))
                        .timeout(PATIENCE)
                        .header(
                            "Cookie",
                            sessions.get(i).replace(PORT, Integer.toString(address.getPort())))
                        .build(),
                    BodyHandlers.discarding())
                .thenApply(answer -> answer.statusCode() == 200 ? System.nanoTime() - began : -1));
      }
    }
    List<Long> nanos = new ArrayList<>();
    int errors = 0;
    for (CompletableFuture<Long> answer : answers) {
      long time = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (time < 0) {
        errors++;
      } else {
        nanos.add(time);
      }
    }
    return new Refresh(nanos, errors);
  }

  /** Sends a change, and gives the session that it was answered with, if it was. */
  private String change(URI target, String session, Map<String, Object> body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .timeout(PATIENCE)
            .header("X-Logdash", "1")
            .header("Content-Type", "application/json");
    if (!session.isEmpty()) {
      request.header("Cookie", session);
    }
    HttpResponse<String> answer =
        client.send(
            request.POST(BodyPublishers.ofString(JSON.writeValueAsString(body))).build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(target + " was answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer.headers().firstValue("Set-Cookie").orElse("").split(";", 2)[0];
  }
}
