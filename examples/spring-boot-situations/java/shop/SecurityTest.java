package shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host with Spring Security, as it is without any configuration: everything needs a login. */
@Tag("security")
class SecurityTest {

  @TempDir private Path folder;

  @Test
  void theDashboardHasItsOwnLoginAndTheHostKeepsIts() throws Exception {
    try (RunningShop shop = RunningShop.start(folder)) {
      Browser browser = shop.browser();
      URI order = shop.base().resolve("orders/1");
      assertThat(browser.get(order).statusCode()).isIn(302, 401);
      assertThat(browser.post(shop.base().resolve("orders/1/payment")).statusCode())
          .isIn(302, 401, 403);

      HttpResponse<String> page = browser.get("");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'");
      HttpResponse<String> refused = browser.get("api/v1/search");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).contains("\"code\":\"unauthenticated\"");

      browser.signInAsTheFirst(folder);

      assertThat(browser.get("api/v1/search").statusCode()).isEqualTo(200);
      assertThat(browser.get(order).statusCode()).isIn(302, 401);
    }
  }

  @Test
  void noWayAroundLeadsThroughTheDashboard() throws Exception {
    try (RunningShop shop = RunningShop.start(folder)) {
      for (String way :
          List.of(
              "logdash/../orders/1",
              "logdash/..;/orders/1",
              "logdash;/../orders/1",
              "logdash/%2e%2e/orders/1",
              "logdash%2f..%2forders/1",
              "orders/1;/logdash/",
              "logdash//../orders/1",
              "Logdash/orders/1",
              "logdashorders/1",
              "orders/1/logdash/")) {
        HttpResponse<String> answer = shop.browser().get(URI.create(shop.base() + way));

        assertThat(answer.statusCode()).as(way).isNotEqualTo(200);
      }
      assertThat(shop.events("order 1 looked up")).isEmpty();
    }
  }

  @Test
  void whatTheHostRefusesIsARequestToo() throws Exception {
    try (RunningShop shop = RunningShop.start(folder)) {
      int status = shop.browser().get(shop.base().resolve("orders/1")).statusCode();

      assertThat(shop.events("GET /orders/1 " + status, 1)).hasSize(1);
    }
  }
}
