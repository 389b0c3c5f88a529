package dev.logdash.elasticsearch;

import dev.logdash.core.kit.StatementContract;
import java.time.Clock;

class ElasticsearchStatementsTest extends StatementContract<ElasticsearchLogStore> {

  @Override
  protected ElasticsearchLogStore newStore(Clock clock) {
    return TestServer.store(clock).build();
  }
}
