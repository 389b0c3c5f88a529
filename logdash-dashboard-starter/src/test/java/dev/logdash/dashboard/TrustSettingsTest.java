package dev.logdash.dashboard;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The files of the settings reach their adapter, which refuses them for a connection without TLS.
 */
class TrustSettingsTest {

  @Test
  void redisKnowsTheFile() {
    LogdashConfig config =
        config("logdash.redis.url", "redis://127.0.0.1:1", "logdash.redis.ca-file", "ca.pem");

    assertThatThrownBy(() -> new SharedMemory(config)).hasMessageContaining("rediss://");
  }

  @Test
  void mongoKnowsTheFile() {
    LogdashConfig config =
        config("logdash.mongo.url", "mongodb://127.0.0.1:1", "logdash.mongo.ca-file", "ca.pem");

    assertThatThrownBy(() -> MongoWiring.open(config)).hasMessageContaining("tls=true");
  }

  @Test
  void elasticsearchKnowsTheFile() {
    LogdashConfig config =
        config(
            "logdash.elasticsearch.urls",
            "http://127.0.0.1:1",
            "logdash.elasticsearch.ca-file",
            "ca.pem");

    assertThatThrownBy(() -> ElasticsearchWiring.open(config, Clock.systemUTC()))
        .hasMessageContaining("https://");
  }

  @Test
  void eachKnowsTheFileOfACertificate() {
    LogdashConfig redis =
        config(
            "logdash.redis.url", "redis://127.0.0.1:1", "logdash.redis.certificate-file", "c.pem");
    LogdashConfig mongo =
        config(
            "logdash.mongo.url",
            "mongodb://127.0.0.1:1",
            "logdash.mongo.certificate-file",
            "c.pem");
    LogdashConfig elasticsearch =
        config(
            "logdash.elasticsearch.urls",
            "http://127.0.0.1:1",
            "logdash.elasticsearch.certificate-file",
            "c.pem");

    assertThatThrownBy(() -> new SharedMemory(redis)).hasMessageContaining("rediss://");
    assertThatThrownBy(() -> MongoWiring.open(mongo)).hasMessageContaining("tls=true");
    assertThatThrownBy(() -> ElasticsearchWiring.open(elasticsearch, Clock.systemUTC()))
        .hasMessageContaining("https://");
  }

  @Test
  void anAddressThatIsNoneIsNotShown() {
    LogdashConfig config = config("logdash.elasticsearch.urls", "https://ann:se^cret@es:9200");

    assertThatThrownBy(() -> ElasticsearchWiring.open(config, Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("logdash.elasticsearch.urls")
        .hasMessageNotContaining("cret")
        .hasNoCause();
  }

  private static LogdashConfig config(String... settings) {
    Map<String, String> values =
        settings.length == 2
            ? Map.of(settings[0], settings[1])
            : Map.of(settings[0], settings[1], settings[2], settings[3]);
    return LogdashConfig.of(List.of(new ConfigSource("test", values)));
  }
}
