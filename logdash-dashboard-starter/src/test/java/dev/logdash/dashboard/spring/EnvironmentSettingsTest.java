package dev.logdash.dashboard.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.core.config.ConfigException;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class EnvironmentSettingsTest {

  private final ConfigurableEnvironment environment = new StandardEnvironment();

  @Test
  void readsNamesAsSpringWritesThem() {
    add("file", Map.of("logdash.retention.maxAge", "30d", "logdash.spool.max_bytes", "64MB"));

    assertThat(config().get(ConfigKeys.RETENTION_MAX_AGE)).isEqualTo(Duration.ofDays(30));
    assertThat(config().get(ConfigKeys.SPOOL_MAX_BYTES)).isEqualTo(64L << 20);
    assertThat(config().source(ConfigKeys.RETENTION_MAX_AGE)).contains("file");
  }

  @Test
  void readsValuesOfOtherTypesAndPlaceholders() {
    add("file", Map.of("logdash.spool.lanes", 3, "logdash.data.dir", "${base}/logs"));
    add("base", Map.of("base", "/var"));

    assertThat(config().get(ConfigKeys.SPOOL_LANES)).isEqualTo(3);
    assertThat(config().get(ConfigKeys.DATA_DIR)).isEqualTo(Path.of("/var/logs"));
  }

  @Test
  void readsTheEnvironmentAndLeavesToKubernetesWhatIsItsOwn() {
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                Map.of(
                    "LOGDASH_DATA_DIR", "/data",
                    "LOGDASH_SERVICE_HOST", "10.0.0.1",
                    "LOGDASH_PORT", "tcp://10.0.0.1:80")));

    assertThat(config().get(ConfigKeys.DATA_DIR)).isEqualTo(Path.of("/data"));
  }

  @Test
  void letsTheStrongerPlaceWin() {
    add("weak", Map.of("logdash.spool.lanes", "1"));
    add("strong", Map.of("logdash.spool.lanes", "2"));

    assertThat(config().get(ConfigKeys.SPOOL_LANES)).isEqualTo(2);
  }

  @Test
  void asksPlacesThatDoNotSayWhatTheyHave() {
    environment
        .getPropertySources()
        .addFirst(
            new PropertySource<>("vault") {
              @Override
              public Object getProperty(String name) {
                return name.equals("logdash.spool.lanes") ? "5" : null;
              }
            });

    assertThat(config().get(ConfigKeys.SPOOL_LANES)).isEqualTo(5);
  }

  @Test
  void refusesAnUnknownNameWithTheNearest() {
    add("application.yaml", Map.of("logdash.pth", "/ops", "logback.path", "not ours"));

    assertThatThrownBy(this::config)
        .isInstanceOf(ConfigException.class)
        .hasMessage("logdash.pth (application.yaml): no such setting; the nearest is logdash.path");
  }

  @Test
  void tellsTheAddressOfTheDashboard() {
    assertThat(Announcement.address(environment, "/logdash")).isEqualTo("/logdash/");

    add("server", Map.of("local.server.port", "8081", "server.servlet.context-path", "/shop"));
    assertThat(Announcement.address(environment, "/ops"))
        .isEqualTo("http://localhost:8081/shop/ops/");

    add("tls", Map.of("server.ssl.bundle", "web"));
    assertThat(Announcement.address(environment, "/ops")).startsWith("https://");
  }

  @Test
  void namesTheApplication() {
    assertThat(ApplicationName.of(environment))
        .isEqualTo(Path.of("").toAbsolutePath().getFileName().toString());

    add("file", Map.of("spring.application.name", "shop"));
    assertThat(ApplicationName.of(environment)).isEqualTo("shop");
  }

  private void add(String name, Map<String, Object> values) {
    environment.getPropertySources().addFirst(new MapPropertySource(name, values));
  }

  private LogdashConfig config() {
    return LogdashConfig.of(EnvironmentSettings.of(environment));
  }
}
