package dev.logdash.tck.mutants.api;

import java.util.logging.Level;

final class UsesJul {
  Level level() {
    return Level.INFO;
  }
}
