package dev.logdash.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {

  private static final boolean DEEP = Boolean.getBoolean("logdash.test.deep");
  private static final int SEEDS = Integer.getInteger("logdash.test.seeds", DEEP ? 100_000 : 2_000);

  /** Within how many seeds a mistake must be found. */
  private static final int SEEDS_TO_FIND = 200;

  @Test
  void storesAndCountsEverythingOnceBehindABroker() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      assertThat(BrokerSimulation.run(seed, Variant.NONE)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void storesAndCountsEverythingOnceOverASpool() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      assertThat(SpoolSimulation.run(seed, Variant.NONE)).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "EARLY_ACKNOWLEDGEMENT",
        "OPEN_EVENT_NOT_HELD",
        "CHECKPOINT_DELETED_BEFORE_THE_NEXT_IS_SAFE"
      })
  void findsMistakesOverASpool(Variant mistake) {
    assertThat(firstSeedThatFails(mistake, SpoolSimulation::run))
        .as("the seed that finds %s", mistake)
        .isBetween(1L, (long) SEEDS_TO_FIND);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void findsEachMistake(Variant mistake) {
    assertThat(firstSeedThatFails(mistake, BrokerSimulation::run))
        .as("the seed that finds %s", mistake)
        .isBetween(1L, (long) SEEDS_TO_FIND);
  }

  private static long firstSeedThatFails(
      Variant mistake, BiFunction<Long, Variant, List<String>> simulation) {
    for (long seed = 1; seed <= SEEDS_TO_FIND; seed++) {
      if (!simulation.apply(seed, mistake).isEmpty()) {
        return seed;
      }
    }
    return -1;
  }
}
