package dev.logdash.embedded;

import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.core.LogdashBuilder;
import dev.logdash.core.spool.DiskFiles;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;

/** How the parts of a data folder meet; another assembly can stand between them. */
public interface Assembly {

  /** Part to part, with nothing between. */
  Assembly DIRECT = new Assembly() {};

  default Spool spool(
      Path folder, SpoolConfig config, Clock clock, Scheduler scheduler, RandomGenerator random) {
    return Spool.open(new DiskFiles(folder), config, clock, scheduler, random);
  }

  default LogdashBuilder connect(
      LogdashBuilder builder, LogSink sink, LogSource source, EmbeddedStorage storage) {
    return builder
        .sink(sink)
        .source(source)
        .events(storage.logStore())
        .rollups(storage.rollupStore())
        .documents(storage.documentStore());
  }
}
