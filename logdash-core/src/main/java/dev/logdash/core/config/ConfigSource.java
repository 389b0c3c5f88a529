package dev.logdash.core.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Values of settings from one place.
 *
 * @param name the place, as people know it: it stands in error messages
 * @param values by full name, for example {@code logdash.data.dir}; a name that is not that of a
 *     setting is an error of the place
 */
public record ConfigSource(String name, Map<String, String> values) {

  private static final String ENVIRONMENT_PREFIX = "LOGDASH_";

  public ConfigSource {
    values = Map.copyOf(values);
  }

  /**
   * The settings among the variables of an environment: {@code LOGDASH_DATA_DIR} or {@code
   * LOGDASH_DATADIR} is {@code logdash.data.dir}, and {@code LOGDASH_KAFKA_BOOTSTRAP_SERVERS} is
   * {@code logdash.kafka.bootstrap.servers}; a table has a name without capitals then. Left out are
   * {@code LOGDASH_CONFIG}, {@code LOGDASH_JAVA_OPTS} and {@code LOGDASH_VERBOSE}, which are read
   * elsewhere, and what Kubernetes sets in each container beside a service called logdash.
   */
  public static ConfigSource environment(Map<String, String> variables) {
    Map<String, String> known = known();
    Map<String, String> values = new LinkedHashMap<>();
    new TreeMap<>(variables)
        .forEach(
            (variable, value) -> {
              if (variable.startsWith(ENVIRONMENT_PREFIX) && !isForeign(variable)) {
                values.put(
                    known.getOrDefault(letters(variable), passed(variable).orElse(variable)),
                    value);
              }
            });
    return new ConfigSource("environment", values);
  }

  /** The settings among properties: those whose name starts with {@code logdash.}. */
  public static ConfigSource properties(String name, Map<String, String> properties) {
    Map<String, String> values = new LinkedHashMap<>();
    properties.forEach(
        (property, value) -> {
          if (property.startsWith(ConfigKeys.PREFIX)) {
            values.put(property, value);
          }
        });
    return new ConfigSource(name, values);
  }

  /**
   * The settings among properties, as frameworks write them: {@code logdash.retention.maxAge},
   * {@code LOGDASH_RETENTION_MAX_AGE} and {@code logdash.retention.max_age} are all {@code
   * logdash.retention.max-age}.
   */
  public static ConfigSource relaxed(String name, Map<String, String> properties) {
    Map<String, String> known = known();
    Map<String, String> values = new LinkedHashMap<>();
    new TreeMap<>(properties)
        .forEach(
            (property, value) -> {
              if (property.regionMatches(
                  true, 0, ConfigKeys.PREFIX, 0, ConfigKeys.PREFIX.length())) {
                values.put(known.getOrDefault(letters(property), property), value);
              }
            });
    return new ConfigSource(name, values);
  }

  // What is passed on has dots between its words and no other marks.
  private static Optional<String> passed(String variable) {
    String dotted = variable.toLowerCase(Locale.ROOT).replace('_', '.');
    return LogdashConfig.startsPassed(dotted) ? Optional.of(dotted) : Optional.empty();
  }

  private static Map<String, String> known() {
    Map<String, String> known = new HashMap<>();
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      known.put(letters(key.name()), key.name());
    }
    return known;
  }

  private static boolean isForeign(String variable) {
    return variable.equals("LOGDASH_CONFIG")
        || variable.equals("LOGDASH_JAVA_OPTS")
        || variable.equals("LOGDASH_VERBOSE")
        || variable.startsWith("LOGDASH_SERVICE_")
        || variable.equals("LOGDASH_PORT")
        || variable.startsWith("LOGDASH_PORT_");
  }

  private static String letters(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }
}
