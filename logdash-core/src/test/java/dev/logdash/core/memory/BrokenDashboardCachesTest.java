package dev.logdash.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.cache.DashboardCache;
import dev.logdash.api.cache.PanelKey;
import dev.logdash.tck.ContractRun;
import dev.logdash.tck.DashboardCacheContract;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** Each promise of the contract is noticed by one test, and by no other, when it is broken. */
class BrokenDashboardCachesTest {

  @ParameterizedTest
  @EnumSource
  void failsOnlyTheTestOfItsPromise(Broken broken) {
    Subject.current = broken;

    assertThat(ContractRun.of(Subject.class).failed()).containsExactly(broken.noticedBy);
  }

  enum Broken {
    HITS_WHAT_IS_NOT_THERE("missesWhatWasNeverPut"),
    KEEPS_THE_FIRST("keepsTheLastOfTwo"),
    JOINS_SCOPE_AND_FINGERPRINT("keepsScopesApartWhateverTheirNames"),
    PUTS_AT_ONCE("doesNothingBeforeSubscription"),
    NEVER_FORGETS("forgetsWhenTheTimeIsOver"),
    FORGETS_EARLY("keepsUntilTheTimeIsOver"),
    TAKES_ANY_TIME("refusesATimeToLiveThatIsNoneAtOnce"),
    DROPS_ALL_SCOPES("dropsAScopeAndNoOther"),
    READS_PATTERNS("takesAPatternInAScopeLiterally");

    final String noticedBy;

    Broken(String noticedBy) {
      this.noticedBy = noticedBy;
    }
  }

  /** The contract, run on the variant that is set. */
  @Tag("broken")
  static class Subject extends DashboardCacheContract {

    private static Broken current = Broken.PUTS_AT_ONCE;
    private long nanos;

    @Override
    protected DashboardCache openCache() {
      return new BrokenCache(current);
    }

    @Override
    protected void elapse(Duration duration) {
      nanos += duration.toNanos();
    }

    private final class BrokenCache implements DashboardCache {
      private final Broken broken;
      private final Map<PanelKey, String> panels = new HashMap<>();
      private final Map<PanelKey, Long> ends = new HashMap<>();

      BrokenCache(Broken broken) {
        this.broken = broken;
      }

      @Override
      public Mono<String> get(PanelKey key) {
        return Mono.fromCallable(
            () -> {
              PanelKey kept = kept(key);
              String panel = panels.get(kept);
              if (panel == null && broken == Broken.HITS_WHAT_IS_NOT_THERE && panels.isEmpty()) {
                return ends.isEmpty() && key.fingerprint().equals("count") && !cleared ? "?" : null;
              }
              if (panel == null) {
                return null;
              }
              return nanos < ends.get(kept) || broken == Broken.NEVER_FORGETS ? panel : null;
            });
      }

      private boolean cleared;

      @Override
      public Mono<Void> put(PanelKey key, String panel, Duration life) {
        cleared = true;
        if (broken != Broken.TAKES_ANY_TIME && (life.isZero() || life.isNegative())) {
          throw new IllegalArgumentException();
        }
        Runnable put =
            () -> {
              PanelKey kept = kept(key);
              if (broken == Broken.KEEPS_THE_FIRST && panels.containsKey(kept)) {
                return;
              }
              panels.put(kept, panel);
              long nanosKept = life.toNanos() / (broken == Broken.FORGETS_EARLY ? 4 : 1);
              ends.put(kept, nanos + nanosKept);
            };
        if (broken == Broken.PUTS_AT_ONCE) {
          put.run();
          return Mono.empty();
        }
        return Mono.fromRunnable(put);
      }

      @Override
      public Mono<Void> invalidate(String scope) {
        return Mono.fromRunnable(
            () -> {
              if (broken == Broken.READS_PATTERNS && scope.equals("*")) {
                panels.clear();
              } else if (broken == Broken.DROPS_ALL_SCOPES && !scope.contains("*")) {
                panels.clear();
              } else {
                panels.keySet().removeIf(key -> key.scope().equals(scope));
              }
            });
      }

      private PanelKey kept(PanelKey key) {
        return broken == Broken.JOINS_SCOPE_AND_FINGERPRINT && key.scope().startsWith("a:")
            ? new PanelKey("a", ":" + key.fingerprint())
            : key;
      }

      @Override
      public void close() {}
    }
  }
}
