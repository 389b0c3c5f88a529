package dev.logdash.kafka;

import dev.logdash.tck.LogdashRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void keepsTheRulesOfTheHouse() {
    LogdashRules.check("dev.logdash.kafka");
  }
}
