package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.core.config.ConfigException;
import dev.logdash.core.config.ConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where settings come from, and which of two holds. */
class SettingsTest {

  @TempDir Path folder;
  private Path yaml;

  @BeforeEach
  void setUp() {
    yaml = folder.resolve("logdash.yaml");
  }

  @Test
  void levelsAndDotsBothPartAName() throws IOException {
    Files.writeString(
        yaml,
        """
        # what we keep
        logdash:
          data:
            dir: /var/lib/logdash
          retention.max-age: 30d
        logdash.spool.lanes: 2
        """);

    ConfigSource source = YamlSource.read(yaml);

    assertThat(source.values())
        .isEqualTo(
            Map.of(
                "logdash.data.dir", "/var/lib/logdash",
                "logdash.retention.max-age", "30d",
                "logdash.spool.lanes", "2"));
    assertThat(source.name()).isEqualTo(yaml.toString());
  }

  @Test
  void anEmptyFileGivesNothing() throws IOException {
    Files.writeString(yaml, "# nothing yet\n");

    assertThat(YamlSource.read(yaml).values()).isEmpty();
  }

  @Test
  void aNameGivenTwiceIsRefused() throws IOException {
    Files.writeString(yaml, "logdash.spool.lanes: 2\nlogdash:\n  spool:\n    lanes: 3\n");

    assertThatThrownBy(() -> YamlSource.read(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("logdash.spool.lanes is given twice");
  }

  @Test
  void whatIsNoYamlIsRefusedWithItsFile() throws IOException {
    Files.writeString(yaml, "logdash: [\n");

    assertThatThrownBy(() -> YamlSource.read(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(yaml.toString());
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    CommandRun.Answer answer = new CommandRun().run("stats", "--config", yaml.toString());

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains(yaml.toString(), "no such file");
  }

  @Test
  void theFileIsTheWeakestThenEnvironmentThenPropertiesThenOptions() throws IOException {
    Files.writeString(yaml, "logdash.data.dir: " + folder.resolve("from-file") + "\n");

    assertThat(doctor().run("doctor").out()).contains("from-file");
    CommandRun variable = doctor().variable("LOGDASH_DATA_DIR", path("from-environment"));
    assertThat(variable.run("doctor").out()).contains("from-environment");
    CommandRun property = variable.property("logdash.data.dir", path("from-property"));
    assertThat(property.run("doctor").out()).contains("from-property");
    assertThat(property.run("doctor", "-D", "logdash.data.dir=" + path("from-d")).out())
        .contains("from-d");
    assertThat(property.run("doctor", "--data", path("from-option")).out()).contains("from-option");
  }

  @Test
  void aWrongSettingEndsTheCommandWithAllThatIsWrong() throws IOException {
    Files.writeString(yaml, "logdash.spool.lane: 2\nlogdash.retention.max-age: soon\n");

    CommandRun.Answer answer = doctor().run("stats");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err())
        .contains("the nearest is logdash.spool.lanes")
        .contains("logdash.retention.max-age = soon", "expected a duration")
        .doesNotContain("Exception");
  }

  private CommandRun doctor() {
    return new CommandRun().variable("LOGDASH_CONFIG", yaml.toString());
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
