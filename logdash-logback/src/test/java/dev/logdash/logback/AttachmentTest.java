package dev.logdash.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a host does to its context: each event once. */
class AttachmentTest {

  private final LoggerContext context = Contexts.fresh();
  private final ScriptedSink sink = new ScriptedSink();
  private final Logger logger = context.getLogger("com.example.Shop");

  @AfterEach
  void stop() {
    LogdashAttachment.of(context, LogdashAttachment::close);
    context.stop();
  }

  private static long appenders(LoggerContext context) {
    long count = 0;
    for (Logger each : context.getLoggerList()) {
      for (var i = each.iteratorForAppenders(); i.hasNext(); ) {
        Appender<ILoggingEvent> appender = i.next();
        count += appender instanceof LogdashAppender ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void staysOverResets() {
    try (LogdashAttachment attachment = LogdashAppender.attach(context, sink)) {
      for (int i = 0; i < 10; i++) {
        logger.info("event {}", i);
        context.reset();
        assertThat(appenders(context)).isEqualTo(1);
      }
      logger.info("last");
      assertThat(attachment.counts().dropped()).isZero();
    }
    assertThat(sink.messages()).hasSize(11).doesNotHaveDuplicates();
    assertThat(appenders(context)).isZero();
  }

  @Test
  void comesBackAfterAStopThatForgetsListeners() {
    try (LogdashAttachment attachment = LogdashAppender.attach(context, sink)) {
      // What Spring Boot does before it configures again.
      context.stop();
      context.reset();
      assertThat(attachment.counts().sent()).isZero();
      Conditions.await("attached again", () -> appenders(context) == 1);
      context.reset();
      assertThat(appenders(context)).as("its listener is back as well").isEqualTo(1);
      logger.info("again");
    }
    assertThat(sink.messages()).containsExactly("again");
  }

  @Test
  void aConfigurationAfterAStopBringsItBackAtOnce() {
    try (LogdashAttachment attachment = LogdashAppender.attach(context, sink)) {
      context.stop();
      context.reset();
      Contexts.configure(context, "<root level='INFO'/>");
      logger.info("again");
      assertThat(attachment.counts().dropped()).isZero();
    }
    assertThat(sink.messages()).containsExactly("again");
  }

  @Test
  void leavesItsPlaceToAnAppenderOfTheConfiguration() {
    try (LogdashAttachment attachment =
        LogdashAppender.attach(context, sink, own -> own.setService("shop"))) {
      logger.info("own");
      context.reset();
      Contexts.configure(
          context,
          Contexts.appender("<queueSize>50</queueSize>")
              + "<root level='INFO'><appender-ref ref='L'/></root>");
      logger.info("configured");
      assertThat(appenders(context)).isEqualTo(1);
      assertThat(Contexts.root(context).getAppender("L").isStarted()).isTrue();
      context.reset();
      logger.info("own again");
      assertThat(attachment.counts().dropped()).isZero();
    }
    assertThat(sink.messages()).containsExactlyInAnyOrder("own", "configured", "own again");
    assertThat(sink.events()).allMatch(event -> event.service().equals("shop"));
  }

  /** Logs whenever a level changes, so in the middle of a configuration. */
  private final class Talker implements LoggerContextListener {

    @Override
    public boolean isResetResistant() {
      return true;
    }

    @Override
    public void onLevelChange(Logger changed, Level level) {
      if (changed.getName().startsWith("talk")) {
        context.getLogger("a").error("{}", changed.getName());
      }
    }

    @Override
    public void onStart(LoggerContext started) {}

    @Override
    public void onReset(LoggerContext reset) {}

    @Override
    public void onStop(LoggerContext stopped) {}
  }

  @Test
  void whatIsLoggedAmidAConfigurationArrivesOnce() {
    context.addListener(new Talker());
    LogdashAttachment attachment = LogdashAppender.attach(context, sink);
    context.reset();
    Contexts.configure(
        context,
        "<logger name='talk1' level='INFO'/>"
            + Contexts.appender("")
            + "<root level='INFO'><appender-ref ref='L'/></root>"
            + "<logger name='talk2' level='INFO'/>");
    attachment.close();

    assertThat(sink.messages()).containsExactlyInAnyOrder("talk1", "talk2");
  }

  @Test
  void findsAnAppenderBehindAnother() {
    Contexts.configure(
        context,
        Contexts.appender("")
            + "<appender name='A' class='ch.qos.logback.classic.AsyncAppender'>"
            + "<appender-ref ref='L'/></appender>"
            + "<root level='INFO'><appender-ref ref='A'/></root>");
    logger.info("before");
    try (LogdashAttachment attachment = LogdashAppender.attach(context, sink)) {
      logger.info("after");
      Conditions.await("both", () -> sink.submissions().size() == 2);
      assertThat(attachment.counts().sent()).as("by the configured one").isZero();
    }
    assertThat(sink.messages()).containsExactly("before", "after");
  }

  @Test
  void deliversWhatWasLoggedBeforeThereWasASink() {
    Contexts.configure(
        context, Contexts.appender("") + "<root level='INFO'><appender-ref ref='L'/></root>");
    for (int i = 0; i < 100; i++) {
      logger.info("boot {}", i);
    }
    LogdashAppender.attach(context, sink);
    logger.info("running");
    LogdashAttachment.of(context, LogdashAttachment::close);
    assertThat(sink.messages()).hasSize(101).startsWith("boot 0").endsWith("running");
  }

  @Test
  void aRestartOfTheHostLosesNothingInBetween() {
    Contexts.configure(
        context, Contexts.appender("") + "<root level='INFO'><appender-ref ref='L'/></root>");
    ScriptedSink second = new ScriptedSink();
    LogdashAttachment first = LogdashAppender.attach(context, sink);
    logger.info("first life");
    first.close();
    first.close();
    logger.info("in between");
    LogdashAttachment later = LogdashAppender.attach(context, second);
    logger.info("second life");
    later.close();
    assertThat(sink.messages()).containsExactly("first life");
    assertThat(second.messages()).containsExactly("in between", "second life");
  }

  @Test
  void aSecondAttachmentTakesOverFromTheFirst() {
    ScriptedSink second = new ScriptedSink();
    LogdashAttachment first = LogdashAppender.attach(context, sink);
    logger.info("first");
    LogdashAttachment later = LogdashAppender.attach(context, second);
    logger.info("second");
    assertThat(appenders(context)).isEqualTo(1);
    first.close();
    logger.info("still second");
    later.close();

    assertThat(sink.messages()).containsExactly("first");
    assertThat(second.messages()).containsExactly("second", "still second");
  }

  @Test
  void reachesLoggersThatAreNotAdditiveWhereAsked() {
    Contexts.configure(
        context,
        "<appender name='X' class='ch.qos.logback.core.read.ListAppender'/>"
            + "<logger name='audit' additivity='false'><appender-ref ref='X'/></logger>"
            + "<logger name='audit.deep' additivity='false'><appender-ref ref='X'/></logger>"
            + "<root level='INFO'/>");
    String[] names = {"audit", "audit.child", "audit.deep", "audit.deep.child", "other"};
    ScriptedSink deaf = new ScriptedSink();
    LogdashAppender.attach(context, deaf);
    List.of(names).forEach(name -> context.getLogger(name).info("{}", name));
    LogdashAttachment asked =
        LogdashAppender.attach(context, sink, own -> own.setNonAdditive(true));
    List.of(names).forEach(name -> context.getLogger(name).info("{}", name));
    asked.close();
    assertThat(deaf.messages()).containsExactly("other");
    assertThat(sink.messages()).containsExactly(names);
    assertThat(((ListAppender<ILoggingEvent>) context.getLogger("audit").getAppender("X")).list)
        .hasSize(8);
  }

  @Test
  void closingAnOtherwiseHealthyHostWhileItLogsLosesNothing() throws Exception {
    AtomicBoolean on = new AtomicBoolean(true);
    int[] logged = {0};
    Contexts.configure(
        context, Contexts.appender("") + "<root level='INFO'><appender-ref ref='L'/></root>");
    Thread talker =
        new Thread(
            () -> {
              while (on.get()) {
                logger.info("event {}", logged[0]++);
                Thread.yield();
              }
            });
    ScriptedSink[] sinks = new ScriptedSink[20];
    talker.start();
    long sent = 0;
    for (int i = 0; i < sinks.length; i++) {
      sinks[i] = new ScriptedSink();
      ScriptedSink current = sinks[i];
      LogdashAttachment attachment = LogdashAppender.attach(context, current);
      Conditions.await("events", () -> !current.submissions().isEmpty());
      attachment.close();
    }
    on.set(false);
    talker.join();
    LogdashAppender appender = (LogdashAppender) Contexts.root(context).getAppender("L");
    appender.setSink(sink);
    Conditions.await("the rest", () -> appender.counts().waiting() == 0);
    appender.stop();

    HashSet<String> found = new HashSet<>();
    for (ScriptedSink each : sinks) {
      found.addAll(each.messages());
      sent += each.submissions().size();
    }
    found.addAll(sink.messages());
    sent += sink.submissions().size();
    long told = found.stream().filter(message -> message.contains("dropped")).count();
    assertThat(sent).as("none twice").isEqualTo(found.size());
    assertThat(found.size() - told + appender.counts().dropped()).isEqualTo(logged[0]);
  }
}
