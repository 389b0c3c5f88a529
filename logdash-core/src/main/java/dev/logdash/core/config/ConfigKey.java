package dev.logdash.core.config;

import java.util.Objects;

/** One setting. */
public final class ConfigKey<T> {

  private final String name;
  private final ConfigType<T> type;
  private final String defaultText;
  private final String description;

  ConfigKey(String name, ConfigType<T> type, String defaultText, String description) {
    this.name = ConfigKeys.PREFIX + Objects.requireNonNull(name, "name");
    this.type = Objects.requireNonNull(type, "type");
    this.defaultText = Objects.requireNonNull(defaultText, "defaultText");
    this.description = Objects.requireNonNull(description, "description");
  }

  /** The full name, for example {@code logdash.data.dir}. */
  public String name() {
    return name;
  }

  public ConfigType<T> type() {
    return type;
  }

  /** The value that holds where none is given, as it would be written. */
  public String defaultText() {
    return defaultText;
  }

  /** What the setting does, for people; one or two sentences. */
  public String description() {
    return description;
  }

  @Override
  public String toString() {
    return name;
  }
}
