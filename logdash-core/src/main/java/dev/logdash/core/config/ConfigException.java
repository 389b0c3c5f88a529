package dev.logdash.core.config;

import java.util.List;

/** Settings that cannot be used. The message names each of them, one a line, with the remedy. */
public final class ConfigException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  ConfigException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }

  /** A source of settings that cannot be read at all. */
  public ConfigException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
