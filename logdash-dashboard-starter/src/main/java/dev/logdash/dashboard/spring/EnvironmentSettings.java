package dev.logdash.dashboard.spring;

import dev.logdash.core.config.ConfigKey;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.ConfigSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The settings of logdash in an environment, each with the place that gave it. */
final class EnvironmentSettings {

  private static final String PREFIX = "logdash.";

  private EnvironmentSettings() {}

  /** The weakest first, as in the environment. */
  static List<ConfigSource> of(ConfigurableEnvironment environment) {
    List<ConfigSource> sources = new ArrayList<>();
    sources.add(unlisted(environment));
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> listed) {
        Map<String, String> values = values(listed, environment);
        sources.add(
            source instanceof SystemEnvironmentPropertySource
                ? ConfigSource.environment(values)
                : ConfigSource.relaxed(source.getName(), values));
      }
    }
    Collections.reverse(sources.subList(1, sources.size()));
    return sources;
  }

  /** What places give that do not say what they have, such as a vault. */
  private static ConfigSource unlisted(ConfigurableEnvironment environment) {
    Map<String, String> values = new LinkedHashMap<>();
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      String value = environment.getProperty(key.name());
      if (value != null) {
        values.put(key.name(), value);
      }
    }
    return new ConfigSource("environment of Spring", values);
  }

  private static Map<String, String> values(
      EnumerablePropertySource<?> source, ConfigurableEnvironment environment) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : source.getPropertyNames()) {
      Object value = source.getProperty(name);
      boolean ours = name.toLowerCase(Locale.ROOT).replace('_', '.').startsWith(PREFIX);
      if (ours && value != null) {
        values.put(name, environment.resolvePlaceholders(value.toString()));
      }
    }
    return values;
  }
}
