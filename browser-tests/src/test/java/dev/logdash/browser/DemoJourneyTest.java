package dev.logdash.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a newcomer does with the demo in the first minutes. */
@Timeout(240)
class DemoJourneyTest {

  private static final Pattern A_NUMBER = Pattern.compile("[1-9][\\d.,]*[kM]? events");

  @Test
  void fromTheSetUpLinkToTheMovingOverview() throws Exception {
    try (LogdashProcess demo = LogdashProcess.demo();
        Chromium chromium = new Chromium()) {
      Page page = chromium.open(demo.setUp(), Chromium.WIDE, ColorScheme.LIGHT);
      Visitor visitor = new Visitor(page);

      visitor.setUp();
      assertThat(page.locator(".summary .total")).hasText(A_NUMBER);
      assertThat(visitor.lines().first()).isVisible();

      visitor.signOut();
      visitor.signIn();
      assertThat(visitor.lines().first()).isVisible();

      visitor.search("level:error service:payment");
      assertThat(page.locator(".entry .level").first()).hasText(Pattern.compile("error"));
      assertThat(page.locator(".entry .cell").first()).hasText("payment");
      assertThat(page).hasURL(Pattern.compile("q=level:error\\+service:payment"));

      keepsTheSearch(page, visitor);

      makesATable(page, visitor);
      zoomsIntoTheHistogram(page);
      opensARowAndItsSurroundings(page, visitor);
      followsLive(page, visitor);
      makesARuleFromASearch(page, visitor);
      seesTheOverviewMove(page);

      chromium.expectNoFault();
    }
  }

  private static void keepsTheSearch(Page page, Visitor visitor) {
    page.getByText("Saved", new Page.GetByTextOptions().setExact(true)).click();
    page.getByLabel("Name of this search").fill("payment errors");
    page.getByLabel("Name of this search").press("Enter");
    assertThat(page.getByText("Kept as")).isVisible();
    visitor.search("");
    page.getByText("Saved", new Page.GetByTextOptions().setExact(true)).click();
    page.getByText("payment errors", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page).hasURL(Pattern.compile("q=level:error\\+service:payment"));
    visitor.search("");
  }

  private static void makesATable(Page page, Visitor visitor) {
    visitor.search("level:>=info | stats count(), p95(event.duration) as slow by service.name");
    Locator rows = page.locator("ld-result-table tbody tr");
    assertThat(rows.filter(new Locator.FilterOptions().setHasText("payment"))).hasCount(1);
    assertThat(page.locator(".summary .total")).hasText(A_NUMBER);

    page.locator("ld-result-table th").getByText("count").click();
    assertThat(page).hasURL(Pattern.compile("sort\\+-count"));
    assertThat(page.locator("th[aria-sort=descending]")).hasText(Pattern.compile("count"));
    List<Long> counts =
        page.locator("ld-result-table td:nth-child(2)").all().stream()
            .map(cell -> Long.parseLong(cell.getAttribute("title")))
            .toList();
    assertThat(counts).isSortedAccordingTo(Comparator.reverseOrder()).hasSizeGreaterThan(2);
    page.locator("ld-result-table th").getByText("slow").click();
    assertThat(page).hasURL(Pattern.compile("sort\\+-slow$"));
    assertThat(page.locator("th[aria-sort=descending]")).hasText(Pattern.compile("slow"));

    rows.getByText("payment").click();
    assertThat(page).hasURL(Pattern.compile("q=level:%3E%3Dinfo\\+service.name:payment"));
    assertThat(page.locator(".entry .cell").first()).hasText("payment");
    visitor.search("");
  }

  private static void zoomsIntoTheHistogram(Page page) {
    BoundingBox plot = page.locator(".histogram .u-over").boundingBox();
    double middle = plot.y + plot.height / 2;
    page.mouse().move(plot.x + plot.width * 0.5, middle);
    page.mouse().down();
    // News that arrive meanwhile take nothing away from whoever drags.
    page.evaluate(
        "() => { const chart = document.querySelector('.histogram ld-chart');"
            + " chart.series = [...chart.series]; return chart.updateComplete; }");
    page.mouse().move(plot.x + plot.width * 0.6, middle);
    page.mouse().move(plot.x + plot.width * 0.7, middle);
    page.mouse().up();
    assertThat(page).hasURL(Pattern.compile("from=\\d{4}-.*&to=\\d{4}-"));
    assertThat(page.locator(".summary .total")).hasText(A_NUMBER);
    page.goBack();
    assertThat(page).not().hasURL(Pattern.compile("to=\\d{4}-"));
  }

  private static void opensARowAndItsSurroundings(Page page, Visitor visitor) {
    visitor.search("exception:*");
    visitor.lines().first().click();
    Locator detail = page.locator("ld-event-detail");
    assertThat(detail.locator(".trace")).containsText("at com.example.shop");
    assertThat(detail.locator(".attributes")).containsText("service.name");
    detail.getByRole(AriaRole.BUTTON, named("Around this")).click();
    assertThat(page.locator("ld-context-panel .context-line.here")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator("ld-context-panel")).hasCount(0);
    page.keyboard().press("Escape");
    assertThat(detail).hasCount(0);
    visitor.search("");
  }

  private static void followsLive(Page page, Visitor visitor) {
    page.keyboard().press("l");
    assertThat(page).hasURL(Pattern.compile("live=1"));
    assertThat(page.locator(".dot.live")).isVisible();
    String newest = visitor.lines().first().textContent();
    assertThat(visitor.lines().first()).not().hasText(newest);
    page.keyboard().press("l");
    assertThat(page.locator(".dot.live")).hasCount(0);
  }

  private static void makesARuleFromASearch(Page page, Visitor visitor) {
    visitor.search("level:info");
    page.locator(".summary").getByText("Alert").click();
    Locator dialog = page.locator("dialog[open]");
    assertThat(dialog.getByLabel("Watch events matching")).hasValue("level:info");
    assertThat(dialog.locator(".preview")).containsText("it would have fired");
    dialog.getByLabel("Name").fill("<b>busy</b>");
    dialog.getByText("Save").click();
    assertThat(page.locator("ld-alerts table")).containsText("<b>busy</b>");
    page.locator(".tabs").getByText("Now").click();
    // The demo has a rule of its own, which may fire as well.
    Locator alert =
        page.locator("ld-alerts tbody tr")
            .filter(new Locator.FilterOptions().setHasText("<b>busy</b>"))
            .first();
    assertThat(alert.locator(".tag.firing"))
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(40_000));
    alert.getByText("Show the lines").click();
    assertThat(visitor.lines().first()).isVisible();
    assertThat(page).hasURL(Pattern.compile("q=event.severity.*from=\\d{4}"));
  }

  private static void seesTheOverviewMove(Page page) {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Overview")).click();
    assertThat(page.locator(".tile")).hasCount(5);
    assertThat(page.locator("table").first()).containsText("checkout");
    assertThat(page.getByText("Busiest routes")).isVisible();
    Locator events = page.locator(".tile").first();
    String before = events.textContent();
    // Statistics are ten seconds wide, and the page asks again by itself.
    assertThat(events).not().hasText(before, new HasTextOptions().setTimeout(40_000));
    assertThat(page.locator(".tile .big").last().textContent()).matches(".*\\d.*s");
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }
}
