package dev.logdash.core.spool;

import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.tck.LogSinkContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class SpoolSinkTest extends LogSinkContract {

  private static final SpoolConfig CONFIG =
      SpoolConfig.defaults()
          .withSizes(64 * 1024, 1024 * 1024)
          .withFsync(FsyncPolicy.NONE, SpoolConfig.defaults().fsyncInterval());

  private final SpoolKit kit = new SpoolKit().with(CONFIG);
  private Spool spool;

  @Override
  protected LogSink open() {
    spool = kit.open();
    return spool.sink();
  }

  @Override
  protected List<RawRecord> accepted() {
    return kit.readAll(spool);
  }

  @Override
  protected AckLevel highestLevel() {
    return AckLevel.FSYNCED;
  }

  @AfterEach
  void closeSpool() {
    spool.close();
  }
}
