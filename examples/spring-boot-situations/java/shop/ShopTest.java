package shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.logdash.core.Logdash;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.dashboard.HostedLogdash;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;

/** What the starter brings to a service, and where. */
class ShopTest {

  private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"([^\":]+)\"");

  @TempDir private Path folder;

  @Test
  void runsOnTheVersionOfSpringBootThatTheModuleNames() {
    assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("example.boot"));
  }

  @Test
  void showsTheLogsAndTheRequestsOfAService() throws Exception {
    try (RunningShop shop = RunningShop.start(folder)) {
      Browser browser = shop.browser();
      browser.get(shop.base().resolve("orders/4711"));
      shop.events("order 4711 looked up", 1);
      shop.events("GET /orders/4711 200", 1);

      browser.signInAsTheFirst(folder);

      JsonNode logged = browser.search("\"looked up\"");
      assertThat(logged.size()).isEqualTo(1);
      assertThat(logged.get(0).get("service").asString()).isEqualTo("shop");
      assertThat(logged.get(0).get("attributes").get("log.logger").asString())
          .isEqualTo("shop.OrderController");
      JsonNode requested = browser.search("http.route:\"/orders/{id}\"");
      assertThat(requested.size()).isEqualTo(1);
      assertThat(requested.get(0).get("message").asString()).isEqualTo("GET /orders/4711 200");
      Waiting.until(() -> browser.get("api/v1/rollups/routes").body().contains("/orders/{id}"));
    }
  }

  @Test
  void recordsEachRequestOnceWhateverBecomesOfIt() throws Exception {
    try (RunningShop shop = RunningShop.start(folder)) {
      Browser browser = shop.browser();
      browser.post(shop.base().resolve("orders/1/payment"));
      browser.get(shop.base().resolve("reports/2026-11"));
      browser.get(shop.base().resolve("nothing/here"));
      browser.get("");

      assertThat(shop.events("POST /orders/1/payment 500", 1))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.attributes().text("http.route")).isEqualTo("/orders/{id}/payment");
                assertThat(event.attributes().text("error.message")).contains("order 1 failed");
              });
      assertThat(shop.events("GET /reports/2026-11 200", 1))
          .singleElement()
          .satisfies(
              event ->
                  assertThat(event.attributes().text("http.route")).isEqualTo("/reports/{month}"));
      assertThat(shop.events("GET /nothing/here 404", 1)).hasSize(1);
      assertThat(shop.events("GET /")).hasSize(2);
      assertThat(shop.events("POST /")).hasSize(1);
    }
  }

  @Test
  void answersOnEveryRoute() throws Exception {
    try (RunningShop shop = RunningShop.start(folder)) {
      Browser browser = shop.browser();
      JsonNode paths = browser.json("api/v1/openapi.json").get("paths");
      List<String> asked = new ArrayList<>(List.of("", "explore", "overview", "pipeline"));
      asked.addAll(List.of("settings", "setup"));
      for (String page : asked) {
        assertThat(browser.get(page).statusCode()).as(page).isEqualTo(200);
      }
      int closed = 0;
      for (String path : paths.propertyNames()) {
        boolean needsMore =
            path.contains("{") || path.equals("/metrics") || path.equals("/api/v1/tail");
        // Some are for programs that send logs, whatever a person may do.
        boolean isForPeople = !paths.get(path).at("/get/x-permission").asText().equals("INGEST");
        if (!needsMore && isForPeople && paths.get(path).has("get")) {
          asked.add(path.substring(1));
          closed += browser.get(path.substring(1)).statusCode() == 401 ? 1 : 0;
        }
      }
      assertThat(closed).isGreaterThan(10);

      browser.signInAsTheFirst(folder);

      for (String path : asked) {
        assertThat(browser.get(path).statusCode()).as(path).isEqualTo(200);
      }
    }
  }

  @Test
  void isBelowTheContextPathAndThePathThatWasSet() throws Exception {
    try (RunningShop shop =
        RunningShop.start(folder, "--server.servlet.context-path=/shop", "--logdash.path=/ops/x")) {
      assertThat(shop.browser().dashboard().getPath()).isEqualTo("/shop/ops/x/");
      assertThat(shop.browser().get("explore").statusCode()).isEqualTo(200);
      assertThat(loadsItsPage(shop.browser(), shop.base().resolve("ops/x"))).isPositive();
      shop.browser().signInAsTheFirst(folder);

      shop.browser().get(shop.base().resolve("orders/1"));
      assertThat(shop.events("GET /", 1))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.message()).isEqualTo("GET /shop/orders/1 200");
                assertThat(event.attributes().text("http.route")).isEqualTo("/orders/{id}");
              });
    }
  }

  @Test
  void isBelowThePrefixOfAProxy() throws Exception {
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (RunningShop shop = RunningShop.start(folder)) {
      Browser behind = shop.browser();
      proxy.createContext(
          "/tools/shop",
          exchange -> {
            String below = exchange.getRequestURI().toString().substring("/tools/shop/".length());
            try {
              HttpResponse<String> answer = behind.get(shop.base().resolve(below));
              answer
                  .headers()
                  .firstValue("Location")
                  .ifPresent(to -> exchange.getResponseHeaders().set("Location", to));
              byte[] body = answer.body().getBytes();
              exchange.sendResponseHeaders(
                  answer.statusCode(), body.length == 0 ? -1 : body.length);
              exchange.getResponseBody().write(body);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            exchange.close();
          });
      proxy.start();
      URI outside =
          URI.create("http://localhost:" + proxy.getAddress().getPort() + "/tools/shop/logdash");

      assertThat(loadsItsPage(new Browser(outside), outside)).isPositive();
    } finally {
      proxy.stop(0);
    }
  }

  /** The HTTP library that sends is the host's, whatever version that is. */
  @Test
  void tellsAReceiverWithTheLibrariesOfTheApplication() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try (RunningShop shop =
        RunningShop.start(folder, "--logdash.notify.allow-internal=127.0.0.1")) {
      Browser browser = shop.browser().signInAsTheFirst(folder);
      String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
      JsonNode made =
          browser.send(
              "channels",
              "{\"name\":\"On call\",\"kind\":\"webhook\",\"settings\":{\"url\":\"%s\"}}"
                  .formatted(url));

      JsonNode answer =
          browser.send("channels/" + made.at("/channel/id").asString() + "/test", "");

      assertThat(answer.get("ok").asBoolean()).as(answer.toString()).isTrue();
      assertThat(told.poll(10, TimeUnit.SECONDS)).contains("\"kind\":\"test\"");
    } finally {
      receiver.stop(0);
    }
  }

  @Test
  void endsTheStartAtASettingThatIsWrong() {
    assertThatThrownBy(() -> RunningShop.start(folder, "--logdash.retention.max-agee=1d"))
        .hasRootCauseMessage(
            "logdash.retention.max-agee (commandLineArgs): no such setting; the nearest is"
                + " logdash.retention.max-age");
  }

  @Test
  void isNotThereWhenItIsSwitchedOff() throws Exception {
    try (RunningShop shop = RunningShop.start(folder, "--logdash.enabled=false")) {
      Browser browser = new Browser(shop.base().resolve("logdash/"));

      assertThat(browser.get("").statusCode()).isEqualTo(404);
      assertThat(browser.get(shop.base().resolve("orders/1")).statusCode()).isEqualTo(200);
      assertThat(shop.context().getBeanNamesForType(HostedLogdash.class)).isEmpty();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void stepsBackForBeansOfTheApplication() throws Exception {
    Path other = folder.resolve("other");
    try (RunningShop shop =
        RunningShop.start(
            List.of(ShopApplication.class, OwnLogdash.class), folder, "--own=" + other)) {
      assertThat(shop.logdash().config().source(ConfigKeys.DATA_DIR)).contains("application");
      assertThat(shop.context().getBean(Logdash.class)).isSameAs(shop.logdash().logdash().get());
      assertThat(shop.browser().get("").statusCode()).isEqualTo(200);
    }
  }

  /** No stereotype, so that only the test that names it has it. */
  static class OwnLogdash {
    @Bean
    HostedLogdash own(@Value("${own}") String own) {
      return HostedLogdash.builder("own").setting("logdash.data.dir", own).start();
    }
  }

  @Test
  void leavesNoThreadBehind() {
    try (RunningShop shop = RunningShop.start(folder)) {
      assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
      assertThat(shop.logdash().logdash()).isPresent();
    }
    Waiting.until(() -> threads().isEmpty());
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("logdash"))
        .toList();
  }

  /** Follows the way that a browser takes from an address without its slash; counts the files. */
  private static int loadsItsPage(Browser browser, URI address) throws Exception {
    HttpResponse<String> redirect = browser.get(address);
    assertThat(redirect.statusCode()).isEqualTo(302);
    URI page = address.resolve(redirect.headers().firstValue("Location").orElseThrow());
    HttpResponse<String> html = browser.get(page);
    assertThat(html.statusCode()).as(page.toString()).isEqualTo(200);
    Matcher asset = ASSET.matcher(html.body());
    int files = 0;
    while (asset.find()) {
      URI file = page.resolve(asset.group(1));
      assertThat(browser.get(file).statusCode()).as(file.toString()).isEqualTo(200);
      files++;
    }
    return files;
  }
}
