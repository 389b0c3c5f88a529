package dev.logdash.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.cache.DashboardCache;
import dev.logdash.api.cache.PanelKey;
import dev.logdash.tck.DashboardCacheContract;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InMemoryDashboardCacheTest extends DashboardCacheContract {

  private final AtomicLong nanos = new AtomicLong();

  @Override
  protected DashboardCache openCache() {
    return new InMemoryDashboardCache(InMemoryDashboardCache.DEFAULT_MAX_CHARS, nanos::get);
  }

  @Override
  protected void elapse(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  @Test
  void holdsNoMoreThanItsLimit() {
    DashboardCache small = new InMemoryDashboardCache(10_000, nanos::get);
    for (int i = 0; i < 1_000; i++) {
      small.put(new PanelKey("a", "p" + i), "x".repeat(100), Duration.ofHours(1)).block();
    }

    long kept = 0;
    for (int i = 0; i < 1_000; i++) {
      kept += small.get(new PanelKey("a", "p" + i)).hasElement().block() ? 1 : 0;
    }
    assertThat(kept).isBetween(1L, 50L);
  }
}
