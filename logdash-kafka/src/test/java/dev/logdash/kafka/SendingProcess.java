package dev.logdash.kafka;

import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.pipeline.DeadLetters;
import dev.logdash.core.ship.SpoolSender;
import dev.logdash.core.spool.DiskFiles;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolConfig;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A program that spools numbered lines and sends them to Kafka, until it is killed or done. */
final class SendingProcess {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private SendingProcess() {}

  /** Folder, broker, topic, the first number, and how many lines, all of which it then drains. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Path.of(args[0]);
    int from = Integer.parseInt(args[3]);
    int count = Integer.parseInt(args[4]);
    Scheduler scheduler = Schedulers.newBoundedElastic(4, 1_000, "sending", 60, true);
    Random random = new Random();
    Clock clock = Clock.systemUTC();
    SpoolConfig config = SpoolConfig.defaults().withLanes(1);
    try (Spool spool =
            Spool.open(new DiskFiles(folder.resolve("spool")), config, clock, scheduler, random);
        Spool dead =
            Spool.open(new DiskFiles(folder.resolve("dead")), config, clock, scheduler, random);
        KafkaLogSink target =
            KafkaLogSink.open(
                KafkaSinkConfig.of(Map.of("bootstrap.servers", args[1]), args[2]), clock, random);
        SpoolSender sender =
            SpoolSender.start(
                spool.source("sender"),
                target,
                AckLevel.BROKERED,
                new DeadLetters(dead.sink(), dead::position, AckLevel.SPOOLED),
                scheduler,
                random)) {
      for (int i = from; i < from + count; i++) {
        spool
            .sink()
            .append(List.of(Submission.of("line " + i, "app")), AckLevel.SPOOLED)
            .block(PATIENCE);
        out.println(i);
      }
      sender.drain().block(PATIENCE);
      out.println("drained");
    }
    System.exit(0);
  }
}
