package dev.logdash.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopologyTest {

  private static final Map<String, String> FULL =
      Map.of(
          "logdash.ingest", "kafka",
          "logdash.kafka.bootstrap.servers", "broker:9092",
          "logdash.store", "elasticsearch",
          "logdash.elasticsearch.urls", "http://es:9200",
          "logdash.rollups", "mongo",
          "logdash.mongo.url", "mongodb://db:27017",
          "logdash.cache", "redis",
          "logdash.redis.url", "redis://cache:6379",
          "logdash.secret-key", "c2VjcmV0");

  @Test
  void nothingSetNeedsNoServer() {
    Topology topology = topology(Map.of());

    assertThat(topology.isEmbedded()).isTrue();
    assertThat(topology.readsAlone()).isFalse();
    assertThat(topology.role()).isEqualTo(ServerRole.ALL);
  }

  @ParameterizedTest
  @EnumSource(ServerRole.class)
  void theFullStackHasEveryRole(ServerRole role) {
    Topology topology = topology(with(FULL, "logdash.server.role", role.name()));

    assertThat(topology.role()).isEqualTo(role);
    assertThat(topology.isEmbedded()).isFalse();
    assertThat(topology.readsAlone()).isFalse();
  }

  @Test
  void aTopicBeforeStoresInTheFolderIsReadAsAWhole() {
    assertThat(topology(with(FULL, "logdash.store", "embedded")).readsAlone()).isTrue();
    assertThat(topology(with(FULL, "logdash.rollups", "embedded")).readsAlone()).isTrue();
  }

  @Test
  void aRoleWithoutATopicIsRefusedWithWhatToSet() {
    assertThatThrownBy(
            () ->
                topology(
                    with(with(FULL, "logdash.ingest", "local"), "logdash.server.role", "process")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("logdash.server.role = process")
        .hasMessageContaining("set logdash.ingest=kafka");
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerRole.class,
      names = {"PROCESS", "DASHBOARD"})
  void severalProcessesOverAnIndexInAFolderAreRefused(ServerRole role) {
    assertThatThrownBy(
            () ->
                topology(
                    with(
                        with(FULL, "logdash.store", "embedded"),
                        "logdash.server.role",
                        role.name())))
        .hasMessageContaining("set logdash.store=elasticsearch");
  }

  @Test
  void usersInAFolderAreRefusedWhereOthersNeedThem() {
    assertThatThrownBy(
            () ->
                topology(
                    with(
                        with(FULL, "logdash.rollups", "embedded"),
                        "logdash.server.role",
                        "ingest")))
        .hasMessageContaining("set logdash.rollups=mongo");
    assertThat(
            topology(with(with(FULL, "logdash.store", "embedded"), "logdash.server.role", "ingest"))
                .role())
        .isEqualTo(ServerRole.INGEST);
  }

  @Test
  void processesThatShowShareAKey() {
    Map<String, String> settings = with(FULL, "logdash.secret-key", "");

    assertThatThrownBy(() -> topology(with(settings, "logdash.server.role", "dashboard")))
        .hasMessageContaining("logdash.secret-key: not set")
        .hasMessageContaining("the same for all processes");
    assertThat(topology(with(settings, "logdash.server.role", "process")).role())
        .isEqualTo(ServerRole.PROCESS);
  }

  @Test
  void allThatIsMissingIsToldAtOnce() {
    Map<String, String> bare =
        Map.of(
            "logdash.ingest", "kafka",
            "logdash.store", "elasticsearch",
            "logdash.rollups", "mongo",
            "logdash.cache", "redis");

    assertThatThrownBy(() -> topology(bare))
        .hasMessageContaining("logdash.kafka.bootstrap.servers: not set")
        .hasMessageContaining("logdash.elasticsearch.urls: not set")
        .hasMessageContaining("logdash.mongo.url: not set")
        .hasMessageContaining("logdash.redis.url: not set");
  }

  private static Topology topology(Map<String, String> settings) {
    return Topology.of(LogdashConfig.of(List.of(new ConfigSource("test", settings))));
  }

  private static Map<String, String> with(Map<String, String> settings, String name, String value) {
    Map<String, String> changed = new HashMap<>(settings);
    changed.put(name, value);
    return changed;
  }
}
