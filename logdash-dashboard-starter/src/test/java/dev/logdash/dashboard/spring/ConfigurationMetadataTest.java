package dev.logdash.dashboard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.config.ConfigKey;
import dev.logdash.core.config.ConfigKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds what editors complete in application.yaml to the table of settings. */
class ConfigurationMetadataTest {

  private static final Path FILE =
      Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");
  private static final String REWRITE = "logdash.test.rewrite-docs";

  @Test
  void theMetadataIsThatOfTheTable() throws IOException {
    String expected = metadata();
    if (Boolean.getBoolean(REWRITE)) {
      Files.writeString(FILE, expected);
    }

    assertThat(Files.readString(FILE))
        .as(
            "stale: mvn test -pl logdash-dashboard-starter -am -Dtest=ConfigurationMetadataTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
            REWRITE)
        .isEqualTo(expected);
  }

  private static String metadata() {
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    ObjectNode root = mapper.createObjectNode();
    ObjectNode group = root.putArray("groups").addObject();
    group.put("name", "logdash");
    group.put("description", "Logs, requests and their statistics, on a dashboard.");
    ArrayNode properties = root.putArray("properties");
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      ObjectNode property = properties.addObject();
      property.put("name", key.name());
      property.put("type", type(key.type().kind()));
      property.put("description", key.description());
      if (key == ConfigKeys.DATA_DIR) {
        property.put("defaultValue", "~/.logdash-${spring.application.name}");
      } else if (key == ConfigKeys.HOST_SERVICE) {
        property.put("defaultValue", "${spring.application.name}");
      } else if (!key.defaultText().isEmpty()) {
        property.put("defaultValue", key.defaultText());
      }
    }
    return mapper.writeValueAsString(root).replace(System.lineSeparator(), "\n") + "\n";
  }

  // The rest is written in ways that Spring's own types do not know, such as 10% or 64MB or 7d.
  private static String type(String kind) {
    return switch (kind) {
      case "integer" -> "java.lang.Integer";
      case "boolean" -> "java.lang.Boolean";
      default -> "java.lang.String";
    };
  }
}
