package dev.logdash.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Searches that are kept by a server that takes its time. */
@Timeout(300)
class SavedSearchesTest {

  @Test
  void aLateAnswerLeavesOpenWhatWasOpenedMeanwhile() throws Exception {
    try (LogdashProcess demo = LogdashProcess.demo();
        Chromium chromium = new Chromium()) {
      Page page = chromium.open(demo.setUp(), Chromium.WIDE, ColorScheme.LIGHT);
      Visitor visitor = new Visitor(page);
      visitor.setUp();
      assertThat(visitor.lines().first()).isVisible();
      List<Route> held = new ArrayList<>();
      page.route(
          "**/api/v1/saved-searches",
          route -> {
            if (route.request().method().equals("POST")) {
              held.add(route);
            } else {
              route.resume();
            }
          });
      Locator button = page.getByText("Saved", new Page.GetByTextOptions().setExact(true));
      Locator dialog = page.getByLabel("Saved searches");

      button.click();
      page.getByLabel("Name of this search").fill("all of it");
      page.getByLabel("Name of this search").press("Enter");
      page.waitForCondition(() -> !held.isEmpty());
      button.click();
      assertThat(dialog).isHidden();
      button.click();
      assertThat(dialog).containsText("None yet.");
      held.get(0).resume();

      assertThat(page.getByText("Kept as")).isVisible();
      assertThat(dialog).containsText("all of it");

      page.getByLabel("Name of this search").fill("once more");
      page.getByLabel("Name of this search").press("Enter");
      page.waitForCondition(() -> held.size() == 2);
      held.get(1).resume();
      assertThat(dialog).isHidden();
      chromium.expectNoFault();
    }
  }
}
