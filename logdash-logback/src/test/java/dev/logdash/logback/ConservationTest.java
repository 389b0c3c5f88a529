package dev.logdash.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.ingest.SinkAck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** Every logged event is sent, given to the fallback, or counted as dropped; to the unit. */
class ConservationTest {

  private static final int THREADS = 6;
  private static final int EVENTS = 4_000;

  private final LoggerContext context = Contexts.fresh();
  private final ScriptedSink sink = new ScriptedSink();
  private final Logger logger = context.getLogger("com.example.Shop");

  @AfterEach
  void stop() {
    context.stop();
  }

  /** How a sink may behave, by the number of the batch. */
  enum Behaviour {
    WELL((sink, n) -> ScriptedSink.TAKE),
    SLOW(
        (sink, n) -> {
          LockSupport.parkNanos(3_000_000);
          return ScriptedSink.TAKE;
        }),
    FULL((sink, n) -> ScriptedSink.full()),
    FULL_AT_TIMES((sink, n) -> n % 3 == 0 ? ScriptedSink.TAKE : ScriptedSink.full()),
    DOWN_AT_TIMES((sink, n) -> n % 2 == 0 ? ScriptedSink.TAKE : ScriptedSink.down()),
    BROKEN_AT_TIMES(
        (sink, n) ->
            n % 2 == 0 ? ScriptedSink.TAKE : Mono.error(new IllegalStateException("broken"))),
    THROWING_AT_TIMES(
        (sink, n) -> {
          if (n % 2 == 0) {
            return ScriptedSink.TAKE;
          }
          throw new IllegalArgumentException("thrown");
        }),
    REFUSING_AT_TIMES(
        (sink, n) ->
            n % 2 == 0
                ? ScriptedSink.TAKE
                : Mono.error(new BackendException.Rejected("never", null))),
    CLOSED((sink, n) -> Mono.error(new BackendException.Unavailable("closed", null)));

    final BiFunction<ScriptedSink, Integer, Mono<SinkAck>> answer;

    Behaviour(BiFunction<ScriptedSink, Integer, Mono<SinkAck>> answer) {
      this.answer = answer;
    }
  }

  @ParameterizedTest
  @EnumSource
  void holdsWithManyThreadsAndEverySink(Behaviour behaviour) throws Exception {
    LogdashAppender appender = Contexts.appender(context, sink);
    appender.setQueueSize(700);
    appender.setMaxFlushTime(300);
    GivenEvents given = new GivenEvents();
    appender.addFilter(given);
    appender.start();
    AtomicInteger batches = new AtomicInteger();
    sink.script(batch -> behaviour.answer.apply(sink, batches.incrementAndGet()));

    logFromManyThreads();
    // Some log on while it stops.
    Thread late = new Thread(() -> log("late"));
    late.start();
    appender.stop();
    late.join();

    AppenderCounts counts = appender.counts();
    List<LogEvent> events = events();
    assertThat(counts.waiting()).isZero();
    assertThat(counts.sent()).isEqualTo(events.size());
    assertThat(new HashSet<>(events.stream().map(LogEvent::message).toList()))
        .as("each at most once")
        .hasSize(events.size());
    long reasons = counts.reasons().values().stream().mapToLong(Long::longValue).sum();
    assertThat(counts.dropped()).isEqualTo(reasons);
    assertThat(given.get()).isGreaterThanOrEqualTo(THREADS * EVENTS);
    assertThat(counts.sent() + counts.dropped()).isEqualTo(given.get());
  }

  /** Counts each event that the appender is given while it is started, and nothing else. */
  private static final class GivenEvents extends Filter<ILoggingEvent> {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public FilterReply decide(ILoggingEvent event) {
      count.incrementAndGet();
      return FilterReply.NEUTRAL;
    }

    int get() {
      return count.get();
    }
  }

  private List<LogEvent> events() {
    return sink.events().stream()
        .filter(
            event -> !LogdashAppender.class.getName().equals(event.attributes().text("log.logger")))
        .toList();
  }

