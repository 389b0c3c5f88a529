package dev.logdash.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The settings as they stand in logback.xml. */
class ConfigurationTest {

  private final LoggerContext context = Contexts.fresh();
  private final ScriptedSink sink = new ScriptedSink();

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void takesEverySetting() {
    Contexts.configure(
        context,
        "<appender name='F' class='ch.qos.logback.core.read.ListAppender'/>"
            + Contexts.appender(
                "<queueSize>100</queueSize><queueBytes>1MB</queueBytes>"
                    + "<discardingThreshold>10</discardingThreshold><neverBlock>true</neverBlock>"
                    + "<maxBlock>5</maxBlock><maxFlushTime>2000</maxFlushTime>"
                    + "<includeCallerData>true</includeCallerData><service>shop</service>"
                    + "<dataset>web</dataset><source>here</source>"
                    + "<nonAdditive>false</nonAdditive>"
                    + "<internalLogger>com.driver</internalLogger>"
                    + "<filter class='ch.qos.logback.classic.filter.ThresholdFilter'>"
                    + "<level>DEBUG</level></filter><appender-ref ref='F'/>")
            + "<root level='TRACE'><appender-ref ref='L'/></root>");
    assertThat(problems()).isEmpty();
    LogdashAppender appender = (LogdashAppender) Contexts.root(context).getAppender("L");
    for (int i = 0; i < 200; i++) {
      context.getLogger("a").info("event");
    }
    context.getLogger("com.driver.Socket").debug("sent");
    context.getLogger("a").trace("filtered");
    appender.setSink(sink);
    appender.stop();

    assertThat(appender.counts().reasons())
        .containsEntry("no_sink.info", 110L)
        .containsEntry("internal.debug", 1L)
        .hasSize(2);
    assertThat(appender.counts().sent()).isEqualTo(90);
    assertThat(sink.events().get(0).service()).isEqualTo("shop");
    assertThat(sink.events().get(0).source()).isEqualTo("here");
    assertThat(sink.events().get(0).dataset()).isEqualTo("web");
    assertThat(sink.events().get(0).attributes().get("log.origin.function"))
        .isEqualTo("takesEverySetting");
    assertThat(appender.getAppender("F")).isNotNull();
  }

  @Test
  void saysThatItNeverBlocks() {
    Contexts.configure(
        context, Contexts.appender("") + "<root level='INFO'><appender-ref ref='L'/></root>");

    assertThat(context.getStatusManager().getCopyOfStatusList())
        .anyMatch(
            status ->
                status.getLevel() == Status.INFO
                    && status.getMessage().startsWith("neverBlock is true"));
  }

  private java.util.List<String> problems() {
    return context.getStatusManager().getCopyOfStatusList().stream()
        .filter(status -> status.getLevel() != Status.INFO)
        .map(Object::toString)
        .toList();
  }
}
