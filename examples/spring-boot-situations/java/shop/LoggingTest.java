package shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hosts that log in their own ways: each event is found, and found once. */
class LoggingTest {

  private static final Logger LOG = LoggerFactory.getLogger("shop.Warehouse");
  private static final Logger AUDIT = LoggerFactory.getLogger("audit");

  @TempDir private Path folder;

  @Test
  void findsAHostWithAConfigurationOfItsOwn() throws Exception {
    try (RunningShop shop = with("own-logback-spring.xml")) {
      LOG.info("box 1 packed");
      AUDIT.info("box 1 booked");

      assertThat(shop.events("box 1 packed", 1)).hasSize(1);
      assertThat(shop.events("box 1 booked", 1)).hasSize(1);
    }
  }

  @Test
  void usesTheAppenderOfTheHostWhereItHasOne() throws Exception {
    try (RunningShop shop = with("own-appender-spring.xml")) {
      LOG.info("box 2 packed");

      assertThat(shop.events("box 2 packed", 1))
          .singleElement()
          .satisfies(event -> assertThat(event.service()).isEqualTo("warehouse"));
    }
  }

  @Test
  void outlivesAReset() throws Exception {
    try (RunningShop shop = with("own-logback-spring.xml")) {
      LogbackContext.reset();
      LOG.info("box 3 packed");
      LogbackContext.configure(
          Objects.requireNonNull(getClass().getResource("/reset-logback.xml")));
      LOG.info("box 4 packed");
      AUDIT.info("box 4 booked");

      assertThat(shop.events("box 3 packed", 1)).hasSize(1);
      assertThat(shop.events("box 4 packed", 1)).hasSize(1);
      assertThat(shop.events("box 4 booked", 1)).hasSize(1);
    }
  }

  @Test
  void followsTheHostFromOneLifeToTheNext() throws Exception {
    for (int life = 1; life <= 3; life++) {
      try (RunningShop shop = RunningShop.start(folder)) {
        LOG.info("box {} opened", life);

        assertThat(shop.events("box " + life + " opened", 1)).hasSize(1);
        assertThat(shop.events("opened")).hasSize(life);
      }
    }
  }

  @Test
  void startsBesideAnotherProcessOnItsFolder() throws Exception {
    try (RunningShop first = RunningShop.start(folder);
        RunningShop second = RunningShop.start(folder)) {
      assertThat(second.browser().get(second.base().resolve("orders/1")).statusCode())
          .isEqualTo(200);
      HttpResponse<String> page = second.browser().get("");
      assertThat(page.statusCode()).isEqualTo(503);
      assertThat(page.body())
          .contains("in use by process " + ProcessHandle.current().pid())
          .contains("logdash.data.dir");
      assertThat(second.context().getBeanProvider(dev.logdash.core.Logdash.class).getIfAvailable())
          .isNull();
      assertThat(first.browser().get("").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void startsWhereItCannotWrite() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    try (RunningShop shop = RunningShop.start(file)) {
      assertThat(shop.browser().get(shop.base().resolve("orders/1")).statusCode()).isEqualTo(200);
      assertThat(shop.browser().get("").body()).contains(file + " is no folder");
    }
  }

  private RunningShop with(String configuration) {
    return RunningShop.start(folder, "--logging.config=classpath:" + configuration);
  }
}
