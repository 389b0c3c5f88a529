package dev.logdash.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every page in both themes, on a wide screen and on a phone, with pictures to look at. */
@Timeout(300)
class PagesTest {

  // The address of each page and what shows that it is there.
  private static final Map<String, String> PAGES = pages();

  @Test
  void fitTheScreenWithoutAFault() throws Exception {
    try (LogdashProcess demo = LogdashProcess.demo();
        Chromium chromium = new Chromium()) {
      Page first = chromium.open(demo.setUp(), Chromium.WIDE, ColorScheme.LIGHT);
      assertThat(first.getByLabel("Password again")).isVisible();
      Picture.of(first, "setup", Chromium.WIDE, ColorScheme.LIGHT);
      new Visitor(first).setUp();

      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        for (int width : List.of(Chromium.WIDE, Chromium.NARROW)) {
          Page page = chromium.open(demo.address(), width, scheme);
          assertThat(page.getByLabel("Name")).isVisible();
          Picture.of(page, "sign-in", width, scheme);
          new Visitor(page).signIn();
          for (Map.Entry<String, String> entry : PAGES.entrySet()) {
            page.navigate(demo.address() + entry.getKey());
            assertThat(page.locator(entry.getValue()).first()).isVisible();
            Picture.of(page, entry.getKey(), width, scheme);
          }
          page.context().close();
        }
      }
      chromium.expectNoFault();
    }
  }

  @Test
  void tellWhereAQueryIsWrong() throws Exception {
    try (LogdashProcess demo = LogdashProcess.demo();
        Chromium chromium = new Chromium()) {
      Page page = chromium.open(demo.setUp(), Chromium.WIDE, ColorScheme.LIGHT);
      Visitor visitor = new Visitor(page);
      visitor.setUp();
      assertThat(visitor.lines().first()).isVisible();

      visitor.search("level:(");

      assertThat(page.locator(".query-error")).containsText("Column 8");
      // The browser itself reports each answer of 400.
      assertThat(chromium.takeFaults()).allMatch(fault -> fault.contains("status of 400"));
    }
  }

  private static Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("explore", ".entry .line");
    pages.put("explore?q=level:>=error&wrap=1", ".entry .line");
    pages.put("explore?q=nothing-has-this-word", ".empty");
    pages.put(
        "explore?q=*+%7C+stats+count(),p95(event.duration)+by+service.name,url.path"
            + "+%7C+sort+-count",
        ".result td meter");
    pages.put("explore?q=none+%7C+top+5+service.name", "ld-result-table .empty");
    pages.put("explore?view=patterns", ".patterns td .slot");
    pages.put("explore?view=patterns&q=nothing-has-this-word", "ld-pattern-list .empty");
    pages.put("overview", ".tile .big");
    pages.put("overview?service=checkout", ".tile .big");
    pages.put("alerts", ".tabs");
    pages.put("alerts?tab=rules", ".grid td");
    pages.put("alerts?new=1", "dialog .preview p");
    pages.put("alerts?tab=silences", ".empty");
    pages.put("pipeline", ".panel");
    pages.put("settings", ".panel");
    return pages;
  }
}
