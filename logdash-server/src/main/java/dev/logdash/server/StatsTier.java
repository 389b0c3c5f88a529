package dev.logdash.server;

import dev.logdash.core.config.ConfigKey;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import java.time.Duration;

/** The tiers of the statistics, by the names that people use, the finest first. */
enum StatsTier {
  TEN_SECONDS("10s", 10),
  MINUTE("1m", 60),
  HOUR("1h", 3_600),
  DAY("1d", 86_400);

  // Few windows to read, each fine against the span: at most some thousand of each series.
  private static final long MAX_WINDOWS = 3_000;

  private final String shown;
  private final int seconds;

  StatsTier(String shown, int seconds) {
    this.shown = shown;
    this.seconds = seconds;
  }

  int seconds() {
    return seconds;
  }

  @Override
  public String toString() {
    return shown;
  }

  /** The finest tier that still has all of a span and does not cut it into too many windows. */
  static StatsTier of(TimeRange.Span span, LogdashConfig config, long nowSecond) {
    if (span.from() > 0) {
      long from = span.from() / 1_000_000_000L;
      long to = span.to() == Long.MAX_VALUE ? nowSecond : span.to() / 1_000_000_000L;
      for (StatsTier tier : values()) {
        boolean kept = nowSecond - from <= config.get(tier.retention()).toSeconds();
        if (kept && (to - from) / tier.seconds <= MAX_WINDOWS) {
          return tier;
        }
      }
    }
    return DAY;
  }

  private ConfigKey<Duration> retention() {
    switch (this) {
      case TEN_SECONDS:
        return ConfigKeys.ROLLUP_RETENTION_10S;
      case MINUTE:
        return ConfigKeys.ROLLUP_RETENTION_1M;
      case HOUR:
        return ConfigKeys.ROLLUP_RETENTION_1H;
      default:
        return ConfigKeys.ROLLUP_RETENTION_1D;
    }
  }
}
