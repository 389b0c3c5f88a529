package dev.logdash.core.config;

import java.time.ZoneId;
import java.util.List;

/** The settings of how lines are understood. */
public final class ParseKeys {

  /**
   * What follows this names a group of sources and one of its settings, for example {@code
   * legacy.zone}; they are checked where they are read.
   */
  public static final String SOURCE = "logdash.parse.source.";

  public static final ConfigKey<String> PATTERN =
      new ConfigKey<>(
          "parse.pattern",
          ConfigType.pattern(),
          "",
          "What lines look like whose format is not recognised, or not as you want it: the pattern of"
              + " a Logback or Log4j layout, dissect or grok. It is tried first; a line that it does"
              + " not fit is recognised as without it.");

  public static final ConfigKey<ZoneId> ZONE =
      new ConfigKey<>("parse.zone", ConfigType.zone(), "UTC", "The zone of times that name none.");

  static final List<ConfigKey<?>> ALL = List.of(PATTERN, ZONE);

  private ParseKeys() {}
}
