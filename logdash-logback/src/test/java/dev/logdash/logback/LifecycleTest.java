package dev.logdash.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.status.Status;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {

  private final LoggerContext context = Contexts.fresh();
  private final ScriptedSink sink = new ScriptedSink();
  private final Logger logger = context.getLogger("com.example.Shop");

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("logdash-logback"))
        .count();
  }

  @Test
  void startsAndStopsAsOftenAsIsSaid() {
    LogdashAppender appender = Contexts.appender(context, sink);
    appender.stop();
    appender.start();
    appender.start();
    assertThat(threads()).isEqualTo(1);
    logger.info("one");
    appender.stop();
    appender.stop();
    assertThat(appender.isStarted()).isFalse();
    logger.info("nobody listens");
    appender.start();
    logger.info("two");
    appender.stop();

    assertThat(sink.messages()).containsExactly("one", "two");
    assertThat(appender.counts().sent()).isEqualTo(2);
  }

  @Test
  void leavesNothingBehindAfterManyLives() {
    List<WeakReference<Object>> garbage = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      LogdashAppender appender = Contexts.appender(context, sink);
      appender.start();
      logger.info("life {}", new StringBuilder().append(i));
      appender.stop();
      logger.getLoggerContext().getLogger("ROOT").detachAppender(appender);
      garbage.add(new WeakReference<>(appender));
    }
    // A stopped context lets its appenders go as well.
    for (int i = 0; i < 200; i++) {
      LoggerContext host = Contexts.fresh();
      LogdashAttachment attachment = LogdashAppender.attach(host, sink);
      host.getLogger("a").info("host {}", i);
      attachment.close();
      garbage.add(new WeakReference<>(host));
    }

    assertThat(sink.messages()).hasSize(400);
    // It remembers who said something.
    context.getStatusManager().clear();
    Conditions.await("no thread", () -> threads() == 0);
    Conditions.await(
        "no memory",
        () -> {
          System.gc();
          return garbage.stream().filter(reference -> reference.get() != null).count() <= 1;
        });
  }

  @Test
  void itsThreadIsADaemonWithItsName() {
    LogdashAppender appender = Contexts.appender(context, sink);
    appender.start();
    assertThat(Thread.getAllStackTraces().keySet())
        .anyMatch(thread -> thread.getName().equals("logdash-logback-test") && thread.isDaemon());
    appender.stop();
  }

  @Test
  void stoppingCountsWhatTheSinkDoesNotTakeInTime() {
    LogdashAppender appender = Contexts.appender(context, sink);
    appender.setMaxFlushTime(20);
    sink.script(batch -> ScriptedSink.full());
    appender.start();
    for (int i = 0; i < 100; i++) {
      logger.info("event {}", i);
    }
    appender.stop();

    assertThat(appender.counts().dropped()).isEqualTo(100);
    assertThat(appender.counts().reasons()).containsOnlyKeys("closed.info");
    assertThat(appender.counts().waiting()).isZero();
  }

  @Test
  void withoutASinkItStopsAtOnce() {
    LogdashAppender appender = Contexts.appender(context, sink);
    appender.setSink(null);
    appender.setMaxFlushTime(Integer.MAX_VALUE);
    appender.start();
    logger.info("nobody");
    appender.stop();

    assertThat(appender.counts().reasons()).containsOnlyKeys("no_sink.info");
  }

  @Test
  void stoppingKeepsTheInterruptOfItsCaller() {
    LogdashAppender appender = Contexts.appender(context, sink);
    appender.start();
    logger.info("kept");
    Thread.currentThread().interrupt();
    appender.stop();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(sink.messages()).containsExactly("kept");
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    LogdashAppender appender = Contexts.appender(context, sink);
    appender.setQueueSize(0);
    appender.start();

    assertThat(appender.isStarted()).isFalse();
    assertThat(context.getStatusManager().getCopyOfStatusList())
        .anyMatch(
            status ->
                status.getLevel() == Status.ERROR && status.getMessage().contains("queueSize"));
  }

  @Test
  void takesNoEventApartThatCannotChange() {
    LogdashAppender appender = Contexts.appender(context, sink);
    appender.setSink(null);
    appender.start();
    Thread caller = Thread.currentThread();
    List<Thread> formatted = new ArrayList<>();
    LoggingEvent event =
        new LoggingEvent(
            "fqcn",
            logger,
            ch.qos.logback.classic.Level.INFO,
            "{} {}",
            null,
            new Object[] {1, "a"}) {
          @Override
          public String getFormattedMessage() {
            synchronized (formatted) {
              formatted.add(Thread.currentThread());
            }
            return super.getFormattedMessage();
          }
        };
    appender.doAppend(event);
    appender.setSink(sink);
    appender.stop();

    assertThat(sink.messages()).containsExactly("1 a");
    assertThat(formatted).isNotEmpty().doesNotContain(caller);
  }

  @Test
  void runsOnTheLogbackThatTheBuildNames() {
    // Says that the second run of these tests has the newer Logback.
    String expected = System.getProperty("logback.expected");
    if (expected != null) {
      String location =
          LoggerContext.class.getProtectionDomain().getCodeSource().getLocation().toString();
      assertThat(location).contains("logback-classic-" + expected);
    }
  }
}
