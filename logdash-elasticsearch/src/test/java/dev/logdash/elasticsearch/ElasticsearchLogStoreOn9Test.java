package dev.logdash.elasticsearch;

import dev.logdash.tck.LogStoreContract;
import dev.logdash.tck.MutableClock;
import java.time.Clock;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(
    value = "dev.logdash.elasticsearch.Version9#isThere",
    disabledReason = "no Java of 21 or newer, which Elasticsearch 9 needs")
class ElasticsearchLogStoreOn9Test extends LogStoreContract<ElasticsearchLogStore> {

  private final String prefix = TestServer.newPrefix();

  @Override
  protected ElasticsearchLogStore newStore(Clock clock) {
    return TestServer.store(Version9.url(), prefix, clock).build();
  }

  @Override
  protected ElasticsearchLogStore reopen(ElasticsearchLogStore store) {
    store.close();
    return newStore(MutableClock.atNoon());
  }
}
