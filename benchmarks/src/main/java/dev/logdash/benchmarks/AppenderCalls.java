package dev.logdash.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import com.sun.management.ThreadMXBean;
import dev.logdash.core.spool.DiskFiles;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolConfig;
import dev.logdash.logback.LogdashAppender;
import dev.logdash.logback.LogdashAttachment;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Calls a logger at an even pace and prints what a call costs its thread: one row of the table. The
 * two readings of the clock are part of each figure.
 */
public final class AppenderCalls {

  private static final int PER_SECOND = 20_000;
  private static final int WARM_UP_SECONDS = 5;
  private static final int SECONDS = 10;
  private static final int BURST = 20;

  private AppenderCalls() {}

  /**
   * Measures one appender.
   *
   * @param arguments the name of an {@link AppenderPeer}, and a folder for its files
   */
  public static void main(String[] arguments) {
    AppenderPeer peer = AppenderPeer.valueOf(arguments[0]);
    Path work = Path.of(arguments[1]);
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    peer.configure(context, work);
    if (peer != AppenderPeer.LOGDASH) {
      measure(peer);
      context.stop();
      return;
    }
    Scheduler scheduler = Schedulers.newBoundedElastic(4, 1_000, "spool", 60, true);
    try (Spool spool =
        Spool.open(
            new DiskFiles(work.resolve("spool")),
            SpoolConfig.defaults(),
            Clock.systemUTC(),
            scheduler,
            new Random(1))) {
      LogdashAttachment attachment = LogdashAppender.attach(context, spool.sink());
      LogdashAppender appender =
          (LogdashAppender) context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("P");
      measure(peer);
      attachment.close();
      System.err.println(appender.counts());
    } finally {
      scheduler.dispose();
    }
  }

  private static void measure(AppenderPeer peer) {
    Logger logger = LoggerFactory.getLogger("com.example.shop.OrderService");
    calls(logger, WARM_UP_SECONDS * PER_SECOND);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    int count = SECONDS * PER_SECOND;
    Histogram nanos = calls(logger, count);
    long bytes = (threads.getThreadAllocatedBytes(thread) - before) / count;
    System.out.printf(
        Locale.ROOT,
        "| %s | %,d | %,d | %,d | %,d | %d |%n",
        peer.title(),
        nanos.getValueAtPercentile(50),
        nanos.getValueAtPercentile(99),
        nanos.getValueAtPercentile(99.9),
        nanos.getMaxValue(),
        bytes);
  }

  /** Each millisecond so many calls as the pace wants, evenly spaced. */
  private static Histogram calls(Logger logger, int count) {
    Histogram nanos = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
    long gap = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    long due = System.nanoTime();
    for (int i = 0; i < count; i++) {
      due += gap;
      if (i % BURST == 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      while (System.nanoTime() < due) {
        Thread.onSpinWait();
      }
      long start = System.nanoTime();
      logger.info(
          "order {} processed for customer {} in {} ms status={}", i, "c-" + (i & 1023), 17, "ok");
      nanos.recordValue(System.nanoTime() - start);
    }
    return nanos;
  }
}
