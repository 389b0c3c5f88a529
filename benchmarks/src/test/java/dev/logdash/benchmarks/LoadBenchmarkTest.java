package dev.logdash.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.benchmarks.LoadBenchmark.Load;
import dev.logdash.benchmarks.LoadBenchmark.Result;
import java.nio.file.Path;
import java.time.Clock;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small cut of the load: what is found is exact, however fast the machine is. */
@Timeout(180)
class LoadBenchmarkTest {

  @Test
  void findsWhatWasAcceptedOnceAndNothingThatWasRefused(@TempDir Path work) throws Exception {
    // The spool is smaller than what comes, and gives nothing back meanwhile: unless the machine is
    // very slow, some is refused.
    List<String> small =
        List.of(
            "logdash.spool.max-bytes=16MB",
            "logdash.pipeline.checkpoint-interval=10s",
            "logdash.pipeline.checkpoint-bytes=4GB");
    Load load = new Load(50_000, 5, 120, "256m", small);

    Result result = LoadBenchmark.run(load, work, Clock.systemUTC());

    assertThat(result.accepted()).isPositive();
    assertThat(result.accepted() + result.refused()).isLessThanOrEqualTo(result.offered());
    assertThat(result.drained()).isNotNegative();
    assertThat(result.isExact()).as(result.toString()).isTrue();
    assertThat(result.searches()).isNotEmpty();
  }

  @Test
  void tellsWhatIsMissingAndWhatIsTooMuch() {
    LoadFound found = new LoadFound(of(1, 2, 5), 1);

    assertThat(found.missing(of(1, 2, 3, 4))).isEqualTo(2);
    assertThat(found.among(of(4, 5))).isEqualTo(1);
    assertThat(LoadLines.number("{\"message\":\"Order 7 in 3 ms [load 12]\"}")).isEqualTo(12);
    assertThat(LoadLines.number("{\"message\":\"Order 7\"}")).isNegative();
  }

  private static BitSet of(int... numbers) {
    BitSet set = new BitSet();
    for (int number : numbers) {
      set.set(number);
    }
    return set;
  }
}
