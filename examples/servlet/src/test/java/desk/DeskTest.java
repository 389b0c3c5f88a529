package desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.Logdash;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeskTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int EVENTS = 2;

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void showsItsLogsAndRequests() throws Exception {
    try (Desk desk = new Desk(0, Map.of("logdash.data.dir", folder.toString()))) {
      URI address = desk.start();
      assertThat(get(address.resolve("tickets/17"))).isEqualTo(200);

      assertThat(get(address.resolve("logdash/"))).isEqualTo(200);
      assertThat(get(address.resolve("logdash/api/v1/search"))).isEqualTo(401);
      List<String> messages = messages(desk.logdash().logdash().orElseThrow());
      assertThat(messages).containsOnlyOnce("ticket /17 opened", "GET /tickets/17 200");
      assertThat(messages).noneMatch(message -> message.contains("GET /logdash"));
    }
  }

  /** All that matters here, once both ways have brought theirs. */
  private static List<String> messages(Logdash logdash) {
    return logdash
        .drain()
        .then(logdash.search().search(LogQuery.builder().limit(1_000).build()))
        .map(
            page ->
                page.events().stream()
                    .map(LogEvent::message)
                    .filter(message -> message.contains("/17"))
                    .toList())
        .filter(found -> found.size() >= EVENTS)
        .repeatWhenEmpty(tries -> tries.delayElements(Duration.ofMillis(20)))
        .block(PATIENCE);
  }

  private int get(URI address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    return client.send(request, BodyHandlers.ofString()).statusCode();
  }
}
