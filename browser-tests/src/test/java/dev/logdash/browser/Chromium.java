package dev.logdash.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A browser that writes down whatever a page must not do. */
final class Chromium implements AutoCloseable {

  static final int WIDE = 1440;
  static final int NARROW = 390;

  // Longer than any page takes on a machine that does much else.
  private static final int PATIENCE_MILLIS = 30_000;

  private final Playwright playwright = Playwright.create();
  private final Browser browser;
  private final List<String> faults = new CopyOnWriteArrayList<>();

  Chromium() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(System.getProperty("logdash.browser")))
                    // As root there is no sandbox; the rest keeps it from calling its makers.
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  /** A window of somebody who was never here. */
  Page open(String address, int width, ColorScheme scheme) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, width == NARROW ? 844 : 900)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE));
    String host = URI.create(address).getAuthority();
    context.onConsoleMessage(
        message -> {
          if (List.of("error", "warning").contains(message.type())) {
            faults.add("console " + message.type() + ": " + message.text());
          }
        });
    context.onWebError(error -> faults.add("error: " + error.error()));
    context.onRequest(
        request -> {
          URI uri = URI.create(request.url());
          if (!"data".equals(uri.getScheme()) && !host.equals(uri.getAuthority())) {
            faults.add("request to " + request.url());
          }
        });
    context.onDialog(
        dialog -> {
          faults.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    context.addInitScript(
        "addEventListener('securitypolicyviolation', e => console.error('CSP report: '"
            + " + e.violatedDirective + ' ' + e.blockedURI))");
    Page page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.navigate(address);
    return page;
  }

  /** Forgets what a page was meant to do wrong. */
  List<String> takeFaults() {
    List<String> taken = List.copyOf(faults);
    faults.clear();
    return taken;
  }

  /** Fails if any page said an error, broke the policy, asked another host or opened a dialog. */
  void expectNoFault() {
    assertThat(faults).isEmpty();
  }

  @Override
  public void close() {
    playwright.close();
  }
}
