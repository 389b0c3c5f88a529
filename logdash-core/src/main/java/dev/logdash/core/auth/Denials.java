package dev.logdash.core.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Tells a new denial from one that was written down a moment ago. */
final class Denials {

  private static final Duration REPEATED_WITHIN = Duration.ofMinutes(1);
  private static final int MAX_ENTRIES = 1_000;

  private final Clock clock;
  private final Map<String, Instant> written = new HashMap<>();

  Denials(Clock clock) {
    this.clock = clock;
  }

  synchronized boolean isNew(String denial) {
    Instant now = clock.instant();
    if (written.size() >= MAX_ENTRIES) {
      written.values().removeIf(time -> !now.isBefore(time.plus(REPEATED_WITHIN)));
    }
    Instant before = written.get(denial);
    if (before != null && now.isBefore(before.plus(REPEATED_WITHIN))) {
      return false;
    }
    written.put(denial, now);
    return true;
  }
}
