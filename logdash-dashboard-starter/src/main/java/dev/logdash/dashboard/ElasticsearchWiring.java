package dev.logdash.dashboard;

import static dev.logdash.dashboard.BackendMeter.counter;

import dev.logdash.core.config.BackendKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.elasticsearch.ElasticsearchLogStore;
import dev.logdash.elasticsearch.ElasticsearchLogStoreBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;

/** Elasticsearch as the settings name it. */
final class ElasticsearchWiring {

  private ElasticsearchWiring() {}

  static Stores.Events open(LogdashConfig config, Clock clock) {
    ElasticsearchLogStoreBuilder builder =
        ElasticsearchLogStore.builder(
                config.get(BackendKeys.ELASTICSEARCH_URLS).stream()
                    .map(ElasticsearchWiring::address)
                    .toList(),
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
    String certificate = config.get(BackendKeys.ELASTICSEARCH_CERTIFICATE_FILE);
    if (!certificate.isEmpty()) {
      builder.clientCertificate(Path.of(certificate));
    }
    ElasticsearchLogStore store = builder.build();
    return new Stores.Events(store, store, store, meters(store));
  }

  // The parser's own words may have a password in them that does not belong there.
  private static URI address(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          BackendKeys.ELASTICSEARCH_URLS.name() + " has something that is no address");
    }
  }

  private static List<BackendMeter> meters(ElasticsearchLogStore store) {
    return List.of(
        events("stored", () -> store.statistics().stored()),
        events("duplicate", () -> store.statistics().duplicates()),
        events("rejected", () -> store.statistics().rejected()),
        counter(
            "logdash.elasticsearch.resent.events",
            "Events sent again, once for each time",
            () -> store.statistics().sentAgain()),
        counter(
            "logdash.elasticsearch.bulks",
            "Requests with events",
            () -> store.statistics().bulks()),
        counter(
            "logdash.elasticsearch.bulk.splits",
            "Requests too large for the server, which went in two",
            () -> store.statistics().splits()),
        counter(
            "logdash.elasticsearch.scanned.events",
            "Events read one by one for questions that the server has no exact answer to",
            () -> store.statistics().scanned()));
  }

  private static BackendMeter events(String result, LongSupplier count) {
    return counter("logdash.elasticsearch.events", "What became of events", count)
        .with("result", result);
  }
}