  private void logFromManyThreads() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      String name = "t" + t;
      Thread thread = new Thread(() -> log(name));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void log(String name) {
    for (int i = 0; i < EVENTS; i++) {
      if (i % 10 == 0) {
        logger.error("{} {}", name, i);
      } else if (i % 3 == 0) {
        logger.debug("{} {}", name, new StringBuilder().append(i));
      } else {
        logger.info("{} {}", name, i);
      }
    }
  }

  @Test
  void anEventThatComesTooLateIsCounted() throws Exception {
    LogdashAppender appender = Contexts.appender(context, sink);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    appender.addFilter(
        new Filter<>() {
          @Override
          public FilterReply decide(ILoggingEvent event) {
            inside.countDown();
            awaitQuietly(stopped);
            return FilterReply.NEUTRAL;
          }
        });
    appender.start();
    Thread late = new Thread(() -> logger.warn("late"));
    late.start();
    inside.await();
    appender.stop();
    stopped.countDown();
    late.join();

    assertThat(appender.counts().reasons()).containsOnly(Map.entry("closed.warn", 1L));
    assertThat(appender.counts().waiting()).isZero();
  }

  @Test
  void refusedEventsAreCountedAndTheOthersSent() {
    LogdashAppender appender = Contexts.appender(context, sink);
    sink.script(
        batch -> sink.accept(batch, List.of(new SinkAck.Rejected(batch.size() - 1, "too large"))));
    appender.setSink(null);
    appender.start();
    logger.info("a");
    logger.info("b");
    logger.warn("c");
    appender.setSink(sink);
    Conditions.await("sent", () -> appender.counts().sent() == 2);
    sink.script(batch -> ScriptedSink.TAKE);
    appender.stop();

    assertThat(events()).extracting(LogEvent::message).containsExactly("a", "b");
    assertThat(appender.counts().reasons()).containsOnly(Map.entry("rejected.warn", 1L));
  }

  @Test
  void belowWarnGoesFirst() {
    LogdashAppender appender = Contexts.appender(context, sink);
    appender.setQueueSize(10);
    appender.setDiscardingThreshold(4);
    appender.setSink(null);
    appender.start();
    for (int i = 0; i < 20; i++) {
      logger.info("info {}", i);
    }
    for (int i = 0; i < 20; i++) {
      logger.warn("warn {}", i);
    }
    assertThat(appender.counts().reasons())
        .containsEntry("no_sink.info", 14L)
        .containsEntry("no_sink.warn", 16L);
    appender.setSink(sink);
    appender.stop();

    assertThat(events())
        .extracting(LogEvent::message)
        .containsExactly(
            "info 0", "info 1", "info 2", "info 3", "info 4", "info 5", "warn 0", "warn 1",
            "warn 2", "warn 3");
  }

  @Test
  void theQueueIsBoundInBytes() {
    LogdashAppender appender = Contexts.appender(context, sink);
    appender.setQueueBytes(new FileSize(100_000));
    appender.setDiscardingThreshold(0);
    appender.setSink(null);
    appender.start();
    for (int i = 0; i < 1_000; i++) {
      logger.error("x".repeat(5_000));
    }
    appender.setSink(sink);
    appender.stop();

    // 5,000 characters count for 10,000 bytes.
    assertThat(events()).hasSize(9);
    assertThat(appender.counts().dropped()).isEqualTo(991);
  }

  @Test
  void callersGoOnWhileTheSinkHangs() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    sink.script(
        batch -> {
          hanging.countDown();
          awaitQuietly(answer);
          return ScriptedSink.TAKE;
        });
    LogdashAppender appender = Contexts.appender(context, sink);
    appender.setQueueSize(100);
    appender.setMaxFlushTime(50);
    appender.start();
    logger.info("first");
    hanging.await();
    for (int i = 0; i < 10_000; i++) {
      logger.error("more {}", i);
    }
    // Comes back although the sink does not; what it has is neither sent nor lost yet.
    appender.stop();
    assertThat(appender.counts().sent()).isZero();
    assertThat(appender.counts().waiting()).isPositive();

