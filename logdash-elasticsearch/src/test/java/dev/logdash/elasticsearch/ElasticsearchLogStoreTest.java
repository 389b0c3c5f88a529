package dev.logdash.elasticsearch;

import dev.logdash.tck.LogStoreContract;
import dev.logdash.tck.MutableClock;
import java.time.Clock;

class ElasticsearchLogStoreTest extends LogStoreContract<ElasticsearchLogStore> {

  private final String prefix = TestServer.prefix();

  @Override
  protected ElasticsearchLogStore newStore(Clock clock) {
    return TestServer.store(TestServer.url(), prefix, clock).build();
  }

  @Override
  protected ElasticsearchLogStore reopen(ElasticsearchLogStore store) {
    store.close();
    return newStore(MutableClock.atNoon());
  }
}
