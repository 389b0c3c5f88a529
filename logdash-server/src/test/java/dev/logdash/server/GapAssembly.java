package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.core.LogdashBuilder;
import dev.logdash.core.parse.FieldSink;
import dev.logdash.core.spool.DiskFiles;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolConfig;
import dev.logdash.embedded.Assembly;
import dev.logdash.embedded.EmbeddedLogdash;
import dev.logdash.embedded.EmbeddedStorage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;

/** The real parts of an installation, watched where they meet, and with small segments. */
final class GapAssembly implements Assembly {

  // One append of a batch of lines fills a segment; few records make a checkpoint.
  private static final int SEGMENT_BYTES = 16 << 10;

  private final GapWatch watch;
  private final Fault fault;

  GapAssembly(GapWatch watch, Fault fault) {
    this.watch = watch;
    this.fault = fault;
  }

  @Override
  public Spool spool(
      Path folder, SpoolConfig config, Clock clock, Scheduler scheduler, RandomGenerator random) {
    boolean letters = folder.endsWith(EmbeddedLogdash.DEAD_LETTERS);
    GapFiles files = new GapFiles(new DiskFiles(folder), watch, letters);
    Spool spool = Spool.open(files, letters ? config : small(config), clock, scheduler, random);
    files.recovered();
    return spool;
  }

  private static SpoolConfig small(SpoolConfig config) {
    return config.withSizes(SEGMENT_BYTES, config.maxBytes());
  }

  private static boolean failOnPoison(byte[] bytes, int from, int to, FieldSink sink) {
    if (new String(bytes, from, to - from, UTF_8).contains('"' + NumberedLogs.POISON + '"')) {
      throw new IllegalStateException("poison");
    }
    return false;
  }

  @Override
  public LogdashBuilder connect(
      LogdashBuilder builder, LogSink sink, LogSource source, EmbeddedStorage storage) {
    GapSource watched = new GapSource(source, watch);
    GapStore store = new GapStore(storage.logStore(), watch, fault, watched);
    GapCells cells = new GapCells(storage.rollupStore(), watch, fault);
    if (fault == Fault.SNAPSHOT_BEFORE_FLUSH) {
      watched.afterwards(partition -> store.flushNow());
    } else if (fault == Fault.SNAPSHOT_BEFORE_CELLS) {
      watched.afterwards(cells::writeWithheld);
    }
    return builder
        .parser(GapAssembly::failOnPoison)
        .sink(new GapSink(sink, watch, fault))
        .source(watched)
        .events(store)
        .rollups(cells)
        .documents(new GapDocuments(storage.documentStore(), watch));
  }
}
