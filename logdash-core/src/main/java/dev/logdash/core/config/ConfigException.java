package dev.logdash.core.config;

import java.util.List;

/** Settings that cannot be used. The message names each of them, one a line, with the remedy. */
public final class ConfigException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** Settings that are wrong, one sentence for each. */
  public ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** A source of settings that cannot be read at all. */
  public ConfigException(String problem, Throwable cause) {
    super(problem, cause);
    this.problems = List.of(problem);
  }

  /** What is wrong, at least one sentence. */
  public List<String> problems() {
    return problems;
  }
}
