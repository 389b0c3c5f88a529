package dev.logdash.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.logdash.testing.elasticsearch.ElasticsearchServer;
import dev.logdash.testing.mongo.MongoEmulator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The live tail says how it is fed. */
@Timeout(300)
class PolledTailTest {

  @TempDir private Path folder;
  private final MongoEmulator mongo = MongoEmulator.start();

  @AfterEach
  void stop() {
    mongo.close();
  }

  @Test
  void saysThatItAsksTheStoreWhereProcessesShareNoRedis() throws Exception {
    try (ElasticsearchServer elasticsearch =
            ElasticsearchServer.start(folder.resolve("elasticsearch"));
        LogdashProcess server =
            LogdashProcess.serve(
                folder.resolve("data"),
                "logdash.store=elasticsearch",
                "logdash.elasticsearch.urls=" + elasticsearch.url(),
                "logdash.elasticsearch.compatibility=8",
                "logdash.elasticsearch.replicas=0",
                "logdash.rollups=mongo",
                "logdash.mongo.url=" + mongo.connection(),
                "logdash.retention.min-free-disk=0%",
                "logdash.secret-key=" + "A".repeat(43) + "=");
        Chromium chromium = new Chromium()) {
      send(server, "the first line");
      Page first = chromium.open(server.setUp(), Chromium.WIDE, ColorScheme.LIGHT);
      new Visitor(first).setUp();
      first.context().close();
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        for (int width : List.of(Chromium.WIDE, Chromium.NARROW)) {
          Page page = chromium.open(server.address(), width, scheme);
          new Visitor(page).signIn();
          page.navigate(server.address() + "explore?live=1");

          assertThat(page.locator(".polled")).hasText("Polled every 1 s; add Redis for live push");
          String line = "seen at " + width + " in " + scheme;
          send(server, line);
          assertThat(page.locator(".entry .line").first()).containsText(line);
          Picture.of(page, "polled", width, scheme);

          page.keyboard().press("l");
          assertThat(page.locator(".polled")).hasCount(0);
          page.context().close();
        }
      }
      chromium.expectNoFault();
    }
  }

  @Test
  void saysNothingWhereLinesComeByThemselves() throws Exception {
    try (LogdashProcess server = LogdashProcess.serve(folder.resolve("data"));
        Chromium chromium = new Chromium()) {
      Page page = chromium.open(server.setUp(), Chromium.WIDE, ColorScheme.LIGHT);
      new Visitor(page).setUp();
      page.navigate(server.address() + "explore?live=1");
      assertThat(page.locator(".dot.live")).isVisible();
      send(server, "a line");
      assertThat(page.locator(".entry .line").first()).containsText("a line");

      assertThat(page.locator(".polled")).hasCount(0);
      chromium.expectNoFault();
    }
  }

  private static void send(LogdashProcess server, String line) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.address() + "api/v1/ingest?source=app"))
                    .POST(BodyPublishers.ofString(line))
                    .build(),
                BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
