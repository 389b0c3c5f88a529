package dev.logdash.server;

import dev.logdash.core.config.ConfigException;
import dev.logdash.core.config.ConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads settings from a YAML file, whose levels and dots both part a name. */
final class YamlSource {

  private YamlSource() {}

  static ConfigSource read(Path file) {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      flatten("", mapper().readTree(Files.readAllBytes(file)), values, file);
    } catch (IOException e) {
      throw new ConfigException(file + ": " + CommandLines.sentence(e), e);
    } catch (JacksonException e) {
      throw new ConfigException(file + ": not YAML: " + e.getOriginalMessage(), e);
    }
    return new ConfigSource(file.toString(), values);
  }

  // A name that stands twice is a slip; the later value would hide the earlier one.
  private static YAMLMapper mapper() {
    return YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  }

  private static void flatten(String name, JsonNode node, Map<String, String> values, Path file) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              member ->
                  flatten(
                      name.isEmpty() ? member.getKey() : name + "." + member.getKey(),
                      member.getValue(),
                      values,
                      file));
    } else if (!name.isEmpty()) {
      // A list has no place in any setting; as text it is refused by the kind of the setting.
      String text = node.isValueNode() ? node.asString("") : node.toString();
      if (values.put(name, text) != null) {
        throw new ConfigException(
            file + ": " + name + " is given twice", new IllegalArgumentException(name));
      }
    } else if (!node.isNull() && !node.isMissingNode()) {
      throw new ConfigException(
          file + ": expected names and values", new IllegalArgumentException(node.toString()));
    }
  }
}
