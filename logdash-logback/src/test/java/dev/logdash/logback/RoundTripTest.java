package dev.logdash.logback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MarkerFactory;

/** What the appender writes is what the road reads. */
class RoundTripTest {

  private final LoggerContext context = Contexts.fresh();
  private final ScriptedSink sink = new ScriptedSink();
  private final Logger logger = context.getLogger("com.example.Shop");
  private LogdashAppender appender;

  @BeforeEach
  void start() {
    appender = Contexts.appender(context, sink);
    appender.setService("checkout");
    appender.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private LogEvent only() {
    appender.stop();
    assertThat(sink.events()).hasSize(1);
    return sink.events().get(0);
  }

  @Test
  void keepsTheEventItself() {
    logger.info("order {} of {} processed", 42, "Ada");

    LogEvent event = only();
    assertThat(event.message()).isEqualTo("order 42 of Ada processed");
    assertThat(event.severity()).isEqualTo(Severity.of(9));
    assertThat(event.severityText()).isEqualTo("INFO");
    assertThat(event.service()).isEqualTo("checkout");
    assertThat(event.source()).isEqualTo("logback:test");
    assertThat(event.attributes().get("log.logger")).isEqualTo("com.example.Shop");
    assertThat(event.attributes().get("log.template")).isEqualTo("order {} of {} processed");
    assertThat(event.attributes().get("process.thread.name"))
        .isEqualTo(Thread.currentThread().getName());
  }

  @Test
  void keepsTheTimeToTheNanosecond() {
    ListAppender<ILoggingEvent> other = new ListAppender<>();
    other.start();
    logger.addAppender(other);
    logger.info("now");
    appender.stop();

    Instant logged = other.list.get(0).getInstant();
    byte[] body = sink.submissions().get(0).body();
    assertThat(new String(body, UTF_8)).contains("\"@timestamp\":\"" + logged + '"');
    assertThat(sink.eventsAt(logged.plusSeconds(1)).get(0).timestampNanos())
        .isEqualTo(logged.getEpochSecond() * 1_000_000_000L + logged.getNano());
  }

  @Test
  void namesEachLevel() {
    logger.trace("t");
    logger.debug("d");
    logger.info("i");
    logger.warn("w");
    logger.error("e");
    appender.stop();

    assertThat(sink.events().stream().map(event -> event.severity().number()))
        .containsExactly(1, 5, 9, 13, 17);
  }

  @Test
  void aMessageWithoutArgumentsHasNoTemplate() {
    logger.info("started");

    assertThat(only().attributes().get("log.template")).isNull();
  }

  @Test
  void keepsErrorsWithTheirTrace() {
    logger.error("failed", new IllegalStateException("no stock", new IOException("gone")));

    LogEvent event = only();
    assertThat(event.message()).isEqualTo("failed");
    assertThat(event.attributes().get("error.type")).isEqualTo("java.lang.IllegalStateException");
    assertThat(event.attributes().get("error.message")).isEqualTo("no stock");
    assertThat(event.attributes().text("error.stack_trace"))
        .startsWith("java.lang.IllegalStateException: no stock")
        .contains("at " + RoundTripTest.class.getName() + ".keepsErrorsWithTheirTrace")
        .contains("Caused by: java.io.IOException: gone");
  }

  @Test
  void keepsContextAndPairs() {
    context.getMDCAdapter().put("tenant", "acme");
    logger
        .atInfo()
        .addMarker(MarkerFactory.getMarker("AUDIT"))
        .addMarker(MarkerFactory.getMarker("SLOW"))
        .addKeyValue("count", 3)
        .addKeyValue("ratio", 0.25)
        .addKeyValue("share", 0.1f)
        .addKeyValue("price", new BigDecimal("1.10"))
        .addKeyValue("done", true)
        .addKeyValue("list", List.of(1, 2))
        .addKeyValue("nothing", (Object) null)
        .log("paid");
    context.getMDCAdapter().clear();

    LogEvent event = only();
    assertThat(event.attributes().get("tenant")).isEqualTo("acme");
    assertThat(event.attributes().get("count")).isEqualTo(3L);
    assertThat(event.attributes().get("ratio")).isEqualTo(0.25);
    assertThat(event.attributes().get("share")).isEqualTo(0.1);
    assertThat(event.attributes().get("price")).isEqualTo("1.10");
    assertThat(event.attributes().get("done")).isEqualTo(true);
    assertThat(event.attributes().get("list")).isEqualTo("[1, 2]");
    assertThat(event.attributes().get("nothing")).isNull();
    assertThat(event.attributes().get("tags")).isEqualTo(List.of("AUDIT", "SLOW"));
  }

  @Test
  void findsTheTraceUnderEachName() {
    String[][] names = {
      {"trace_id", "span_id"},
      {"traceId", "spanId"},
      {"X-B3-TraceId", "X-B3-SpanId"},
      {"dd.trace_id", "dd.span_id"},
      {"trace.id", "span.id"}
    };
    for (String[] pair : names) {
      context.getMDCAdapter().put(pair[0], "0af7651916cd43dd8448eb211c80319c");
      context.getMDCAdapter().put(pair[1], "b7ad6b7169203331");
      logger.info("traced");
      context.getMDCAdapter().clear();
    }
    appender.stop();

    assertThat(sink.events()).hasSize(names.length);
    assertThat(sink.events())
        .allSatisfy(
            event -> {
              assertThat(event.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
              assertThat(event.spanId()).isEqualTo("b7ad6b7169203331");
            });
  }

  @Test
  void noNameOfTheContextHidesAFieldOfTheEvent() {
    String[] names = {
      "message",
      "msg",
      "formattedMessage",
      "level",
      "severity_number",
      "levelValue",
      "logger",
      "log.logger",
      "thread",
      "service",
      "@timestamp",
      "time",
      "error",
      "stack_trace",
      "log.template"
    };
    for (String name : names) {
      context.getMDCAdapter().put(name, "mine-" + name);
    }
    logger
        .atWarn()
        .addKeyValue("level_value", 10_000)
        .addKeyValue("severityNumber", 1)
        .addKeyValue("same", 1)
        .addKeyValue("same", 2)
        .addKeyValue("same", 3)
        .setCause(new IOException("gone"))
        .log("the {}", "event");
    context.getMDCAdapter().clear();

    LogEvent event = only();
    assertThat(event.message()).isEqualTo("the event");
    assertThat(event.severity().number()).isEqualTo(13);
    assertThat(event.severityText()).isEqualTo("WARN");
    assertThat(event.service()).isEqualTo("checkout");
    assertThat(event.attributes().get("log.logger")).isEqualTo("com.example.Shop");
    assertThat(event.attributes().get("log.template")).isEqualTo("the {}");
    assertThat(event.attributes().get("error.message")).isEqualTo("gone");
    assertThat(event.attributes().text("error.stack_trace")).startsWith("java.io.IOException");
    List<Object> values = new ArrayList<>();
    event.attributes().forEach((name, value) -> values.add(value));
    for (String name : names) {
      assertThat(values).as(name).contains("mine-" + name);
    }
    assertThat(values).contains(10_000L, 1L, 2L, 3L);
  }

  @Test
  void survivesAnyText() {
    String text =
        "quote \" back \\ tab \t line\nfeed \u0000 \u0007 \u2028 snow \u2603 \uD83D\uDE00 end";
    logger.info(text);
    logger.info("half \uD83D of a pair");
    logger.info("");
    logger.info(null);
    appender.stop();

    assertThat(sink.messages()).containsExactly(text, "half \uFFFD of a pair", "", "");
  }

  @Test
  void findsTheCallerWhereWanted() {
    appender.stop();
    appender.setIncludeCallerData(true);
    appender.start();
    logger.info("here");

    LogEvent event = only();
    assertThat(event.attributes().get("log.origin.file.name")).isEqualTo("RoundTripTest.java");
    assertThat(event.attributes().get("log.origin.function"))
        .isEqualTo("findsTheCallerWhereWanted");
    assertThat((long) event.attributes().get("log.origin.file.line")).isPositive();
  }

  @Test
  void whatChangesLaterIsCapturedAtTheCall() {
    List<String> items = new ArrayList<>(List.of("book"));
    StringBuilder value = new StringBuilder("before");
    context.getMDCAdapter().put("user", "ada");
    // Nothing is encoded before the sink is there.
    appender.setSink(null);
    logger.atInfo().addKeyValue("state", value).log("items {}", items);
    items.add("pen");
    value.replace(0, 6, "after");
    context.getMDCAdapter().put("user", "bob");
    appender.setSink(sink);
    context.getMDCAdapter().clear();

    LogEvent event = only();
    assertThat(event.message()).isEqualTo("items [book]");
    assertThat(event.attributes().get("state")).isEqualTo("before");
    assertThat(event.attributes().get("user.name")).isEqualTo("ada");
  }

  @Test
  void anArgumentThatFailsHarmsNobody() {
    Object failing =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no text");
          }
        };
    logger.atInfo().addKeyValue("state", failing).log("event");

    assertThat(only().attributes().get("state")).isEqualTo("[FAILED toString()]");
  }
}
