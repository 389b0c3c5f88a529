package dev.logdash.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Following events as they come. */
@Timeout(60)
class TailTest {

  private Host host;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    host = new Host(folder);
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  @Test
  void showsWhatMatchesAndGivesSignsOfLife() throws Exception {
    try (Stream tail = open("api/v1/tail?q=order", Host.ADMIN, "")) {
      assertThat(tail.answer.headers().firstValue("Content-Type"))
          .hasValue("text/event-stream;charset=utf-8");
      assertThat(tail.message("feed").data.get("polledMillis").asLong()).isZero();
      tail.message("ping");
      host.ingest("order 1 Zoë 日本 <script>", "something else", "order 2");

      Message message = tail.message("events");
      assertThat(message.data.get("events").findValuesAsString("message"))
          .contains("order 1 Zoë 日本 <script>")
          .doesNotContain("something else");
      assertThat(message.id).isNotEmpty();
    }
  }

  @Test
  void goesOnBehindTheLastEventThatWasSeen() throws Exception {
    String id;
    try (Stream tail = open("api/v1/tail", Host.ADMIN, "")) {
      tail.message("feed");
      host.ingest("seen");
      id = tail.message("events").id;
    }
    host.ingest("missed 1", "missed 2");

    try (Stream tail = open("api/v1/tail", Host.ADMIN, id)) {
      host.ingest("live");
      List<String> messages = new ArrayList<>();
      while (messages.size() < 3) {
        messages.addAll(tail.message("events").data.get("events").findValuesAsString("message"));
      }
      assertThat(messages).containsExactly("missed 1", "missed 2", "live");
    }
  }

  @Test
  void showsNothingOutsideTheScope() throws Exception {
    try (Stream tail = open("api/v1/tail", "bob service:payment", "")) {
      tail.message("feed");
      host.ingest(
          "{\"message\":\"foreign\",\"service.name\":\"checkout\"}",
          "{\"message\":\"own\",\"service.name\":\"payment\"}");

      Message message = tail.message("events");
      assertThat(message.data.get("events").findValuesAsString("message")).containsExactly("own");
      assertThat(message.data.get("skipped").asLong()).isZero();
    }
  }

  @Test
  void letsNobodyOpenTailsWithoutEnd() throws Exception {
    List<Stream> open = new ArrayList<>();
    try {
      for (int i = 0; i < TailLimit.PER_USER; i++) {
        Stream tail = open("api/v1/tail", Host.ADMIN, "");
        open.add(tail);
        assertThat(tail.answer.statusCode()).isEqualTo(200);
      }
      try (Stream one = open("api/v1/tail", Host.ADMIN, "");
          Stream other = open("api/v1/tail", "bob", "")) {
        assertThat(one.answer.statusCode()).isEqualTo(429);
        assertThat(other.answer.statusCode()).isEqualTo(200);
      }
    } finally {
      for (Stream tail : open) {
        tail.close();
      }
    }
  }

  private Stream open(String path, String user, String lastEvent) throws Exception {
    HttpRequest.Builder request = host.request(path, user);
    if (!lastEvent.isEmpty()) {
      request.header("Last-Event-ID", lastEvent);
    }
    return new Stream(host.client().send(request.build(), BodyHandlers.ofInputStream()));
  }

  private record Message(String type, String id, JsonNode data) {}

  private static final class Stream implements AutoCloseable {
    final HttpResponse<InputStream> answer;
    private final BufferedReader lines;

    Stream(HttpResponse<InputStream> answer) {
      this.answer = answer;
      this.lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
    }

    /** The next message of a type. */
    Message message(String wanted) throws Exception {
      while (true) {
        String type = "";
        String id = "";
        String data = "";
        for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
          if (line.startsWith("event: ")) {
            type = line.substring(7);
          } else if (line.startsWith("id: ")) {
            id = line.substring(4);
          } else if (line.startsWith("data: ")) {
            data += line.substring(6);
          }
        }
        if (type.equals(wanted)) {
          return new Message(type, id, Host.JSON.readTree(data));
        }
      }
    }

    @Override
    public void close() throws IOException {
      answer.body().close();
    }
  }
}
