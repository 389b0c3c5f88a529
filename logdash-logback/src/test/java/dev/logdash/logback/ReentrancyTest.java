package dev.logdash.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is logged on the way to the sink does not go the same way. */
class ReentrancyTest {

  private final LoggerContext context = Contexts.fresh();
  private final ScriptedSink sink = new ScriptedSink();
  private final Logger logger = context.getLogger("com.example.Shop");
  private LogdashAppender appender;

  @BeforeEach
  void start() {
    appender = Contexts.appender(context, sink);
    appender.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void aSinkThatLogsHearsNothingOfIt() {
    Logger ofSink = context.getLogger("com.example.Driver");
    sink.script(
        batch -> {
          ofSink.trace("took {}", batch.size());
          ofSink.warn("slow");
          ofSink.warn("slow again");
          return ScriptedSink.TAKE;
        });
    for (int i = 0; i < 100; i++) {
      logger.info("event {}", i);
    }
    Conditions.await("sent", () -> appender.counts().sent() == 100);
    appender.stop();

    assertThat(sink.messages()).hasSize(100).allMatch(message -> message.startsWith("event"));
    assertThat(appender.counts().reasons()).containsOnlyKeys("internal.trace", "internal.warn");
    assertThat(warnings()).as("told once, not each time").hasSize(1);
    assertThat(warnings().get(0)).isEqualTo("com.example.Driver: slow");
  }

  private List<String> warnings() {
    return context.getStatusManager().getCopyOfStatusList().stream()
        .filter(status -> status.getLevel() == Status.WARN)
        .map(Status::getMessage)
        .toList();
  }

  @Test
  void detailsOfOurOwnRoadAreNeverTaken() {
    for (String own :
        List.of("dev.logdash.core.Road", "reactor.util.Loggers", "org.apache.lucene")) {
      context.getLogger(own).debug("details of {}", own);
      context.getLogger(own).info("news of {}", own);
    }
    context.getLogger("dev.logdashboard.Other").debug("no relative");
    appender.stop();

    assertThat(sink.messages())
        .containsExactly(
            "news of dev.logdash.core.Road",
            "news of reactor.util.Loggers",
            "news of org.apache.lucene",
            "no relative");
    assertThat(appender.counts().reasons()).containsOnlyKeys("internal.debug");
  }

  @Test
  void anArgumentThatLogsItselfEnds() {
    Object talkative =
        new Object() {
          @Override
          public String toString() {
            logger.info("asked for {}", this);
            return "talkative";
          }
        };
    logger.info("value {}", talkative);
    logger.atInfo().addKeyValue("state", talkative).log("pair");
    appender.stop();

    assertThat(sink.messages()).containsExactly("value talkative", "pair");
    assertThat(appender.counts().reasons()).containsOnlyKeys("internal.info");
  }

  @Test
  void aStatusListenerThatFailsHarmsNobody() {
    context
        .getStatusManager()
        .add(
            status -> {
              throw new IllegalStateException("listener");
            });
    sink.script(batch -> ScriptedSink.down());
    logger.info("kept");
    Conditions.await("tried", () -> appender.counts().waiting() == 1);
    sink.script(batch -> ScriptedSink.TAKE);
    appender.stop();

    assertThat(sink.messages()).containsExactly("kept");
  }
}
