package dev.logdash.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** Somebody in front of the dashboard. */
final class Visitor {

  private static final String NAME = "ada";
  private static final String PASSWORD = "correct horse battery staple";

  private final Page page;

  Visitor(Page page) {
    this.page = page;
  }

  /** Makes the first administrator on the page of the set-up link. */
  void setUp() {
    page.getByLabel("Name").fill(NAME);
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(PASSWORD);
    page.getByLabel("Password again").fill(PASSWORD);
    button("Make the administrator").click();
    assertThat(page.locator(".rail")).isVisible();
  }

  void signIn() {
    page.getByLabel("Name").fill(NAME);
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(PASSWORD);
    button("Sign in").click();
    assertThat(page.locator(".rail")).isVisible();
  }

  void signOut() {
    button("Sign out").click();
    assertThat(button("Sign in")).isVisible();
  }

  /** Asks, and waits for the answer. */
  void search(String query) {
    Locator box = page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Query"));
    box.fill(query);
    box.press("Enter");
    box.blur();
    assertThat(page.locator("section.lines")).hasAttribute("aria-busy", "false");
  }

  Locator lines() {
    return page.locator(".entry .line");
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }
}
