package dev.logdash.dashboard;

import static dev.logdash.dashboard.BackendMeter.counter;

import dev.logdash.core.redact.Redactor;
import java.util.List;

/** How many secrets were blotted out. */
final class RedactionMeters {

  private RedactionMeters() {}

  static List<BackendMeter> of(Redactor redactor) {
    return redactor.counts().keySet().stream()
        .map(
            detector ->
                counter(
                        "logdash.redacted.secrets",
                        "Secrets that were blotted out before anything was written",
                        () -> redactor.counts().getOrDefault(detector, 0L))
                    .with("detector", detector))
        .toList();
  }
}
