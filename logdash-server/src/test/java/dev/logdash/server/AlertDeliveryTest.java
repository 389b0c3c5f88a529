package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server that dies between deciding and sending, and real receivers of mail and of webhooks. */
@Timeout(240)
class AlertDeliveryTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<JsonNode> hooks = new CopyOnWriteArrayList<>();
  @TempDir private Path data;
  private GreenMail mail;
  private HttpServer web;
  private Process process;
  private URI address;
  private String cookie = "";

  @BeforeEach
  void listen() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    mail = new GreenMail(new ServerSetup(0, loopback.getHostAddress(), ServerSetup.PROTOCOL_SMTP));
    mail.start();
    web = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    web.createContext(
        "/hook",
        exchange -> {
          hooks.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    web.start();
  }

  @AfterEach
  void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
    web.stop(0);
    mail.stop();
  }

  @Test
  void tellsOnceThatItFiresAndOnceThatItIsOverAlthoughItIsKilledBeforeItSends() throws Exception {
    serve();
    signIn();
    String mailbox =
        channel(
            "email",
            "{\"host\":\"127.0.0.1\",\"port\":\""
                + mail.getSmtp().getPort()
                + "\",\"security\":\"none\",\"from\":\"logdash@example.com\","
                + "\"to\":\"oncall@example.com\"}");
    String hook =
        channel(
            "webhook", "{\"url\":\"http://127.0.0.1:" + web.getAddress().getPort() + "/hook\"}");
    // Nobody can be told while it decides.
    int smtp = mail.getSmtp().getPort();
    int http = web.getAddress().getPort();
    mail.stop();
    web.stop(0);
    call(
        "POST",
        "api/v1/rules",
        "{\"name\":\"Checkout <fails>\",\"query\":\"level:error\",\"threshold\":2,"
            + "\"window\":\"10s\",\"severity\":\"critical\",\"groupBy\":[\"service.name\"],"
            + "\"channels\":[\""
            + mailbox
            + "\",\""
            + hook
            + "\"]}");
    logErrors();
    await("the rule fires", () -> alerts("firing") == 1);
    process.destroyForcibly().waitFor();

    mail = new GreenMail(new ServerSetup(smtp, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    InetSocketAddress again = new InetSocketAddress(InetAddress.getLoopbackAddress(), http);
    web = HttpServer.create(again, 0);
    web.createContext(
        "/hook",
        exchange -> {
          hooks.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    web.start();
    serve();
    await("both are told that it is over", () -> hooks.size() >= 2 && mails().size() >= 2);
    await("nothing fires", () -> alerts("firing") == 0 && alerts("resolved") == 1);

    assertThat(hooks)
        .extracting(one -> one.get("kind").asString())
        .containsExactly("firing", "resolved");
    for (JsonNode told : hooks) {
      assertThat(told.get("rule").asString()).isEqualTo("Checkout <fails>");
      assertThat(told.get("group").toString()).isEqualTo("{\"service.name\":\"checkout\"}");
      assertThat(told.get("lines").get(0).get("text").asString()).startsWith("payment 503 <b>");
      assertThat(told.get("link").asString()).startsWith("http://127.0.0.1:").contains("explore?");
    }
    List<MimeMessage> mails = mails();
    assertThat(mails).hasSize(2);
    assertThat(mails.get(0).getSubject()).contains("FIRING", "Checkout <fails>");
    assertThat(mails.get(1).getSubject()).contains("RESOLVED", "Checkout <fails>");
    for (MimeMessage told : mails) {
      String text = new String(told.getInputStream().readAllBytes(), UTF_8);
      assertThat(text).contains("payment 503", "explore?", "&lt;b&gt;hostile");
    }
    // The link shows exactly those events.
    String query = URI.create(hooks.get(0).get("link").asString()).getRawQuery();
    assertThat(call("GET", "api/v1/count?" + query, "").get("count").asInt()).isEqualTo(5);
    assertThat(JSON.writeValueAsString(call("GET", "api/v1/channels", "")))
        .contains("\"url\":\"***\"")
        .doesNotContain("/hook");
  }

  private void logErrors() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      lines.append(
          "{\"level\":\"ERROR\",\"service\":\"checkout\",\"message\":\"payment 503 <b>hostile</b> "
              + i
              + "\"}\n");
    }
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(address.resolve("api/v1/ingest"))
                .POST(BodyPublishers.ofString(lines.toString()))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private String channel(String kind, String settings) throws Exception {
    return call(
            "POST",
            "api/v1/channels",
            "{\"name\":\"" + kind + "\",\"kind\":\"" + kind + "\",\"settings\":" + settings + "}")
        .at("/channel/id")
        .asString();
  }

  private int alerts(String state) throws Exception {
    return call("GET", "api/v1/alerts?state=" + state, "").get("alerts").size();
  }

  private List<MimeMessage> mails() {
    return List.of(mail.getReceivedMessages());
  }

  private JsonNode call(String method, String path, String body) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(address.resolve(path))
                .header("X-Logdash", "1")
                .header("Content-Type", "application/json")
                .header("Cookie", cookie)
                .method(
                    method,
                    body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    if (cookie.isEmpty()) {
      cookie = answer.headers().firstValue("Set-Cookie").orElse("").split(";", 2)[0];
    }
    return JSON.readTree(answer.body());
  }

  private void signIn() throws Exception {
    call(
        "POST",
        "api/v1/setup",
        "{\"code\":\"" + setUpCode + "\",\"name\":\"ada\",\"password\":\"a long password\"}");
  }

  private String setUpCode = "";

  /** Starts the server, again where it was, and waits until it says where it listens. */
  private void serve() throws Exception {
    int port = address == null ? 0 : address.getPort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    for (String setting :
        List.of(
            "logdash.data.dir=" + data,
            "logdash.server.port=" + port,
            "logdash.ingest.open-loopback=true",
            "logdash.notify.allow-internal=127.0.0.1")) {
      command.addAll(List.of("-D", setting));
    }
    command.add("serve");
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = process.inputReader(UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("logdash listens on ")) {
        address = URI.create(line.substring("logdash listens on ".length()));
        if (port != 0) {
          return;
        }
      } else if (line.contains("#code=")) {
        setUpCode = line.substring(line.indexOf("#code=") + "#code=".length());
        return;
      }
    }
    throw new AssertionError("the server ended with " + process.waitFor());
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
