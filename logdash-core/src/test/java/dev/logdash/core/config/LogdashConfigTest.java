package dev.logdash.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogdashConfigTest {

  @Test
  void everyDefaultIsAValueOfItsKind() {
    LogdashConfig defaults = LogdashConfig.defaults();

    for (ConfigKey<?> key : ConfigKeys.ALL) {
      assertThat(defaults.get(key)).as(key.name()).isNotNull();
      assertThat(defaults.source(key)).isEmpty();
    }
    assertThat(defaults.get(ConfigKeys.DATA_DIR))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".logdash"));
  }

  @Test
  void ofTwoSourcesTheLaterCounts() {
    LogdashConfig config =
        LogdashConfig.of(
            List.of(
                source("file", "logdash.spool.lanes", "2"),
                source("file", "logdash.data.dir", "/a"),
                source("properties", "logdash.spool.lanes", "3")));

    assertThat(config.get(ConfigKeys.SPOOL_LANES)).isEqualTo(3);
    assertThat(config.source(ConfigKeys.SPOOL_LANES)).contains("properties");
    assertThat(config.get(ConfigKeys.DATA_DIR)).isEqualTo(Path.of("/a"));
    assertThat(config.source(ConfigKeys.DATA_DIR)).contains("file");
  }

  @Test
  void anUnknownNameIsRefusedWithTheNearestOne() {
    refuses(
        source("app.yaml", "logdash.spool.lane", "2"),
        "logdash.spool.lane (app.yaml): no such setting; the nearest is logdash.spool.lanes");
    refuses(
        source("app.yaml", "logdash.retention.maxage", "2d"),
        "logdash.retention.maxage (app.yaml): no such setting; the nearest is"
            + " logdash.retention.max-age");
  }

  @Test
  void anUnknownVariableIsRefusedWithTheNearestOne() {
    refuses(
        ConfigSource.environment(Map.of("LOGDASH_DATA_DRI", "/a")),
        "LOGDASH_DATA_DRI (environment): no such setting; the nearest is LOGDASH_DATA_DIR");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThatThrownBy(
            () ->
                LogdashConfig.of(
                    List.of(
                        source("a", "logdash.spool.lanes", "many"),
                        source("b", "logdash.nope", "1"))))
        .hasMessageContaining(
            "logdash.spool.lanes = many (a): expected a whole number from 1 to 64")
        .hasMessageContaining("logdash.nope (b)");
  }

  @Test
  void aSecretStandsInNoMessage() {
    String secret = "correct horse";

    assertThat(ConfigKeys.INGEST_API_KEY.type().isSecret()).isTrue();
    LogdashConfig given = LogdashConfig.of(List.of(source("a", "logdash.ingest.api-key", "abc")));
    assertThat(given.shown(ConfigKeys.INGEST_API_KEY)).isEqualTo("***");
    assertThat(LogdashConfig.defaults().shown(ConfigKeys.INGEST_API_KEY)).isEmpty();
    assertThat(given.shown(ConfigKeys.SPOOL_LANES)).isEqualTo("2");
    assertThat(ConfigKeys.INGEST_API_KEY.type().kind()).isEqualTo("secret");
    assertThatThrownBy(
            () -> LogdashConfig.of(List.of(source("a", "logdash.ingest.api-key", secret))))
        .hasMessageContaining("logdash.ingest.api-key (a): expected")
        .hasMessageNotContaining("horse");
    assertThatThrownBy(() -> ConfigKeys.INGEST_API_KEY.type().parse(secret))
        .hasMessageNotContaining("horse");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "logs:7070",
        "ftp://logs",
        "http://",
        "http://logs:70707",
        "http://user:word@logs",
        "http://logs?x=y",
        "http://logs#x",
        "http://lo gs"
      })
  void whatIsNoAddressOfAServerIsRefused(String text) {
    assertThatThrownBy(() -> ConfigKeys.INGEST.type().parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void logsGoToAServerOrToKafkaOrStayHere() {
    assertThat(ConfigKeys.INGEST.type().parse("Local")).isEqualTo(new IngestTarget.Local());
    assertThat(ConfigKeys.INGEST.type().parse("kafka")).isEqualTo(new IngestTarget.Kafka());
    assertThat(ConfigKeys.INGEST.type().parse("https://logs:7070/app").server())
        .hasValue(URI.create("https://logs:7070/app"));
  }

  @Test
  void whatIsBelowKafkaGoesToKafkaButForOurOwn() {
    LogdashConfig config =
        LogdashConfig.of(
            List.of(
                source("a", "logdash.kafka.linger.ms", "5"),
                source("a", "logdash.kafka.topic", "logs"),
                ConfigSource.environment(
                    Map.of(
                        "LOGDASH_KAFKA_BOOTSTRAP_SERVERS", "broker:9092",
                        "LOGDASH_KAFKA_GROUP", "mine")),
                source("b", "logdash.kafka.linger.ms", "20")));

    assertThat(config.below(BackendKeys.KAFKA))
        .containsExactly(entry("bootstrap.servers", "broker:9092"), entry("linger.ms", "20"));
    assertThat(config.get(BackendKeys.KAFKA_TOPIC)).isEqualTo("logs");
    assertThat(config.get(BackendKeys.KAFKA_GROUP)).isEqualTo("mine");
  }

  @Test
  void aWrongValueIsRefusedEvenWhereALaterSourceHasARightOne() {
    assertThatThrownBy(
            () ->
                LogdashConfig.of(
                    List.of(
                        source("a", "logdash.spool.lanes", "0"),
                        source("b", "logdash.spool.lanes", "2"))))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void variablesMayBeWrittenWithOrWithoutUnderscores() {
    LogdashConfig config =
        LogdashConfig.of(
            List.of(
                ConfigSource.environment(
                    Map.of(
                        "LOGDASH_SPOOL_MAX_BYTES", "2GB",
                        "LOGDASH_RETENTION_MAXAGE", "3d",
                        "LOGDASH_ROLLUP_RETENTION_10S", "6h",
                        "PATH", "/bin"))));

    assertThat(config.get(ConfigKeys.SPOOL_MAX_BYTES)).isEqualTo(2L << 30);
    assertThat(config.get(ConfigKeys.RETENTION_MAX_AGE)).isEqualTo(Duration.ofDays(3));
    assertThat(config.get(ConfigKeys.ROLLUP_RETENTION_10S)).isEqualTo(Duration.ofHours(6));
  }

  @Test
  void tablesMayBeNamedByVariablesToo() {
    LogdashConfig config =
        LogdashConfig.of(
            List.of(
                ConfigSource.environment(
                    Map.of("LOGDASH_ENRICH_LOOKUP_HOSTS_FILE", "/etc/hosts.csv"))));

    assertThat(config.below(EnrichKeys.LOOKUP))
        .containsExactly(Map.entry("hosts.file", "/etc/hosts.csv"));
    assertThat(config.below(BackendKeys.KAFKA)).isEmpty();
  }

  @Test
  void variablesOfKubernetesAndOfTheLauncherAreNoSettings() {
    ConfigSource source =
        ConfigSource.environment(
            Map.of(
                "LOGDASH_SERVICE_HOST", "10.0.0.1",
                "LOGDASH_PORT", "tcp://10.0.0.1:80",
                "LOGDASH_PORT_80_TCP_ADDR", "10.0.0.1",
                "LOGDASH_JAVA_OPTS", "-Xmx1g",
                "LOGDASH_CONFIG", "a.yaml"));

    assertThat(source.values()).isEmpty();
  }

  @Test
  void propertiesOfOthersAreLeftAlone() {
    ConfigSource source =
        ConfigSource.properties(
            "system properties", Map.of("java.version", "17", "logdash.data.dir", "/a"));

    assertThat(source.values()).isEqualTo(Map.of("logdash.data.dir", "/a"));
  }

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "30s, PT30S",
    "5m, PT5M",
    "36h, PT36H",
    "7d, PT168H",
    "PT1H30M, PT1H30M",
    "' 2 H ', PT2H",
  })
  void durationsAreReadAsPeopleWriteThem(String text, Duration expected) {
    assertThat(ConfigType.duration("1ms", "36500d").parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "m", "-5m", "5 years", "1h30m", "99999999999999999999d", "25h"})
  void whatIsNoDurationWithinTheRangeIsRefused(String text) {
    assertThatThrownBy(() -> ConfigType.duration("1s", "1d").parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void statisticsMayBeKeptForEver() {
    assertThat(LogdashConfig.defaults().get(ConfigKeys.ROLLUP_RETENTION_1D))
        .isEqualTo(ConfigType.FOREVER);
    assertThat(ConfigKeys.ROLLUP_RETENTION_10S.type().parse("Forever"))
        .isEqualTo(ConfigType.FOREVER);
  }

  @ParameterizedTest
  @CsvSource({
    "512, 512",
    "512B, 512",
    "1KB, 1024",
    "64MB, 67108864",
    "64MiB, 67108864",
    "64 m, 67108864",
    "2g, 2147483648",
    "1TB, 1099511627776",
  })
  void sizesAreReadInPowersOf1024(String text, long expected) {
    assertThat(ConfigType.bytes("1B", "16TB").parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "-1MB", "1.5MB", "64XB", "999999999999999999TB", "17TB"})
  void whatIsNoSizeWithinTheRangeIsRefused(String text) {
    assertThatThrownBy(() -> ConfigType.bytes("1KB", "16TB").parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"10%, 0.1", "0%, 0", "0.25, 0.25", "99.5 %, 0.995"})
  void fractionsMayBePercentages(String text, double expected) {
    assertThat(ConfigType.fraction().parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100%", "1", "-1%", "NaN", "ten"})
  void whatIsNoFractionIsRefused(String text) {
    assertThatThrownBy(() -> ConfigType.fraction().parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void booleansAreNotGuessed() {
    assertThat(ConfigType.bool().parse("TRUE")).isTrue();
    assertThatThrownBy(() -> ConfigType.bool().parse("yes"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ConfigSource source(String place, String name, String value) {
    return new ConfigSource(place, Map.of(name, value));
  }

  private static void refuses(ConfigSource source, String message) {
    assertThatThrownBy(() -> LogdashConfig.of(List.of(source)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }
}
