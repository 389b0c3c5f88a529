package dev.logdash.core.rollup;

import java.util.List;

/**
 * What is counted, how finely, and for how many series.
 *
 * @param maxSeries the most series of a definition on one day of reception and in one partition
 */
public record RollupSettings(List<RollupDefinition> definitions, List<Tier> tiers, int maxSeries) {

  public static final RollupSettings DEFAULTS =
      new RollupSettings(RollupDefinitions.defaults(), Tier.DEFAULTS, 2_000);

  public RollupSettings {
    definitions = List.copyOf(definitions);
    tiers = List.copyOf(tiers);
    if (maxSeries < 1) {
      throw new IllegalArgumentException("maxSeries is not positive: " + maxSeries);
    }
  }

  public RollupSettings withTiers(List<Tier> value) {
    return new RollupSettings(definitions, value, maxSeries);
  }

  public RollupSettings withMaxSeries(int value) {
    return new RollupSettings(definitions, tiers, value);
  }
}
