package shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A host that logs with Log4j 2. */
@Tag("log4j2")
class Log4j2Test {

  @TempDir private Path folder;

  @Test
  void saysWhatToDoAndShowsTheRequests() throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try (RunningShop shop = RunningShop.start(folder)) {
      assertThat(LoggerFactory.getILoggerFactory().getClass().getName()).contains("Log4j");
      shop.browser().get(shop.base().resolve("orders/1"));

      assertThat(shop.events("GET /orders/1 200", 1)).hasSize(1);
      assertThat(shop.events("order 1 looked up")).isEmpty();
      assertThat(shop.browser().get("").statusCode()).isEqualTo(200);
    } finally {
      System.setOut(console);
    }
    assertThat(said.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("logdash shows the requests of this application but not its logs")
        .contains("spring-boot-starter-logging");
  }
}
