package dev.logdash.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.core.decode.EventDecoder;
import dev.logdash.core.redact.RedactingSink;
import dev.logdash.core.redact.Redactor;
import dev.logdash.core.spool.DiskFiles;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The appender on the sink that it is made for. */
class SpoolTest {

  @TempDir Path folder;

  private final LoggerContext context = Contexts.fresh();
  private final Logger logger = context.getLogger("com.example.Shop");
  private final Scheduler scheduler = Schedulers.newBoundedElastic(4, 100, "spool-test", 60, true);

  @AfterEach
  void stop() {
    context.stop();
    scheduler.dispose();
  }

  private Spool open(SpoolConfig config) {
    return Spool.open(new DiskFiles(folder), config, Clock.systemUTC(), scheduler, new Random(1));
  }

  private List<LogEvent> read(Spool spool) {
    EventDecoder decoder = new EventDecoder();
    List<LogEvent> events = new ArrayList<>();
    try (LogSource source = spool.source("test")) {
      Assignment lane = source.assignments().blockFirst();
      long end = lane.end().block();
      lane.read(0)
          .takeUntil(batch -> batch.nextOffset() >= end)
          .doOnNext(batch -> batch.records().forEach(r -> events.add(decoder.decode(r))))
          .blockLast();
    }
    return events;
  }

  @Test
  void keepsOrderAndMasksSecrets() {
    try (Spool spool = open(SpoolConfig.defaults().withLanes(1))) {
      LogdashAttachment attachment =
          LogdashAppender.attach(context, new RedactingSink(spool.sink(), Redactor.standard()));
      for (int i = 0; i < 5_000; i++) {
        logger.warn("event {}", i);
      }
      logger.error("login failed password={}", "hunter2");
      attachment.close();

      List<LogEvent> events = read(spool);
      assertThat(events).hasSize(5_001);
      for (int i = 0; i < 5_000; i++) {
        assertThat(events.get(i).message()).isEqualTo("event " + i);
      }
      assertThat(events.get(5_000).toString()).contains("password=***").doesNotContain("hunter2");
      assertThat(attachment.counts().sent()).isEqualTo(5_001);
    }
  }

  @Test
  void aFullSpoolCostsWhatIsCounted() {
    SpoolConfig small = SpoolConfig.defaults().withLanes(1).withSizes(64 * 1024, 512 * 1024);
    try (Spool spool = open(small)) {
      LogdashAppender appender = new LogdashAppender();
      appender.setContext(context);
      appender.setQueueSize(1_000);
      appender.setMaxFlushTime(100);
      appender.setSink(spool.sink());
      Contexts.root(context).addAppender(appender);
      appender.start();
      for (int i = 0; i < 20_000; i++) {
        logger.error("event {} {}", i, "some more text, so that the spool is full soon");
      }
      Conditions.await(
          "full", () -> appender.counts().reasons().containsKey("sink_full.error") || logOne());
      appender.stop();

      AppenderCounts counts = appender.counts();
      assertThat(counts.sent()).isPositive();
      assertThat(counts.sent() + counts.dropped()).isEqualTo(20_000 + more);
      // There may be room for the event that tells of the drops.
      assertThat(read(spool))
          .filteredOn(
              event -> event.message().startsWith("event") || event.message().startsWith("one"))
          .hasSize((int) counts.sent());
    }
  }

  private int more;

  private boolean logOne() {
    more++;
    logger.error("one more");
    return false;
  }

  @Test
  void aSpoolThatWasClosedFirstCostsWhatIsCounted() {
    Spool spool = open(SpoolConfig.defaults());
    LogdashAttachment attachment =
        LogdashAppender.attach(context, spool.sink(), own -> own.setMaxFlushTime(50));
    logger.info("kept");
    Conditions.await("sent", () -> attachment.counts().sent() == 1);
    spool.close();
    logger.info("lost");
    attachment.close();

    assertThat(attachment.counts().reasons()).containsOnlyKeys("closed.info");
    assertThat(attachment.counts().sent()).isEqualTo(1);
  }
}
