package dev.logdash.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.kit.DifferentialCheck;
import dev.logdash.tck.LogSearchContract;
import dev.logdash.tck.MutableClock;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(
    value = "dev.logdash.elasticsearch.Version9#isThere",
    disabledReason = "no Java of 21 or newer, which Elasticsearch 9 needs")
class ElasticsearchLogSearchOn9Test extends LogSearchContract<ElasticsearchLogStore> {

  private static final int PAIRS = 250;

  @Override
  protected ElasticsearchLogStore newStore(Clock clock) {
    return TestServer.store(Version9.url(), TestServer.newPrefix(), clock).compatibility(9).build();
  }

  @Test
  void answersLikeTheMatcher() {
    DifferentialCheck.Report report =
        DifferentialCheck.run(1, PAIRS, () -> newStore(MutableClock.atNoon()));

    assertThat(report.difference()).isEmpty();
    assertThat(report.pairs()).isEqualTo(PAIRS);
  }
}
