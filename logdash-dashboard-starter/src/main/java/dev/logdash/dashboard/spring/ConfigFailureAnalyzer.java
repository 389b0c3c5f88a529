package dev.logdash.dashboard.spring;

import dev.logdash.core.config.ConfigException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with a setting, without a stack trace around it. */
final class ConfigFailureAnalyzer extends AbstractFailureAnalyzer<ConfigException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, ConfigException cause) {
    return new FailureAnalysis(
        "Settings of logdash are wrong:\n\n    " + String.join("\n    ", cause.problems()),
        "Correct them, or set logdash.enabled=false.",
        cause);
  }
}
