package dev.logdash.core.enrich;

import dev.logdash.core.config.ConfigException;
import dev.logdash.core.config.EnrichKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes enrichers of the settings of look-up tables, {@code <name>.file} and {@code <name>.key}.
 */
final class LookupTables {

  private static final String FILE = "file";
  private static final String KEY = "key";

  private LookupTables() {}

  /**
   * The tables in the order of their names.
   *
   * @throws ConfigException naming every setting and every table that cannot be used
   */
  static List<NamedEnricher> of(Map<String, String> settings) {
    List<String> problems = new ArrayList<>();
    Map<String, String> files = new TreeMap<>();
    Map<String, String> keys = new TreeMap<>();
    settings.forEach(
        (setting, value) -> {
          int dot = setting.lastIndexOf('.');
          String name = dot < 0 ? "" : setting.substring(0, dot);
          String part = setting.substring(dot + 1);
          boolean known = part.equals(FILE) || part.equals(KEY);
          if (!known || !name.matches("[A-Za-z0-9_-]{1,64}") || value.isBlank()) {
            problems.add(
                EnrichKeys.LOOKUP
                    + setting
                    + ": expected <name>.file = a CSV file, and if the field"
                    + " that is looked up is not the name of its first column, <name>.key");
          } else {
            (part.equals(FILE) ? files : keys).put(name, value.strip());
          }
        });
    for (String name : keys.keySet()) {
      if (!files.containsKey(name)) {
        problems.add(EnrichKeys.LOOKUP + name + ".key: there is no " + name + ".file beside it");
      }
    }
    List<NamedEnricher> enrichers = new ArrayList<>();
    files.forEach(
        (name, file) -> {
          try {
            LookupTable table = LookupFile.read(Path.of(file));
            enrichers.add(
                new NamedEnricher(
                    "lookup-" + name, new LookupEnricher(keys.getOrDefault(name, ""), table)));
          } catch (IllegalArgumentException e) {
            problems.add(EnrichKeys.LOOKUP + name + ".file = " + file + ": " + e.getMessage());
          }
        });
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return enrichers;
  }
}
