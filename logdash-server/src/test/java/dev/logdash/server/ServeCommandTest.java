package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.dashboard.SecurityHeaders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The standalone server: what it says when it cannot start, and what reaches it. */
@Timeout(90)
class ServeCommandTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void saysWhatToDoAboutATakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandRun.Answer answer =
          new CommandRun()
              .data(folder)
              .run("serve", "--port", Integer.toString(taken.getLocalPort()));

      assertThat(answer.code()).isEqualTo(1);
      assertThat(answer.err())
          .contains("port " + taken.getLocalPort(), "--port 0")
          .doesNotContain("Exception");
    }
  }

  @Test
  void saysWhatToDoAboutADataFolderInUse() throws Exception {
    try (RunningServer first = start(Map.of())) {
      CommandRun.Answer answer = new CommandRun().data(folder).run("serve", "--port", "0");

      assertThat(first.port()).isPositive();
      assertThat(answer.code()).isEqualTo(1);
      assertThat(answer.err())
          .contains(folder.toString(), "in use by process", "--data DIR")
          .doesNotContain("Exception");
    }
  }

  @Test
  void saysWhatToDoAboutAnAddressOfAnotherMachine() {
    // Of the block that is kept for documents, so no machine has it.
    CommandRun.Answer answer =
        new CommandRun()
            .data(folder)
            .property("logdash.server.plain-http", "true")
            .run("serve", "--port", "0", "--host", "192.0.2.1");

    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err())
        .contains("no interface with the address of 192.0.2.1", "--host 127.0.0.1")
        .doesNotContain("Exception");
  }

  @Test
  void saysWhatToDoAboutAPortThatNeedsRights() {
    assertThat(HttpServer.cannotBind("127.0.0.1", 80, "Permission denied"))
        .contains("port 80", "rights", "--port 7070");
  }

  @Test
  void namesTheNearestSetting() {
    CommandRun.Answer answer =
        new CommandRun().data(folder).run("serve", "-D", "logdash.server.prot=1");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("logdash.server.prot", "the nearest is logdash.server.port");
  }

  @Test
  void keepsWhatCameBeforeASyslogConnectionWasCut() throws Exception {
    try (RunningServer server = start(Map.of());
        SyslogServer syslog =
            SyslogServer.start("127.0.0.1", 0, 0, 1_000, server.installation().logdash().sink())) {
      try (Socket socket = new Socket("127.0.0.1", syslog.tcpPort())) {
        String whole = "<34>1 2026-11-25T03:00:00Z host app 7 - - whole";
        String sent = whole.length() + " " + whole + "500 <34>1 2026-11-25T03:00:00Z host app cut";
        socket.getOutputStream().write(sent.getBytes(UTF_8));
      }
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (server.installation().spool().orElseThrow().statistics().appended() < 1
          && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(5);
      }

      assertThat(server.installation().spool().orElseThrow().statistics().appended()).isEqualTo(1);
    }
  }

  @Test
  void refusesPlainHttpBeyondThisMachine() {
    CommandRun.Answer answer =
        new CommandRun().data(folder).run("serve", "--port", "0", "--host", "0.0.0.0");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("without TLS", "logdash.server.plain-http");
  }

  @Test
  void showsTheSetUpLinkOnceAndServesThePage() throws Exception {
    try (RunningServer server = start(Map.of())) {
      server.announce();

      assertThat(out.toString(UTF_8))
          .contains("http://127.0.0.1:" + server.port() + "/")
          .containsPattern("setup#code=[A-Za-z0-9_-]{27}");
      assertThat(get(server, "/").statusCode()).isEqualTo(200);
      assertThat(get(server, "/health").body()).isEqualTo("{\"status\":\"up\"}");
      assertThat(get(server, "/metrics").statusCode()).isEqualTo(401);
      assertThat(get(server, "/api/v1/search").statusCode()).isEqualTo(401);
      assertThat(post(server, "/api/v1/ingest", "a line\n").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void protectsAlsoWhatNeverReachesTheDashboard() throws Exception {
    try (RunningServer server = start(Map.of())) {
      for (String path : List.of("/..%2f..%2fetc", "/a//b", "/%00", "/x;y=z", "/../x")) {
        String answer = raw(server, "GET " + path + " HTTP/1.1");

        assertThat(answer).as(path).containsAnyOf("HTTP/1.1 400", "HTTP/1.1 404");
        for (Map.Entry<String, String> header : SecurityHeaders.ALL.entrySet()) {
          assertThat(answer).as(path).contains(header.getKey() + ": ");
        }
        assertThat(answer).as(path).doesNotContainIgnoringCase("jetty");
      }
    }
  }

  @Test
  void takesLogsFromThisMachineWithoutAKeyWhereThatIsSet() throws Exception {
    try (RunningServer server = start(Map.of("logdash.ingest.open-loopback", "true"))) {
      assertThat(post(server, "/api/v1/ingest", "a line\n").body())
          .isEqualTo("{\"accepted\":1,\"rejected\":[]}");
      HttpRequest.Builder passedOn =
          HttpRequest.newBuilder(uri(server, "/api/v1/ingest"))
              .header("X-Forwarded-For", "192.0.2.7")
              .POST(BodyPublishers.ofString("a line\n"));
      HttpRequest.Builder ofAPage =
          HttpRequest.newBuilder(uri(server, "/api/v1/ingest"))
              .header("Origin", "https://evil.example")
              .POST(BodyPublishers.ofString("a line\n"));

      assertThat(client.send(passedOn.build(), BodyHandlers.ofString()).statusCode())
          .isEqualTo(401);
      assertThat(client.send(ofAPage.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
      assertThat(get(server, "/api/v1/search").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void takesSyslogInBothFramingsAndDatagrams() throws Exception {
    try (RunningServer server = start(Map.of());
        SyslogServer syslog =
            SyslogServer.start("127.0.0.1", 0, 0, 1_000, server.installation().logdash().sink())) {
      String counted = "<34>1 2026-11-25T03:00:00Z host app 7 - - counted\nwith two lines";
      try (Socket socket = new Socket("127.0.0.1", syslog.tcpPort())) {
        OutputStream sent = socket.getOutputStream();
        sent.write((counted.length() + " " + counted).getBytes(UTF_8));
        sent.write("<34>Nov 25 03:00:01 host app[7]: by line\r\n".getBytes(UTF_8));
        sent.write(("<34>1 - host app - - - " + "x".repeat(2_000) + "\n").getBytes(UTF_8));
        sent.write("<34>1 2026-11-25T03:00:03Z host app - - - not ended".getBytes(UTF_8));
      }
      try (DatagramSocket socket = new DatagramSocket()) {
        byte[] message = "<34>1 2026-11-25T03:00:04Z host app - - - datagram\n".getBytes(UTF_8);
        socket.send(
            new DatagramPacket(
                message, message.length, InetAddress.getLoopbackAddress(), syslog.udpPort()));
      }
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (server.installation().spool().orElseThrow().statistics().appended() < 5
          && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      server.installation().logdash().drain().block(PATIENCE);

      List<String> messages =
          server
              .installation()
              .logdash()
              .search()
              .search(dev.logdash.api.store.LogQuery.builder().build())
              .block(PATIENCE)
              .events()
              .stream()
              .map(event -> event.message())
              .toList();
      assertThat(messages)
          .hasSize(5)
          .contains("by line", "not ended", "datagram", "counted\nwith two lines")
          .anySatisfy(message -> assertThat(message).startsWith("xxx").hasSizeLessThan(1_000));
    }
  }

  @Test
  void endsAConnectionThatIsNoSyslog() throws Exception {
    SyslogFrames endless =
        new SyslogFrames(new ByteArrayInputStream("999999999 x".getBytes(UTF_8)), 100);
    SyslogFrames cut = new SyslogFrames(new ByteArrayInputStream("10 abc".getBytes(UTF_8)), 100);
    SyslogFrames noSpace = new SyslogFrames(new ByteArrayInputStream("10abc".getBytes(UTF_8)), 100);

    for (SyslogFrames frames : List.of(endless, cut, noSpace)) {
      org.assertj.core.api.Assertions.assertThatThrownBy(frames::next)
          .isInstanceOf(java.io.IOException.class);
    }
  }

  private RunningServer start(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("logdash.data.dir", folder.toString());
    all.put("logdash.server.port", "0");
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            out,
            out,
            false,
            false,
            Map.of(),
            Map.of(),
            Clock.systemUTC());
    return RunningServer.start(LogdashConfig.of(List.of(new ConfigSource("test", all))), console);
  }

  private HttpResponse<String> get(RunningServer server, String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(server, path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(RunningServer server, String path, String body)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(server, path)).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private static URI uri(RunningServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static String raw(RunningServer server, String requestLine) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      String request = requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
