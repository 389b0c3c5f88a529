package dev.logdash.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.kit.DifferentialCheck;
import dev.logdash.tck.MutableClock;
import org.junit.jupiter.api.Test;

class DifferentialCheckTest {

  @Test
  void findsNoDifferenceBetweenAStoreAndItselfAndAGoodShareHits() {
    DifferentialCheck.Report report =
        DifferentialCheck.run(17, 1_000, () -> new InMemoryLogStore(MutableClock.atNoon()));

    assertThat(report.difference()).isEmpty();
    assertThat(report.pairs()).isEqualTo(1_000);
    assertThat(report.withHits()).isBetween(400, 900);
  }
}
