package dev.logdash.elasticsearch;

import dev.logdash.api.store.LogQuery;
import dev.logdash.core.kit.PipeRecipesContract;
import dev.logdash.tck.MutableClock;
import java.time.Duration;

class ElasticsearchPipeRecipesTest extends PipeRecipesContract<ElasticsearchLogStore> {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @Override
  protected ElasticsearchLogStore newStore() {
    return TestServer.store(MutableClock.atNoon()).build();
  }

  @Override
  protected void awaitVisible(ElasticsearchLogStore filled, int events) {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (filled.count(LogQuery.builder().build()).blockOptional(TIMEOUT).orElse(0L) < events) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not all of " + events + " events became visible");
      }
      Thread.onSpinWait();
    }
  }
}
