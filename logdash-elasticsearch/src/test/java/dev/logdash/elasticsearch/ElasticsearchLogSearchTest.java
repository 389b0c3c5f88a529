package dev.logdash.elasticsearch;

import dev.logdash.tck.LogSearchContract;
import java.time.Clock;

class ElasticsearchLogSearchTest extends LogSearchContract<ElasticsearchLogStore> {

  @Override
  protected ElasticsearchLogStore newStore(Clock clock) {
    return TestServer.store(clock).build();
  }
}