    answer.countDown();
    Conditions.await("end", () -> appender.counts().waiting() == 0);
    assertThat(appender.counts().sent() + appender.counts().dropped()).isEqualTo(10_001);
    assertThat(appender.counts().sent()).isEqualTo(sink.submissions().size());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("the thread of a sink must not be interrupted", e);
    }
  }

  @Test
  void mayWaitForRoomIfToldSo() {
    LogdashAppender appender = Contexts.appender(context, sink);
    appender.setQueueSize(10);
    appender.setNeverBlock(false);
    appender.setMaxBlock(60_000);
    appender.start();
    for (int i = 0; i < 5_000; i++) {
      logger.error("wait {}", i);
    }
    appender.stop();

    assertThat(appender.counts().sent()).isEqualTo(5_000);
  }

  @Test
  void tellsOfDropsWhenThereIsRoomAgain() {
    LogdashAppender appender = Contexts.appender(context, sink);
    appender.setQueueSize(10);
    appender.setSink(null);
    appender.setService("checkout");
    appender.start();
    for (int i = 0; i < 1_010; i++) {
      logger.error("error {}", i);
    }
    appender.setSink(sink);
    Conditions.await("told", () -> sink.submissions().size() == 11);
    appender.stop();

    LogEvent told = sink.events().get(10);
    assertThat(told.message()).isEqualTo("1,000 events were dropped: 1,000 no_sink.error");
    assertThat(told.severityText()).isEqualTo("WARN");
    assertThat(told.service()).isEqualTo("checkout");
    assertThat(told.attributes().get("log.logger")).isEqualTo(LogdashAppender.class.getName());
    assertThat(told.attributes().get("logdash.dropped.no_sink.error")).isEqualTo(1_000L);
    assertThat(told.attributes().get("logdash.dropped.total")).isEqualTo(1_000L);
    assertThat(sink.submissions()).as("told once").hasSize(11);
    assertThat(appender.counts().sent()).isEqualTo(10);
  }

  @Test
  void tellsOfDropsAtMostEachTenSeconds() {
    long[] clock = {0};
    Object lock = new Object();
    LogdashAppender appender =
        new LogdashAppender(
            () -> {
              synchronized (lock) {
                return clock[0];
              }
            });
    appender.setContext(context);
    appender.setQueueSize(10);
    sink.script(batch -> ScriptedSink.TAKE);
    Contexts.root(context).addAppender(appender);
    appender.start();
    for (int round = 0; round < 3; round++) {
      appender.setSink(null);
      for (int i = 0; i < 15; i++) {
        logger.error("error {}", i);
      }
      long wanted = 10L * (round + 1);
      appender.setSink(sink);
      Conditions.await("sent", () -> appender.counts().sent() >= wanted);
    }
    assertThat(told()).as("the drops of the first round only").hasSize(1);
    synchronized (lock) {
      clock[0] = TimeUnit.SECONDS.toNanos(10);
    }
    Conditions.await("told again", () -> told().size() == 2);

    assertThat(told().get(1)).startsWith("10 events were dropped");
    appender.stop();
  }

  private List<String> told() {
    return sink.messages().stream().filter(message -> message.contains("dropped")).toList();
  }

  @Test
  void theFallbackGetsWhatTheSinkRefuses() {
    LogdashAppender appender = Contexts.appender(context, sink);
    ListAppender<ILoggingEvent> other = new ListAppender<>();
    other.setContext(context);
    appender.addAppender(other);
    sink.script(batch -> Mono.error(new BackendException.Rejected("never", null)));
    appender.start();
    logger.info("a");
    logger.error("b");
    appender.stop();

    assertThat(other.list)
        .extracting(event -> event.getFormattedMessage())
        .containsExactly("a", "b");
    assertThat(appender.counts().fallback()).isEqualTo(2);
    assertThat(appender.counts().sent()).isZero();
    assertThat(appender.counts().dropped()).isZero();
    assertThat(other.isStarted()).isFalse();
  }
}
