package dev.logdash.core;

import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.pipeline.JoinLimits;
import dev.logdash.core.spool.SpoolConfig;

/** What the settings say of the spools in a data folder. */
public final class SpoolSettings {

  /** The folder of the spool, in the data folder. */
  public static final String SPOOL = "spool";

  /** The folder of the dead letters, in the data folder. */
  public static final String DEAD_LETTERS = "dead-letters";

  // What a record has around its line: source, headers, position.
  private static final int RECORD_OVERHEAD = 64 * 1024;
  private static final int SEGMENT_BYTES = 8 << 20;

  private SpoolSettings() {}

  /** The spool that takes records in. */
  public static SpoolConfig spool(LogdashConfig config) {
    int lanes = config.get(ConfigKeys.SPOOL_LANES);
    long maxBytes = config.get(ConfigKeys.SPOOL_MAX_BYTES);
    // Each lane needs room for three segments; a quarter of its share leaves one to spare.
    int segmentBytes = (int) Math.min(SEGMENT_BYTES, maxBytes / (4L * lanes));
    SpoolConfig defaults = SpoolConfig.defaults();
    return defaults
        .withSizes(segmentBytes, Math.max(maxBytes, defaults.maxBytes()))
        .withLanes(lanes)
        .withSizes(segmentBytes, maxBytes)
        .withMaxRecordBytes(
            Math.toIntExact(config.get(ConfigKeys.SPOOL_MAX_RECORD_BYTES)) + RECORD_OVERHEAD)
        .withFsync(config.get(ConfigKeys.SPOOL_FSYNC), defaults.fsyncInterval());
  }

  /** Takes whatever the spool took, joined to an event and with the reason beside it. */
  public static SpoolConfig deadLetters(LogdashConfig config) {
    SpoolConfig spool = spool(config);
    int longest = Math.max(spool.maxRecordBytes(), JoinLimits.DEFAULTS.maxBytes());
    return spool.withLanes(1).withMaxRecordBytes(longest + 2 * RECORD_OVERHEAD);
  }
}
