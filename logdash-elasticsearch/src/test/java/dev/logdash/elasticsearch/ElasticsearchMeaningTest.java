package dev.logdash.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.kit.DifferentialCheck;
import dev.logdash.tck.MutableClock;
import org.junit.jupiter.api.Test;

/** The server means by a query what the matcher means, which is what Lucene is held against too. */
class ElasticsearchMeaningTest {

  // The full number takes minutes on a small machine.
  private static final int PAIRS = Boolean.getBoolean("logdash.test.deep") ? 20_000 : 2_000;

  @Test
  void answersLikeTheMatcher() {
    DifferentialCheck.Report report =
        DifferentialCheck.run(1, PAIRS, () -> TestServer.store(MutableClock.atNoon()).build());

    assertThat(report.difference()).isEmpty();
    assertThat(report.pairs()).isEqualTo(PAIRS);
    assertThat(report.withHits()).isGreaterThan(PAIRS / 4);
  }
}
