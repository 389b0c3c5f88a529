package dev.logdash.dashboard;

import dev.logdash.tck.LogdashRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void holdsItsRules() {
    LogdashRules.check("dev.logdash.dashboard");
  }
}
