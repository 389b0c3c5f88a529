package dev.logdash.tck.mutants.api;

import java.time.Instant;

final class ReadsTheTime {
  Instant now() {
    return Instant.now();
  }
}
