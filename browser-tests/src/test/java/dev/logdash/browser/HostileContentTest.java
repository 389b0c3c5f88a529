package dev.logdash.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Logs are written by whoever attacks a service, and are text wherever they are shown. */
@Timeout(240)
class HostileContentTest {

  private static final Path NAUGHTY =
      Path.of("..", "logdash-core/src/test/resources/dev/logdash/core/parse/blns.json");
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> SPECIAL =
      List.of(
          "<script>alert(1)</script>",
          "<img src=x onerror=alert(1)>",
          "<svg/onload=alert(1)>",
          "\"><iframe src=javascript:alert(1)>",
          "javascript:alert(1)",
          "</textarea><script>alert(1)</script>",
          "{{constructor.constructor('alert(1)')()}} ${alert(1)} #{alert(1)}",
          "\u001b[31mred\u001b[0m \u001b]0;title\u0007",
          "a\u202egnp.exe\u2066 \u200b\ufeff",
          "line\r\nInjected: header",
          "=cmd|' /C calc'!A0");
  // What may stand inside of a cell: the mark of a found word, and the type of an error.
  private static final String FOREIGN_ELEMENTS =
      "() => [...document.querySelectorAll('.log-cell *, td *, .field-panel *')]"
          + ".filter(e => /^(SCRIPT|IMG|IFRAME|OBJECT|EMBED|STYLE|LINK|FORM|BASE|META|VIDEO|AUDIO)$/"
          + ".test(e.tagName.toUpperCase())"
          + " || [...e.attributes].some(a => a.name.startsWith('on')"
          + " || /^\\s*javascript:/i.test(a.value)))"
          + ".map(e => e.outerHTML)";

  @Test
  void isTextOnEveryPage(@TempDir Path data) throws Exception {
    List<String> strings = naughtyStrings();
    try (LogdashProcess server = LogdashProcess.serve(data);
        Chromium chromium = new Chromium()) {
      ingest(server, strings);
      Page page = chromium.open(server.setUp(), Chromium.WIDE, ColorScheme.DARK);
      Visitor visitor = new Visitor(page);
      visitor.setUp();
      assertThat(page.locator(".summary .total b"))
          .hasAttribute("title", String.valueOf(strings.size()));

      for (String text : SPECIAL.subList(0, 7)) {
        visitor.search("event.code:" + quoted("n" + strings.indexOf(text)));
        assertThat(visitor.lines()).hasCount(1);
        assertThat(page.locator(".entry .message")).containsText(text);
        visitor.lines().first().click();
        Locator detail = page.locator("ld-event-detail");
        assertThat(detail.locator("pre").first()).hasText(text);
        assertThat(detail.locator(".attributes")).containsText(text);
        expectOnlyText(page);
      }
      visitor.search("event.code:" + quoted("n" + strings.indexOf(SPECIAL.get(7))));
      assertThat(page.locator(".entry .message")).containsText("[U+001B][31mred");

      visitor.search("");
      readsThroughAllLines(page, strings.size());
      for (String view : List.of("Overview", "Pipeline", "Settings")) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(view)).click();
        assertThat(page.locator(".panel").first()).isVisible();
        expectOnlyText(page);
      }
      chromium.expectNoFault();
    }
  }

  private static void readsThroughAllLines(Page page, int lines) {
    Locator last = page.locator("[data-index='" + (lines - 1) + "']");
    for (int i = 0; i < lines && last.count() == 0; i++) {
      expectOnlyText(page);
      page.locator(".log-table .rows").hover();
      page.mouse().wheel(0, 600);
    }
    assertThat(last).isVisible();
  }

  private static void expectOnlyText(Page page) {
    assertThat((List<?>) page.evaluate(FOREIGN_ELEMENTS)).isEmpty();
  }

  private static String quoted(String value) {
    return '"' + value + '"';
  }

  /** Each string stands in every place that a sender can fill, names included. */
  private static void ingest(LogdashProcess server, List<String> strings) throws Exception {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < strings.size(); i++) {
      String text = strings.get(i);
      Map<String, Object> event =
          new TreeMap<>(
              Map.of(
                  "message",
                  text,
                  "event.code",
                  "n" + i,
                  "service.name",
                  text,
                  "log.logger",
                  text,
                  "error.type",
                  text,
                  "note",
                  text,
                  "key " + text,
                  i));
      body.append(JSON.writeValueAsString(event)).append('\n');
    }
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.address() + "api/v1/ingest?source=a%3Cb"))
                    .POST(BodyPublishers.ofString(body.toString()))
                    .build(),
                BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static List<String> naughtyStrings() throws Exception {
    List<String> strings = new ArrayList<>(SPECIAL);
    strings.addAll(List.of(JSON.readValue(Files.readAllBytes(NAUGHTY), String[].class)));
    return strings.stream().filter(text -> !text.isEmpty()).distinct().toList();
  }
}
