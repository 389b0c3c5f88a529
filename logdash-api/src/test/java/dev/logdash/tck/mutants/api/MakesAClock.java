package dev.logdash.tck.mutants.api;

import java.time.Clock;

final class MakesAClock {
  Clock clock() {
    return Clock.systemUTC();
  }
}
