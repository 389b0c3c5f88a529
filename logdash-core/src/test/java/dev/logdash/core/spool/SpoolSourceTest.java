package dev.logdash.core.spool;

import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.tck.LogSourceContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class SpoolSourceTest extends LogSourceContract {

  private final SpoolKit kit = new SpoolKit().with(SpoolKit.SMALL.withLanes(2));
  private Spool spool;

  @Override
  protected LogSource open() {
    if (spool != null) {
      spool.close();
    }
    spool = kit.open();
    return spool.source("processor");
  }

  @Override
  protected void append(List<String> lines) {
    SpoolKit.append(spool, AckLevel.SPOOLED, lines.toArray(String[]::new));
  }

  @Override
  protected void elapse(Duration duration) {
    kit.clock.advance(duration);
    kit.scheduler.advanceTimeBy(duration);
  }

  @AfterEach
  void closeSpool() {
    spool.close();
  }
}
