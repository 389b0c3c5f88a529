package dev.logdash.server;

import dev.logdash.api.ingest.LogSource;
import dev.logdash.core.LogdashBuilder;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolConfig;
import dev.logdash.core.spool.SpoolFiles;
import dev.logdash.embedded.EmbeddedStorage;
import java.time.Clock;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The parts of an installation with a kill switch between them, and with small segments. */
final class DeadlyAssembly implements Assembly {

  private static final int SEGMENT_BYTES = 128 << 10;
  // So small that reading waits for processing, and a kill leaves most of the files for later.
  private static final int SPOOL_BYTES = 3 << 19;
  private static final int BATCH_RECORDS = 400;

  private final KillSwitch killSwitch;
  private final DeadlySteps steps;
  private final Fault fault;

  DeadlyAssembly(KillSwitch killSwitch, RandomGenerator random, Fault fault) {
    this.killSwitch = killSwitch;
    this.steps = new DeadlySteps(killSwitch, random);
    this.fault = fault;
  }

  @Override
  public Spool spool(
      SpoolFiles files,
      SpoolConfig config,
      Clock clock,
      Scheduler scheduler,
      RandomGenerator random) {
    boolean deadLetters = files.location().endsWith(Installation.DEAD_LETTERS);
    DeadlyFiles deadly = new DeadlyFiles(files, killSwitch, deadLetters);
    Spool spool =
        Spool.open(deadly, deadLetters ? config : small(config), clock, scheduler, random);
    deadly.recovered();
    return spool;
  }

  private static SpoolConfig small(SpoolConfig config) {
    return config
        .withSizes(SEGMENT_BYTES, SPOOL_BYTES)
        .withBatches(BATCH_RECORDS, config.batchBytes());
  }

  @Override
  public LogdashBuilder connect(LogdashBuilder builder, LogSource source, EmbeddedStorage storage) {
    DeadlyEvents events = new DeadlyEvents(storage.logStore(), steps, fault);
    DeadlyCells cells = new DeadlyCells(storage.rollupStore(), steps, fault);
    LogSource read =
        switch (fault) {
          case EARLY_ACKNOWLEDGE ->
              new DeadlySource(source, partition -> Mono.defer(events::flushNow));
          case SNAPSHOT_BEFORE_CELLS ->
              new DeadlySource(source, partition -> cells.writeWithheld(partition).then());
          default -> source;
        };
    return builder
        .source(read)
        .events(events)
        .rollups(cells)
        .documents(new DeadlyDocuments(storage.documentStore(), steps));
  }
}
