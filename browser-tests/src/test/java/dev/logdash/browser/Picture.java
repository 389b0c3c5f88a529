package dev.logdash.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.Locale;

/** Pictures of pages, to look at. */
final class Picture {

  private static final Path FOLDER = Path.of(System.getProperty("logdash.screenshots"));

  private Picture() {}

  /** Takes one; fails if anything sticks out of the screen. */
  static void of(Page page, String address, int width, ColorScheme scheme) {
    assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
        .as("what sticks out of %s at %d", address, width)
        .isEqualTo(0);
    String name = address.replaceAll("[^a-z]+", "-").replaceAll("-$", "");
    String theme = scheme.name().toLowerCase(Locale.ROOT);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(FOLDER.resolve(name + "-" + width + "-" + theme + ".png")));
  }
}
