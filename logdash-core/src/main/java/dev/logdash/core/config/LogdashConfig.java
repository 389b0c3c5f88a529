package dev.logdash.core.config;

import dev.logdash.core.parse.pattern.PatternException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The values of all settings, checked: every value is of its kind and within its range, and every
 * name is that of a setting. Immutable.
 */
public final class LogdashConfig {

  private final Map<ConfigKey<?>, Given> given;
  // Settings that go to others as they are, by full name.
  private final Map<String, Given> passed;

  private LogdashConfig(Map<ConfigKey<?>, Given> given, Map<String, Given> passed) {
    this.given = Map.copyOf(given);
    this.passed = Map.copyOf(passed);
  }

  /** Nothing but defaults. */
  public static LogdashConfig defaults() {
    return new LogdashConfig(Map.of(), Map.of());
  }

  /**
   * The values that some sources give, over the defaults.
   *
   * @param sources the weakest first: of two values for one setting the later counts
   * @throws ConfigException if a name or a value in any of them is wrong, naming all that are
   */
  public static LogdashConfig of(List<ConfigSource> sources) {
    Map<ConfigKey<?>, Given> given = new HashMap<>();
    Map<String, Given> passed = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (ConfigSource source : sources) {
      new TreeMap<>(source.values())
          .forEach(
              (name, text) -> {
                if (isPassed(name)) {
                  passed.put(name, new Given(text, source.name()));
                } else {
                  add(given, problems, source.name(), name, text);
                }
              });
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new LogdashConfig(given, passed);
  }

  public <T> T get(ConfigKey<T> key) {
    Given value = given.get(key);
    return key.type().parse(value == null ? key.defaultText() : value.text());
  }

  /** The value as it was written, or as the default would be; {@code ***} for a secret. */
  public String shown(ConfigKey<?> key) {
    Given value = given.get(key);
    if (value == null) {
      return key.defaultText();
    }
    return key.type().isSecret() ? "***" : value.text();
  }

  /**
   * The values that go to others as they are, by the rest of their names.
   *
   * @param prefix {@link BackendKeys#KAFKA}, {@link EnrichKeys#LOOKUP} or {@link ParseKeys#SOURCE}
   */
  public Map<String, String> below(String prefix) {
    Map<String, String> values = new TreeMap<>();
    passed.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            values.put(name.substring(prefix.length()), value.text());
          }
        });
    return values;
  }

  /** The name of the source that gave the value; empty for a default. */
  public Optional<String> source(ConfigKey<?> key) {
    return Optional.ofNullable(given.get(key)).map(Given::source);
  }

  private static boolean isPassed(String name) {
    return startsPassed(name) && ConfigKeys.find(name).isEmpty();
  }

  /** Whether settings that begin like this may have names of one's own behind it. */
  static boolean startsPassed(String name) {
    return name.startsWith(BackendKeys.KAFKA)
        || name.startsWith(EnrichKeys.LOOKUP)
        || name.startsWith(ParseKeys.SOURCE);
  }

  private static void add(
      Map<ConfigKey<?>, Given> given,
      List<String> problems,
      String source,
      String name,
      String text) {
    Optional<ConfigKey<?>> key = ConfigKeys.find(name);
    if (key.isEmpty()) {
      problems.add(
          name
              + " ("
              + source
              + "): no such setting; the nearest is "
              + nearest(name, source.equals("environment")));
      return;
    }
    try {
      key.get().type().parse(text);
      given.put(key.get(), new Given(text, source));
    } catch (IllegalArgumentException e) {
      String value = key.get().type().isSecret() ? "" : " = " + text;
      String reason = e instanceof PatternException ? "; " + e.getMessage() : "";
      problems.add(
          name + value + " (" + source + "): expected " + key.get().type().expected() + reason);
    }
  }

  private static String nearest(String name, boolean variable) {
    String best = "";
    int least = Integer.MAX_VALUE;
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      String candidate = variable ? ConfigKeys.environmentName(key) : key.name();
      int distance = EditDistance.between(name, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best;
  }

  private record Given(String text, String source) {

    // The text may be a secret.
    @Override
    public String toString() {
      return "from " + source;
    }
  }
}
