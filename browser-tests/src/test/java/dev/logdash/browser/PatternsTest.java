package dev.logdash.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From the lines to the statements behind them, and back to the lines of one. */
@Timeout(300)
class PatternsTest {

  @Test
  void areKeptAndLeftOutWithTheKeyboardInBothThemesAndWidths() throws Exception {
    try (LogdashProcess demo = LogdashProcess.demo();
        Chromium chromium = new Chromium()) {
      Page first = chromium.open(demo.setUp(), Chromium.WIDE, ColorScheme.LIGHT);
      new Visitor(first).setUp();
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        for (int width : List.of(Chromium.WIDE, Chromium.NARROW)) {
          Page page = chromium.open(demo.address(), width, scheme);
          new Visitor(page).signIn();
          keepAndLeaveOut(page, demo.address());
          page.context().close();
        }
      }
      chromium.expectNoFault();
    }
  }

  private static void keepAndLeaveOut(Page page, String address) {
    // A span that is over, so that the counts stay.
    page.navigate(address + "explore?from=now-2h/m&to=now-2m/m");
    assertThat(page.locator(".summary .total b")).isVisible();
    page.keyboard().press("p");
    assertThat(page).hasURL(Pattern.compile("view=patterns"));
    Locator rows = rows(page);
    assertThat(rows.first()).isVisible();
    assertThat(page.locator(".patterns .slot").first()).isVisible();
    long total = total(page);
    assertThat(sum(page)).isEqualTo(total);
    String pattern = rows.first().locator(".value").textContent();
    long count = exact(rows.first());

    press(rows.first(), "Without this pattern");
    assertThat(page).hasURL(Pattern.compile("q=NOT"));
    assertThat(rows.getByText(pattern, new Locator.GetByTextOptions().setExact(true))).hasCount(0);
    assertThat(total(page)).isEqualTo(total - count);

    page.goBack();
    assertThat(rows.first().locator(".value")).hasText(pattern);
    press(rows.first(), "Only this pattern");
    assertThat(rows).hasCount(1);
    assertThat(total(page)).isEqualTo(count);

    rows.first().locator("button.value").click();
    assertThat(page.locator(".entry .line").first()).isVisible();
    assertThat(page).not().hasURL(Pattern.compile("view="));
    assertThat(page.locator(".summary .total b"))
        .hasAttribute("title", NumberFormat.getIntegerInstance(Locale.ENGLISH).format(count));
  }

  private static Locator rows(Page page) {
    return page.locator(".patterns tbody tr:not(.rest)");
  }

  private static void press(Locator row, String title) {
    Locator button = row.getByTitle(title);
    button.focus();
    button.press("Enter");
  }

  /** How many events all rows have. */
  private static long sum(Page page) {
    return page.locator(".patterns tbody tr").all().stream().mapToLong(PatternsTest::exact).sum();
  }

  private static long total(Page page) {
    assertThat(page.locator(".patterns")).hasAttribute("aria-busy", "false");
    return number(page.locator("ld-pattern-list .result-head b").textContent());
  }

  private static long exact(Locator row) {
    return number(String.valueOf(row.locator(".count").getAttribute("title")));
  }

  private static long number(String text) {
    return Long.parseLong(text.replace(",", ""));
  }
}
