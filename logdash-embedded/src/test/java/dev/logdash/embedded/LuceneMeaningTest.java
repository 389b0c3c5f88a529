package dev.logdash.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.kit.DifferentialCheck;
import dev.logdash.tck.MutableClock;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The indices mean by a query what the matcher means. */
class LuceneMeaningTest {

  // The full number takes minutes on a small machine.
  private static final int PAIRS = Boolean.getBoolean("logdash.test.deep") ? 20_000 : 1_500;

  @TempDir private Path folder;
  private final AtomicInteger stores = new AtomicInteger();

  @Test
  void answersLikeTheMatcher() {
    DifferentialCheck.Report report = DifferentialCheck.run(1, PAIRS, this::newStore);

    assertThat(report.difference()).isEmpty();
    assertThat(report.pairs()).isEqualTo(PAIRS);
    assertThat(report.withHits()).isGreaterThan(PAIRS / 4);
  }

  private LuceneLogStore newStore() {
    return LuceneLogStore.builder(
            folder.resolve("search-" + stores.incrementAndGet()), MutableClock.atNoon())
        .refreshNanos(0)
        .build();
  }
}
