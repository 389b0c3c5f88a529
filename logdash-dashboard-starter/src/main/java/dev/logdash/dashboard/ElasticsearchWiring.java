package dev.logdash.dashboard;

import dev.logdash.core.config.BackendKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.elasticsearch.ElasticsearchLogStore;
import dev.logdash.elasticsearch.ElasticsearchLogStoreBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;

/** Elasticsearch as the settings name it. */
final class ElasticsearchWiring {

  private ElasticsearchWiring() {}

  static Stores.Events open(LogdashConfig config, Clock clock) {
    ElasticsearchLogStoreBuilder builder =
        ElasticsearchLogStore.builder(
                config.get(BackendKeys.ELASTICSEARCH_URLS).stream().map(URI::create).toList(),
                clock)
            .compatibility(config.get(BackendKeys.ELASTICSEARCH_COMPATIBILITY))
            .shards(
                config.get(BackendKeys.ELASTICSEARCH_SHARDS),
                config.get(BackendKeys.ELASTICSEARCH_REPLICAS));
    String key = config.get(BackendKeys.ELASTICSEARCH_API_KEY);
    String user = config.get(BackendKeys.ELASTICSEARCH_USERNAME);
    if (!key.isEmpty()) {
      builder.apiKey(key);
    } else if (!user.isEmpty()) {
      builder.user(user, config.get(BackendKeys.ELASTICSEARCH_PASSWORD));
    }
    String authority = config.get(BackendKeys.ELASTICSEARCH_CA_FILE);
    if (!authority.isEmpty()) {
      builder.certificateAuthority(Path.of(authority));
    }
    ElasticsearchLogStore store = builder.build();
    return new Stores.Events(store, store, store);
  }
}
